"""The register of agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import AgreementKind, AgreementState, VersionState
from goliard.apps.agreements.copies import copy_of
from goliard.apps.agreements.models import Agreement, AgreementParty
from goliard.apps.agreements.policies import may_add_agreement, may_edit_agreement, may_read_agreements, may_take_signed_document
from goliard.apps.agreements.queries.balance import balance_of
from goliard.apps.agreements.queries.desk import ENDS_WITHIN, duplicates_in_effect
from goliard.apps.agreements.queries.forecasts import forecasts
from goliard.apps.agreements.queries.mapping import is_read_by_partner
from goliard.apps.agreements.queries.places import places_of
from goliard.apps.agreements.queries.versions import newest_version
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement
from goliard.apps.institutions.services.keeping import remove
from goliard.portals.office.agreements.balance_chart import chart
from goliard.portals.office.agreements.bulk_actions import LABELS
from goliard.portals.office.agreements.filtering import AgreementFilter
from goliard.portals.office.agreements.renewals import renewal_panel
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, form_field
from goliard.portals.office.registers.register import Bulk, Panel, Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.notice import ending
from goliard.rules.agreements.obstacles import obstacles
from goliard.rules.lifecycles.agreement import AGREEMENT, VERSION_NEEDED


class AgreementForm(forms.ModelForm):
    """What the agreement is and until when; its text stands in its versions."""

    owner = LookupField(
        lookup_rows("home-units"), "home-units", required=False, label=_("run by"), help_text=_("Empty: the university as a whole.")
    )
    renews = LookupField(Agreement.objects.all(), "agreements", required=False, label=_("renews"))

    class Meta:
        model = Agreement
        formfield_callback = form_field
        fields = [
            "key", "kind", "title", "owner", "starts_on", "ends_on", "notice_months", "tolerance", "renews", "note", "is_illustrative",
            "is_public",
        ]  # fmt: skip


class PartyForm(forms.ModelForm):
    """One party with its signatory."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("institution"))
    unit = LookupField(lookup_rows("units"), "units", required=False, label=_("unit"))

    class Meta:
        model = AgreementParty
        formfield_callback = form_field
        fields = ["organisation", "unit", "iia_id", "iia_code", "signatory_name", "signatory_function", "signed_on"]


def _rows(_actor: Actor) -> QuerySet[Agreement]:
    return Agreement.objects.select_related("owner").prefetch_related("parties__organisation__country")


def partners(agreement: Agreement) -> str:
    """Return the names of the parties other than the home institution."""
    language = get_language() or "en"
    return ", ".join(party.organisation.name(language) for party in agreement.parties.all() if not party.organisation.is_home)


def _countries(agreement: Agreement) -> str:
    language = get_language() or "en"
    return ", ".join(
        dict.fromkeys(party.organisation.country.name(language) for party in agreement.parties.all() if not party.organisation.is_home)
    )


def _panels(agreement: Agreement, actor: Actor) -> Sequence[Panel]:
    version = newest_version(agreement)
    if version is None:
        return ()
    today = timezone.localdate()
    faults = obstacles(copy_of(version), in_network=agreement.kind == AgreementKind.IIA_PROGRAMME) if version.state == "draft" else ()
    end = (
        ending(ends_on=agreement.ends_on, today=today, notice_months=agreement.notice_months, within_months=ENDS_WITHIN)
        if agreement.ends_on
        else None
    )
    return (
        Panel("office/agreements/life.html", {"end": end, "obstacles": faults, "twins": _twins(agreement), "is_read": _is_read(agreement)}),
        renewal_panel(agreement, actor),
        Panel(
            "office/agreements/versions.html",
            {
                "versions": agreement.versions.select_related("document"),
                "agreement": agreement,
                "may_edit": may_edit_agreement(actor, agreement),
                "may_take": may_take_signed_document(actor, agreement),
            },
        ),
        Panel("office/agreements/places.html", {"places": places_of(agreement, today)}),
        _balance_panel(agreement, today),
    )


def _balance_panel(agreement: Agreement, today: date) -> Panel:
    found = balance_of(agreement, today)
    others = {party.organisation_id: party.organisation for party in agreement.parties.all() if not party.organisation.is_home}
    ahead = forecasts(today, others) if agreement.state == AgreementState.IN_EFFECT else {}
    lines = [(others[key], each) for key, each in ahead.items()]
    return Panel("office/agreements/balance.html", {"balance": found, "chart": chart(found.years), "forecasts": lines})


def _is_read(agreement: Agreement) -> bool:
    """Whether the partner has a copy of an agreement that can still be ended."""
    return agreement.state in {AgreementState.AGREED, AgreementState.IN_EFFECT} and is_read_by_partner(agreement)


def _ended_for_one_side(_request: HttpRequest, agreement: Agreement) -> Sequence[str]:
    """What an officer should know who just ended an agreement of which the partner has a copy."""
    terminated = agreement.versions.filter(state=VersionState.AGREED, is_terminated=True)
    if agreement.state != AgreementState.ENDED or terminated.exists() or not is_read_by_partner(agreement):
        return ()
    return (
        str(_("The partner’s copy in the network still stands. The partner is notified that ours is no longer in effect; tell it why.")),
    )


def _twins(agreement: Agreement) -> list[Agreement]:
    """Agreements that this one may repeat."""
    if agreement.state != AgreementState.IN_EFFECT:
        return []
    return list(Agreement.objects.filter(pk__in=duplicates_in_effect(like=agreement).get(agreement.pk, ())))


def _offers(agreement: Agreement, action: str) -> bool:
    version = newest_version(agreement)
    needed = VERSION_NEEDED.get(action)
    return version is not None and (needed is None or version.state in needed)


AGREEMENTS = Register(
    name="agreements",
    model=Agreement,
    title=_("Agreements"),
    one=_("agreement"),
    rows=_rows,
    columns=(
        Column("title", _("Agreement"), "title", lambda row: row.title),
        Column("partners", _("Partner"), "", partners),
        Column("country", _("Country"), "", _countries),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("owner", _("Run by"), "owner__name_en", lambda row: row.owner.name(get_language() or "en") if row.owner else ""),
        Column("starts", _("From"), "starts_on", lambda row: row.starts_on),
        Column("ends", _("Until"), "ends_on", lambda row: row.ends_on),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="title",
    form=AgreementForm,
    may_read=may_read_agreements,
    may_add=may_add_agreement,
    may_edit=may_edit_agreement,
    keep=keep_agreement,
    remove=remove,
    filters=AgreementFilter,
    panels=_panels,
    parts=(
        Parts(
            "parties",
            _("Parties"),
            forms.inlineformset_factory(Agreement, AgreementParty, form=PartyForm, extra=2),
            (
                Column("organisation", _("Institution"), export=lambda row: row.organisation.name(get_language() or "en")),
                Column("unit", _("Unit"), export=lambda row: row.unit.name(get_language() or "en") if row.unit else ""),
                Column("code", _("Its own number"), export=lambda row: row.iia_code),
                Column("signatory", _("Signatory"), export=lambda row: row.signatory_name),
                Column("signed", _("Signed on"), export=lambda row: row.signed_on),
            ),
            lambda agreement: agreement.parties.select_related("organisation", "unit"),
        ),
    ),
    bulk=Bulk("office:agreement-bulk", LABELS, may_add_agreement),
    lifecycle=AGREEMENT,
    move=move_agreement,
    offers=_offers,
    warnings=_ended_for_one_side,
)
