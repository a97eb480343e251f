"""The register of units: those of the home institution, and those of partners that projects name."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.services.named_in_copies import keep_unit_in_copies
from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models import OrganizationalUnit, UnitName, UnitParent
from goliard.apps.institutions.policies import may_edit_register, may_edit_unit, may_read_register
from goliard.apps.institutions.services.keeping import remove
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class UnitFilter(SearchFilter):
    """Narrow by words, kind, and whose unit it is."""

    search_in = ("name_en", "name_nl", "acronym", "key", "organisation__search_key")
    kind = any_of(_("Kind"), UnitKind.choices)
    home = any_of(_("Of"), [("True", _("the home institution")), ("False", _("partners"))])

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="kind", home="organisation__is_home")


class UnitForm(forms.ModelForm):
    """What a unit is and whose; its names and its places are parts."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))

    class Meta:
        model = OrganizationalUnit
        formfield_callback = form_field
        fields = [
            "key", "organisation", "kind", "acronym", "ounit_id", "founded", "profile_nl", "profile_en", "website",
            "valid_from", "valid_until",
        ]  # fmt: skip


class PlaceForm(forms.ModelForm):
    """Below which unit, and when."""

    parent = LookupField(lookup_rows("units"), "units", label=_("belongs to"))

    class Meta:
        model = UnitParent
        formfield_callback = form_field
        fields = ["parent", "valid_from", "valid_until"]


def _rows(_actor: Actor) -> QuerySet[OrganizationalUnit]:
    return OrganizationalUnit.objects.select_related("organisation")


UNITS = Register(
    name="units",
    model=OrganizationalUnit,
    title=_("Units"),
    one=_("unit"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "name_en", lambda row: row.name(get_language() or "en")),
        Column("key", _("Key"), "key", lambda row: row.key),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("organisation", _("Organisation"), "organisation__name_en", lambda row: row.organisation.name(get_language() or "en")),
        Column("until", _("Ended"), "valid_until", lambda row: row.valid_until),
    ),
    default_sort="name",
    form=UnitForm,
    may_read=may_read_register,
    may_add=may_edit_register,
    may_edit=may_edit_unit,
    may_remove=may_edit_register,
    keep=keep_unit_in_copies,
    remove=remove,
    filters=UnitFilter,
    parts=(
        Parts(
            "names",
            _("Names"),
            forms.inlineformset_factory(
                OrganizationalUnit,
                UnitName,
                fields=["language", "value", "valid_from", "valid_until"],
                formfield_callback=form_field,
                extra=1,
            ),
            (
                Column("value", _("Name"), export=lambda name: name.value),
                Column("language", _("Language"), export=lambda name: name.language),
                Column("from", _("From"), export=lambda name: name.valid_from),
                Column("until", _("Until"), export=lambda name: name.valid_until),
            ),
            lambda unit: unit.names.all(),
        ),
        Parts(
            "parents",
            _("Place in the organisation"),
            forms.inlineformset_factory(OrganizationalUnit, UnitParent, form=PlaceForm, fk_name="unit", extra=1),
            (
                Column("parent", _("Belongs to"), export=lambda place: place.parent.name(get_language() or "en")),
                Column("from", _("From"), export=lambda place: place.valid_from),
                Column("until", _("Until"), export=lambda place: place.valid_until),
            ),
            lambda unit: unit.parents.select_related("parent"),
        ),
    ),
)
