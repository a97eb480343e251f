"""The register of countries: names, other spellings, and what a country is to the programme by date."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import Continent
from goliard.apps.institutions.models import Country, CountryAdvice, CountryAlias, CountryStatus
from goliard.apps.institutions.policies import may_edit_register, may_read_register
from goliard.apps.institutions.services.countries import keep_country
from goliard.apps.institutions.services.keeping import remove
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class CountryFilter(SearchFilter):
    """Narrow by words (other spellings too) and continent."""

    continent = any_of(_("Continent"), Continent.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), continent="continent")


class CountryForm(forms.ModelForm):
    """Names, codes, continent and middle of a country."""

    class Meta:
        model = Country
        formfield_callback = form_field
        fields = ["iso2", "iso3", "numeric", "name_nl", "name_en", "continent", "latitude", "longitude"]


def _rows(_actor: Actor) -> QuerySet[Country]:
    return Country.objects.all()


COUNTRIES = Register(
    name="countries",
    model=Country,
    title=_("Countries"),
    one=_("country"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "name_en", lambda row: row.name(get_language() or "en")),
        Column("iso2", _("Code"), "iso2", lambda row: row.iso2),
        Column("continent", _("Continent"), "continent", lambda row: row.get_continent_display()),
    ),
    default_sort="name",
    form=CountryForm,
    may_read=may_read_register,
    may_add=may_edit_register,
    may_edit=may_edit_register,
    keep=keep_country,
    remove=remove,
    filters=CountryFilter,
    parts=(
        Parts(
            "aliases",
            _("Other spellings"),
            forms.inlineformset_factory(Country, CountryAlias, fields=["name"], extra=1),
            (Column("name", _("Other spelling"), export=lambda alias: alias.name),),
            lambda country: country.aliases.all(),
        ),
        Parts(
            "statuses",
            _("In the Erasmus+ programme"),
            forms.inlineformset_factory(
                Country,
                CountryStatus,
                fields=["status", "region", "valid_from", "valid_until", "verification", "source"],
                formfield_callback=form_field,
                extra=1,
            ),
            (
                Column("status", _("Status"), export=lambda status: status.get_status_display()),
                Column("region", _("Region"), export=lambda status: status.region or ""),
                Column("from", _("From"), export=lambda status: status.valid_from),
                Column("until", _("Until"), export=lambda status: status.valid_until),
                Column("verification", _("Verification"), export=lambda status: status.get_verification_display()),
                Column("source", _("Source"), export=lambda status: status.source),
            ),
            lambda country: country.statuses.select_related("region"),
        ),
        Parts(
            "advice",
            _("Travel advice"),
            forms.inlineformset_factory(
                Country,
                CountryAdvice,
                fields=["colour", "valid_from", "valid_until", "note", "source"],
                formfield_callback=form_field,
                extra=1,
            ),
            (
                Column("colour", _("Travel advice"), export=lambda advice: advice.get_colour_display()),
                Column("from", _("From"), export=lambda advice: advice.valid_from),
                Column("until", _("Until"), export=lambda advice: advice.valid_until),
                Column("note", _("Note"), export=lambda advice: advice.note),
                Column("source", _("Source"), export=lambda advice: advice.source),
            ),
            lambda country: country.advice.all(),
        ),
    ),
)
