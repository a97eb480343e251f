"""Registers of what was exchanged, and of fact sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ConditionKind
from goliard.apps.agreements.models import ExchangeCount, FactSheet, FactSheetInfo
from goliard.apps.agreements.policies import may_edit_counts, may_read_agreements
from goliard.apps.agreements.texts import parse_levels
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.apps.projects.choices import Direction
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field


class CountFilter(SearchFilter):
    """Narrow by partner, year, direction and mobility."""

    search_in = ("organisation__search_key", "academic_year")
    direction = any_of(_("Direction"), Direction.choices)
    kind = any_of(_("Mobility"), ConditionKind.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), direction="direction", kind="kind")


class CountForm(forms.ModelForm):
    """How many came or went in a year."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("partner"))
    unit = LookupField(lookup_rows("home-units"), "home-units", required=False, label=_("home unit"))

    class Meta:
        model = ExchangeCount
        formfield_callback = form_field
        fields = ["organisation", "unit", "academic_year", "direction", "kind", "people", "months", "source"]

    def clean_academic_year(self) -> str:
        """An academic year such as 2026/2027."""
        return str(_read(parse_academic_year, self.cleaned_data["academic_year"]))


def _counts(_actor: Actor) -> QuerySet[ExchangeCount]:
    return ExchangeCount.objects.select_related("organisation", "unit")


COUNTS = Register(
    name="exchange-counts",
    model=ExchangeCount,
    title=_("Exchange counts"),
    one=_("exchange count"),
    rows=_counts,
    columns=(
        Column("partner", _("Partner"), "organisation__name_en", lambda row: row.organisation.name(get_language() or "en")),
        Column("year", _("Academic year"), "academic_year", lambda row: row.academic_year),
        Column("direction", _("Direction"), "direction", lambda row: row.get_direction_display()),
        Column("kind", _("Mobility"), "kind", lambda row: row.get_kind_display()),
        Column("people", _("People"), "people", lambda row: row.people, numeric=True),
        Column("source", _("Source"), "source", lambda row: row.get_source_display()),
    ),
    default_sort="-year",
    form=CountForm,
    may_read=may_read_agreements,
    may_add=may_edit_counts,
    may_edit=may_edit_counts,
    keep=keep,
    remove=remove,
    filters=CountFilter,
)


class SheetForm(forms.ModelForm):
    """Deadlines and weeks of an institution."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("institution"))

    class Meta:
        model = FactSheet
        formfield_callback = form_field
        fields = [
            "organisation", "nominations_autumn", "nominations_spring", "applications_autumn", "applications_spring", "decision_weeks",
            "transcript_weeks", "asks_credits", "asks_levels", "asks_isced_f", "asks_cv", "asks_motivation", "grading_nl", "grading_en",
            "requirements_nl", "requirements_en", "source",
        ]  # fmt: skip

    def clean_asks_levels(self) -> str:
        """Read `6, 7` as `67`."""
        return "".join(str(level) for level in sorted(_read(parse_levels, self.cleaned_data["asks_levels"])))

    def clean_asks_isced_f(self) -> str:
        """A field of study by its code."""
        code = self.cleaned_data["asks_isced_f"]
        return str(_read(parse_isced_field, code).code) if code else ""


MOST_WEEKS = 5  # source: template of the inter-institutional agreement 2021-2029


def _warnings(_request: HttpRequest, sheet: FactSheet) -> Sequence[str]:
    late = [weeks for weeks in (sheet.decision_weeks, sheet.transcript_weeks) if weeks and weeks > MOST_WEEKS]
    return [_t("The official template says: normally within %(weeks)d weeks.") % {"weeks": MOST_WEEKS}] if late else []


def _read(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except InvalidValue as invalid:
        raise ValidationError(invalid.text.in_language(get_language() or "en")) from None


class SheetFilter(SearchFilter):
    """Narrow by institution."""

    search_in = ("organisation__search_key",)


def _sheets(_actor: Actor) -> QuerySet[FactSheet]:
    return FactSheet.objects.select_related("organisation")


SHEETS = Register(
    name="fact-sheets",
    model=FactSheet,
    title=_("Fact sheets"),
    one=_("fact sheet"),
    rows=_sheets,
    columns=(
        Column("institution", _("Institution"), "organisation__name_en", lambda row: row.organisation.name(get_language() or "en")),
        Column("autumn", _("Nominations for autumn"), "nominations_autumn", lambda row: row.nominations_autumn),
        Column("spring", _("Nominations for spring"), "nominations_spring", lambda row: row.nominations_spring),
        Column("decision", _("Weeks until the decision"), "decision_weeks", lambda row: row.decision_weeks, numeric=True),
        Column("transcript", _("Weeks until the transcript"), "transcript_weeks", lambda row: row.transcript_weeks, numeric=True),
    ),
    default_sort="institution",
    form=SheetForm,
    may_read=may_read_agreements,
    may_add=may_edit_counts,
    may_edit=may_edit_counts,
    keep=keep,
    remove=remove,
    filters=SheetFilter,
    warnings=_warnings,
    parts=(
        Parts(
            "infos",
            _("Whom to ask"),
            forms.inlineformset_factory(
                FactSheet, FactSheetInfo, fields=["kind", "email", "phone", "website", "note"], formfield_callback=form_field, extra=1
            ),
            (
                Column("kind", _("About"), export=lambda row: row.get_kind_display()),
                Column("email", _("E-mail"), export=lambda row: row.email),
                Column("website", _("Website"), export=lambda row: row.website),
            ),
            lambda sheet: sheet.infos.all(),
        ),
    ),
)
