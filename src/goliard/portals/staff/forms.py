"""The form of an expression of interest: its fields, a question each, a priority each, a row for each flow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import FlowDirection, FlowKind, QuestionStage
from goliard.apps.funding.models import ExpressionOfInterest, StrategicGoal
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.queries.priorities import programme_priorities
from goliard.apps.funding.services.interests import InterestWords
from goliard.apps.institutions.models import Country, OrganizationalUnit
from goliard.apps.institutions.usage import told
from goliard.portals.shared.money import EuroField

BLANK_ROWS = 3
NUMBERS = ("count", "days", "travel_days", "fewer_opportunities")


class Named(forms.ModelChoiceField):
    """A choice among rows by their names in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name or title."""
        return told(obj)


class NamedSeveral(forms.ModelMultipleChoiceField):
    """Several of them, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return the name or title."""
        return told(obj)


class FlowForm(forms.Form):
    """A row of equal mobilities; an empty number is no row."""

    direction = forms.ChoiceField(label=_("direction"), choices=FlowDirection.choices)
    kind = forms.ChoiceField(label=_("who and what for"), choices=FlowKind.choices)
    count = forms.IntegerField(label=_("number"), min_value=0, max_value=999, required=False)
    days = forms.IntegerField(label=_("days each"), min_value=1, max_value=999, required=False)
    travel_days = forms.IntegerField(label=_("travel days"), min_value=0, max_value=30, required=False)
    fewer_opportunities = forms.IntegerField(label=_("with fewer opportunities"), min_value=0, max_value=999, required=False)
    teaching_hours = forms.IntegerField(label=_("teaching hours in the stay"), min_value=0, max_value=999, required=False)
    travel_costs_cents = EuroField(label=_("real costs of expensive travel each, in euros"), required=False)
    green = forms.BooleanField(label=_("green travel"), required=False)

    def __init__(self, *args: Any, with_costs: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not with_costs:  # most actions do not know expensive travel
            del self.fields["travel_costs_cents"]

    def clean(self) -> dict[str, Any]:
        """A row with a number has days; not more people with fewer opportunities than people."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("count"):
            if not given.get("days") and "days" not in self.errors:
                self.add_error("days", _("How many days each?"))
            if (given.get("fewer_opportunities") or 0) > given["count"]:
                self.add_error("fewer_opportunities", _("More than there are."))
            if given.get("teaching_hours") is not None and given.get("kind") != FlowKind.TEACHING:
                self.add_error("teaching_hours", _("Only who teaches has teaching hours."))
        return given


FlowRows = forms.formset_factory(FlowForm, extra=BLANK_ROWS)


