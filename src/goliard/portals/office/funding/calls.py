"""The register of funding calls with their published figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import ActionKind, CallState, Measure
from goliard.apps.funding.models import CallFigure, CallQuestion, CallStep, FundingCall
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.validity import call_advice
from goliard.apps.funding.services.calls import call_facts, keep_call
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.funding.calls import call_faults


class CallFilter(SearchFilter):
    """Narrow by words, kind of action and state."""

    search_in = ("title_en", "title_nl", "key", "action__code")
    kind = any_of(_("Action"), ActionKind.choices)
    state = any_of(_("State"), CallState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="action__kind", state="state")


class CallForm(forms.ModelForm):
    """A call of a year. Its longest project is that of the action, unless the call says otherwise."""

    funder = LookupField(
        lookup_rows("organisations"), "organisations", required=False, label=_("funder"),
        help_text=_("A call of Key Action 1 has one National Agency as its funder."),
    )  # fmt: skip

    class Meta:
        model = FundingCall
        formfield_callback = form_field
        fields = [
            "key", "action", "year", "title_nl", "title_en", "headline_nl", "headline_en", "state", "funder", "funder_role",
            "project_months", "reviewers_needed", "introduction_nl", "introduction_en", "source", "is_public",
        ]  # fmt: skip


def _figure(row: CallFigure) -> str:
    if row.measure == Measure.AWARD_CENTS:
        return "€ " + number_format(Decimal(row.value) / 100, 2, force_grouping=True)
    return number_format(row.value, force_grouping=True)


class StepForm(forms.ModelForm):
    """A step: date, local time, zone."""

    class Meta:
        model = CallStep
        formfield_callback = form_field
        fields = ["kind", "due_on", "due_at", "zone", "note_nl", "note_en"]


class QuestionForm(forms.ModelForm):
    """A question with its criteria, in both languages."""

    class Meta:
        model = CallQuestion
        fields = ["stage", "position", "text_nl", "text_en", "criteria_nl", "criteria_en", "longest", "most_points"]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("criteria_nl", "criteria_en")}


FIGURES = Parts(
    "figures",
    _("Published figures"),
    forms.inlineformset_factory(FundingCall, CallFigure, fields=["measure", "qualifier", "value", "as_of", "source"], extra=1),
    (
        Column("measure", _("Counts"), export=lambda row: row.get_measure_display()),
        Column("qualifier", _("How exact"), export=lambda row: row.get_qualifier_display()),
        Column("value", _("Number"), export=_figure),
        Column("as_of", _("As of"), export=lambda row: row.as_of),
        Column("source", _("Source"), export=lambda row: row.source),
    ),
    lambda call: call.figures.all(),
)


STEPS = Parts(
    "steps",
    _("Timeline"),
    forms.inlineformset_factory(FundingCall, CallStep, form=StepForm, extra=1),
    (
        Column("kind", _("Step"), export=lambda row: row.get_kind_display()),
        Column("moment", _("Local time"), export=lambda row: date_format(row.moment.replace(tzinfo=None), "DATETIME_FORMAT")),
        Column("zone", _("Time zone"), export=lambda row: row.zone),
    ),
    lambda call: call.steps.all(),
)
QUESTIONS = Parts(
    "questions",
    _("Questions"),
    forms.inlineformset_factory(FundingCall, CallQuestion, form=QuestionForm, extra=1),
    (
        Column("stage", _("Asked in"), export=lambda row: row.get_stage_display()),
        Column("text", _("Question"), export=lambda row: row.text(get_language() or "en")),
        Column("criteria", _("Criteria"), export=lambda row: row.criteria(get_language() or "en")),
        Column("longest", _("Longest answer"), export=lambda row: row.longest),
        Column("points", _("Most points"), export=lambda row: row.most_points),
    ),
    lambda call: call.questions.all(),
)


def _rows(_actor: Actor) -> QuerySet[FundingCall]:
    return FundingCall.objects.select_related("action__programme", "funder").annotate(project_count=Count("projects"))


def _panels(call: FundingCall, _actor: Actor) -> Sequence[Panel]:
    found = (
        (_("What the rules refuse"), call_faults(call_facts(row=call)), "bad"),
        (_("Worth a look"), call_advice(call.year), ""),
    )
    return [
        Panel("office/projects/reasons.html", {"title": title, "reasons": reasons, "tone": tone})
        for title, reasons, tone in found
        if reasons
    ]


def _advice(_request: HttpRequest, call: FundingCall) -> list[str]:
    return [reason.because.in_language(get_language() or "en") for reason in call_advice(call.year)]


CALLS = Register(
    name="calls",
    model=FundingCall,
    title=_("Calls"),
    one=_("call"),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("year", _("Year"), "year", lambda row: row.year),
        Column("action", _("Action"), "action__code", lambda row: row.action.code),
        Column("funder", _("Funder"), "funder__name_en", lambda row: told(row.funder) if row.funder else ""),
        Column("projects", _("Projects"), "project_count", lambda row: row.project_count, numeric=True),
        Column("public", _("Shown on the public site"), "is_public", lambda row: "✓" if row.is_public else ""),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="-year",
    form=CallForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep_call,
    remove=remove,
    filters=CallFilter,
    parts=(STEPS, QUESTIONS, FIGURES),
    panels=_panels,
    warnings=_advice,
    preview=lambda row: (
        {language: f"/{language}/icm/{row.year}/" for language in ("nl", "en")} if row.action.track == "icm" and row.is_public else None
    ),
)
