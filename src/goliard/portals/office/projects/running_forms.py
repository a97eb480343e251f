"""Forms of a running project; `told` returns what the use case takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import FlowDirection
from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import BudgetCategory, InterruptionKind
from goliard.apps.projects.models import Project, ProjectFlow
from goliard.apps.projects.services.moving import TransferWords
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.money import EuroField
from goliard.portals.office.registers.fields import DateInput, LookupField
from goliard.rules.grants.balance import Balance

NO_DIRECTION = [("", "–"), *FlowDirection.choices]


class Titled(forms.ModelChoiceField):
    """A choice among projects by title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title in the page's language."""
        return told(obj)


class FlowReportForm(forms.Form):
    """What is known of one flow."""

    realised = forms.IntegerField(label=_("Realised"), min_value=0, max_value=9999, required=False)
    cancelled = forms.IntegerField(label=_("Cancelled by force majeure"), min_value=0, max_value=9999, required=False)
    starts_on = forms.DateField(label=_("First day of the first stay"), required=False, widget=DateInput)
    prepares = forms.TypedChoiceField(label=_("Prepares"), required=False, coerce=int, empty_value=None)

    def __init__(self, flow: ProjectFlow, flows: list[ProjectFlow], data: Any = None) -> None:
        initial = {"realised": flow.realised, "cancelled": flow.cancelled, "starts_on": flow.starts_on, "prepares": flow.prepares_id}
        super().__init__(data, initial=initial, prefix=f"flow-{flow.pk}")
        others = [(each.pk, f"{each.position}. {each.get_kind_display()}") for each in flows if each.pk != flow.pk]
        self.fields["prepares"].choices = [("", "–"), *others]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return the fields of the report."""
        return {**self.cleaned_data, "cancelled": self.cleaned_data["cancelled"] or 0}


class MoneyReportForm(forms.Form):
    """What was spent under each heading; empty for not reported."""

    def __init__(self, balance: Balance, data: Any = None) -> None:
        super().__init__(data, initial={each.category: each.realised for each in balance.headings}, prefix="money")
        for each in balance.headings:
            self.fields[each.category] = EuroField(label=BudgetCategory(each.category).label, required=False)


class PartnerRequestForm(forms.Form):
    """Who would join, and why."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))
    reason = forms.CharField(label=_("reason"), max_length=1000)

    def told(self) -> dict[str, Any]:
        """Return what the request takes."""
        return dict(self.cleaned_data)


class DecisionForm(forms.Form):
    """Approve or refuse."""

    answer = forms.ChoiceField(label=_("Decision"), choices=[("approve", _("approve")), ("refuse", _("refuse"))])
    because = forms.CharField(label=_("reason of the decision"), max_length=1000, required=False)
    agency_reference = forms.CharField(label=_("reference of the National Agency"), max_length=200, required=False)

    def told(self) -> dict[str, Any]:
        """Return what the decision takes."""
        given = dict(self.cleaned_data)
        return {"is_approved": given.pop("answer") == "approve", **given}


class TransferForm(forms.Form):
    """From where to where, how much, and why."""

    from_category = forms.ChoiceField(label=_("from heading"), choices=BudgetCategory.choices)
    from_direction = forms.ChoiceField(label=_("from direction"), choices=NO_DIRECTION, required=False)
    to_category = forms.ChoiceField(label=_("to heading"), choices=BudgetCategory.choices)
    to_direction = forms.ChoiceField(label=_("to direction"), choices=NO_DIRECTION, required=False)
    to_project = Titled(Project.objects.none(), label=_("to another project"), required=False, empty_label=_("this project"))
    amount_cents = EuroField(label=_("amount in euros"))
    reason = forms.CharField(label=_("reason"), max_length=500)
    agency_reference = forms.CharField(
        label=_("reference of the National Agency"), max_length=200, required=False, help_text=_("Where the grant agreement was amended.")
    )

    def __init__(self, project: Project, data: Any = None) -> None:
        super().__init__(data)
        others: QuerySet[Project] = Project.objects.filter(call=project.call_id, budgets__isnull=False).exclude(pk=project.pk).distinct()
        self.fields["to_project"].queryset = others  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what the transfer takes."""
        return {"words": TransferWords(**{**self.cleaned_data, "amount_cents": self.cleaned_data["amount_cents"] or 0})}


class InterruptionForm(forms.Form):
    """When and why a project stands still."""

    kind = forms.ChoiceField(label=_("kind"), choices=InterruptionKind.choices)
    starts_on = forms.DateField(label=_("from"), widget=DateInput)
    ends_on = forms.DateField(label=_("until"), required=False, widget=DateInput)
    reason = forms.CharField(label=_("reason"), max_length=1000)
    agency_reference = forms.CharField(label=_("reference of the National Agency"), max_length=200, required=False)

    def told(self) -> dict[str, Any]:
        """Return what the use case takes."""
        return {**self.cleaned_data, "kind": InterruptionKind(self.cleaned_data["kind"])}


class ResumeForm(forms.Form):
    """The last day on which it stood still."""

    ends_on = forms.DateField(label=_("last day"), widget=DateInput)

    def told(self) -> dict[str, Any]:
        """Return what the use case takes."""
        return dict(self.cleaned_data)


class ClosureForm(forms.Form):
    """What proves the results."""

    evidence = forms.CharField(
        label=_("Evidence of the results"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        help_text=_("One a line: a publication, a report, the address of a page."),
    )  # fmt: skip