class InterestForm(forms.Form):
    """Everything but the flows."""

    title = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    title_nl = forms.CharField(
        label=_("Title in Dutch"), max_length=200, required=False, help_text=_("Needed for the application; one of the two is enough now.")
    )
    country = Named(Country.objects.none(), label=_("Country of the partner"), required=False)
    partner_name = forms.CharField(
        label=_("Partner institution"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"list": "partners", "autocomplete": "off"}),
    )
    unit = Named(OrganizationalUnit.objects.none(), label=_("Your faculty or institute"), required=False)
    co_applicants = forms.CharField(
        label=_("Co-applicants (e-mail addresses, separated by commas)"), max_length=1000, required=False,
        help_text=_("Who has an account here may write along."),
    )  # fmt: skip
    needs_analysis = forms.CharField(
        label=_("Needs analysis with the partner"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=10000,
        help_text=_("What do both institutions need, and how was that found out together?"),
    )  # fmt: skip
    agreed_with_partner = forms.BooleanField(
        label=_("Travel, level, language, support and recognition were discussed with the partner"), required=False
    )
    goals = NamedSeveral(StrategicGoal.objects.none(), label=_("Strategic goals that this serves"), required=False)

    def __init__(self, interest: ExpressionOfInterest, data: Any = None) -> None:
        super().__init__(data, initial=_initial(interest))
        language = get_language() or "en"
        name = "name_nl" if language.startswith("nl") else "name_en"
        self.fields["country"].queryset = Country.objects.order_by(name)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = OrganizationalUnit.objects.filter(organisation__is_home=True).order_by(name)  # type: ignore[attr-defined]
        self.fields["goals"].queryset = StrategicGoal.objects.all()  # type: ignore[attr-defined]
        self.questions = questions_of(interest.call, QuestionStage.INTEREST)
        self.priorities = programme_priorities()
        for number, question in enumerate(self.questions, 1):
            attributes = {"rows": 5, **({"maxlength": question.longest} if question.longest else {})}
            self.fields[f"answer_{question.pk}"] = forms.CharField(
                label=f"{number}. {question.text(language)}", required=False, help_text=_help(question, language),
                widget=forms.Textarea(attrs=attributes),
            )  # fmt: skip
        for priority in self.priorities:
            label = priority.title(language)
            self.fields[f"priority_{priority.pk}"] = forms.CharField(
                label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean_co_applicants(self) -> tuple[str, ...]:
        """Return addresses; each must be one."""
        emails = tuple(part.strip() for part in self.cleaned_data["co_applicants"].replace(";", ",").split(",") if part.strip())
        for email in emails:
            forms.EmailField().clean(email)
        return emails

    @property
    def answer_fields(self) -> list[Any]:
        """The questions, bound."""
        return [self[f"answer_{question.pk}"] for question in self.questions]

    @property
    def priority_fields(self) -> list[Any]:
        """The priorities, bound."""
        return [self[f"priority_{priority.pk}"] for priority in self.priorities]

    def words(self, flows: Any) -> InterestWords:
        """Return what was written, with the rows of flows that hold a number."""
        given = self.cleaned_data
        return InterestWords(
            title=given["title"], title_nl=given["title_nl"], country=given["country"],
            partner_name=given["partner_name"], unit=given["unit"],
            needs_analysis=given["needs_analysis"], agreed_with_partner=given["agreed_with_partner"], goals=tuple(given["goals"]),
            answers={question.pk: given[f"answer_{question.pk}"] for question in self.questions},
            priorities={priority.pk: given[f"priority_{priority.pk}"] for priority in self.priorities},
            flows=flow_rows(flows),
            co_applicants=given["co_applicants"],
        )  # fmt: skip


def flow_initial(interest: ExpressionOfInterest, stage: str) -> list[dict[str, Any]]:
    """Return what the rows of flows begin with."""
    rows = [flow for flow in interest.flows.all() if flow.stage == stage]
    return [
        {name: getattr(flow, name) for name in ("direction", "kind", "green", "teaching_hours", "travel_costs_cents", *NUMBERS)}
        for flow in rows
    ]


def flow_rows(flows: Any) -> tuple[dict[str, Any], ...]:
    """Return the rows of a valid formset that hold a number."""
    return tuple(_row(form.cleaned_data) for form in flows if form.cleaned_data.get("count"))


def _initial(interest: ExpressionOfInterest) -> dict[str, Any]:
    names = ("title", "title_nl", "country", "partner_name", "unit", "needs_analysis", "agreed_with_partner")
    return {
        **{name: getattr(interest, name) for name in names},
        "co_applicants": ", ".join(each.email for each in interest.co_applicants.all()),
        "goals": list(interest.goals.all()),
        **{f"answer_{each.question_id}": each.text for each in interest.answers.all()},
        **{f"priority_{each.priority_id}": each.how for each in interest.priorities.all()},
    }


def _help(question: Any, language: str) -> str:
    limit = _("At most %(limit)d characters.") % {"limit": question.longest} if question.longest else ""
    return " ".join(part for part in (question.criteria(language), str(limit)) if part)


def _row(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, **{name: given.get(name) or 0 for name in (*NUMBERS, "travel_costs_cents")}}
