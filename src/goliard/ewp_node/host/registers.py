"""Answers about ourselves: manifest, echo, institution, units, fact sheet."""

from __future__ import annotations

from django.utils.timezone import localdate

from goliard.apps.agreements.models import FactSheet
from goliard.apps.institutions.models import Organisation, OrganizationalUnit, UnitParent
from goliard.apps.institutions.models.dated import holding
from goliard.apps.people.models import Contact
from goliard.ewp_codec.echo import Echo, render_echo
from goliard.ewp_codec.factsheets import render_factsheets
from goliard.ewp_codec.institutions import render_institutions
from goliard.ewp_codec.lexical import TEXT
from goliard.ewp_codec.ounits import render_ounits
from goliard.ewp_codec.request_parameters import BadParameters
from goliard.ewp_node.host.inquiries import Inquiry, Reply
from goliard.ewp_node.identity import our_hei
from goliard.ewp_node.manifest import our_manifest
from goliard.ewp_node.mapping.factsheets import factsheet_of
from goliard.ewp_node.mapping.institutions import institution_of, unit_code_of, unit_id_of, unit_of
from goliard.ewp_node.mapping.manifests import MOST_HEIS, MOST_UNITS


def manifest(inquiry: Inquiry) -> Reply:
    """Our manifest, for everybody."""
    return Reply(our_manifest(inquiry.now))


def echo(inquiry: Inquiry) -> Reply:
    """Say back who asks and what was said."""
    said = inquiry.parameters.repeated("echo")
    if not all(map(TEXT.holds, said)):
        raise BadParameters("XML cannot carry every character of this echo")
    return Reply(render_echo(Echo(inquiry.hei_ids, said)))


def institutions(inquiry: Inquiry) -> Reply:
    """Our institution, where it is asked for."""
    asked = inquiry.parameters.repeated("hei_id", at_most=MOST_HEIS, required=True)
    ours = our_hei()
    if ours is None or ours[1] not in asked:
        return Reply(render_institutions(()))
    home, hei_id = ours
    day = localdate(inquiry.now)
    mailboxes = Contact.objects.filter(holding(day), organisation=home, unit=None, person=None, is_public=True)
    return Reply(render_institutions([institution_of(home, hei_id, day, _units(home, inquiry), mailboxes)]))


def organizational_units(inquiry: Inquiry) -> Reply:
    """Units by id, or by what people call them."""
    hei_id = inquiry.parameters.single("hei_id", required=True)
    ids = inquiry.parameters.repeated("ounit_id", at_most=MOST_UNITS)
    codes = inquiry.parameters.repeated("ounit_code", at_most=MOST_UNITS)
    ours = our_hei()
    if ours is None or hei_id != ours[1]:
        raise BadParameters("hei_id is not an institution that this host covers")
    if bool(ids) == bool(codes):
        raise BadParameters("give either ounit_id or ounit_code, and not both")
    units = {unit.pk: unit for unit in _units(ours[0], inquiry)}
    links = UnitParent.objects.filter(holding(localdate(inquiry.now)), unit__in=units).values_list("unit_id", "parent_id")
    parents = {unit: units.get(parent) for unit, parent in links}
    found = [unit for unit in units.values() if unit_id_of(unit) in ids or unit_code_of(unit) in codes]
    return Reply(render_ounits(unit_of(unit, parents.get(unit.pk)) for unit in found))


def factsheet(inquiry: Inquiry) -> Reply:
    """Our fact sheet, where it is asked for and whole."""
    asked = inquiry.parameters.repeated("hei_id", at_most=MOST_HEIS, required=True)
    ours = our_hei()
    if ours is None or ours[1] not in asked:
        return Reply(render_factsheets(()))
    sheet = FactSheet.objects.filter(organisation=ours[0]).prefetch_related("infos").first()
    written = None if sheet is None else factsheet_of(sheet, ours[1])
    return Reply(render_factsheets(() if written is None else (written,)))


def _units(home: Organisation, inquiry: Inquiry) -> list[OrganizationalUnit]:
    """The units of today, in an order that does not change."""
    return list(OrganizationalUnit.objects.filter(holding(localdate(inquiry.now)), organisation=home).order_by("pk"))
