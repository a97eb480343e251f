"""The register of organisations."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.services.named_in_copies import keep_organisation_in_copies
from goliard.apps.institutions.choices import Continent, NameStatus, OrganisationKind
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.institutions.policies import may_edit_register, may_read_register, may_remove_organisation
from goliard.apps.institutions.queries.duplicates import possible_duplicates
from goliard.apps.institutions.services.keeping import remove
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class OrganisationFilter(SearchFilter):
    """Narrow by words, kind, continent and how well the name is confirmed."""

    kind = any_of(_("Kind"), OrganisationKind.choices)
    continent = any_of(_("Continent"), Continent.choices)
    name_status = any_of(_("Name"), NameStatus.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="kind", continent="country__continent", name_status="name_status")


class OrganisationForm(forms.ModelForm):
    """What an organisation is and where; its names and identifiers are parts."""

    country = LookupField(lookup_rows("countries"), "countries", key="iso2", label=_("country"))

    class Meta:
        model = Organisation
        formfield_callback = form_field
        fields = [
            "key", "kind", "country", "city", "address", "latitude", "longitude", "website", "founded", "profile_nl", "profile_en",
            "motto", "government_level", "is_recognised_research", "name_status", "status_note_nl", "status_note_en", "source",
            "is_illustrative", "is_public",
        ]  # fmt: skip


class NameForm(forms.ModelForm):
    """One name."""

    class Meta:
        model = OrganisationName
        fields = ["kind", "language", "script", "value", "valid_from", "valid_until"]
        formfield_callback = form_field


class IdentifierForm(forms.ModelForm):
    """One identifier."""

    class Meta:
        model = OrganisationIdentifier
        fields = ["scheme", "value", "valid_from", "valid_until", "source"]
        formfield_callback = form_field


NAMES = Parts(
    "names",
    _("Names"),
    forms.inlineformset_factory(Organisation, OrganisationName, form=NameForm, extra=1),
    (
        Column("kind", _("Kind"), export=lambda name: name.get_kind_display()),
        Column("value", _("Name"), export=lambda name: name.value),
        Column("language", _("Language"), export=lambda name: name.language),
        Column("from", _("From"), export=lambda name: name.valid_from),
        Column("until", _("Until"), export=lambda name: name.valid_until),
    ),
    lambda organisation: organisation.names.all(),
)
IDENTIFIERS = Parts(
    "identifiers",
    _("Identifiers"),
    forms.inlineformset_factory(Organisation, OrganisationIdentifier, form=IdentifierForm, extra=1),
    (
        Column("scheme", _("Scheme"), export=lambda each: each.get_scheme_display()),
        Column("value", _("Value"), export=lambda each: each.value),
        Column("from", _("From"), export=lambda each: each.valid_from),
        Column("until", _("Until"), export=lambda each: each.valid_until),
        Column("source", _("Source"), export=lambda each: each.source),
    ),
    lambda organisation: organisation.identifiers.all(),
)


def _rows(_actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.select_related("country")


def _duplicate_warnings(_request: HttpRequest, organisation: Organisation) -> Sequence[str]:
    return [
        gettext("This may be the same as “%(name)s” (%(key)s).") % {"name": other.name(get_language() or "en"), "key": other.key}
        for other in possible_duplicates(organisation)[:5]
    ]


ORGANISATIONS = Register(
    name="organisations",
    model=Organisation,
    title=_("Organisations"),
    one=_("organisation"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "name_en", lambda row: row.name(get_language() or "en")),
        Column("key", _("Key"), "key", lambda row: row.key),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("country", _("Country"), "country__name_en", lambda row: row.country.name(get_language() or "en")),
        Column("city", _("City"), "city", lambda row: row.city),
        Column("status", _("Name confirmed"), "name_status", lambda row: row.get_name_status_display()),
    ),
    default_sort="name",
    form=OrganisationForm,
    may_read=may_read_register,
    may_add=may_edit_register,
    may_edit=may_edit_register,
    may_remove=may_remove_organisation,
    keep=keep_organisation_in_copies,
    remove=remove,
    filters=OrganisationFilter,
    parts=(NAMES, IDENTIFIERS),
    warnings=_duplicate_warnings,
    preview=lambda row: {language: f"/{language}/partners/{row.key}/" for language in ("nl", "en")} if not row.is_home else None,
)
