"""What a partner may fill in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.agreements.services.partner_words import LONGEST, ChangedNumbers


class CommentForm(forms.Form):
    """A comment, as plain text."""

    text = forms.CharField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class ApprovalForm(forms.Form):
    """Who approves."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    function = forms.CharField(label=_("Your function"), max_length=200)
    sure = forms.BooleanField(label=_("I approve this agreement as it stands here, on behalf of my institution."))
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ProposalForm(forms.Form):
    """Other numbers for some conditions, with a word of explanation."""

    text = forms.CharField(label=_("Why"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any, conditions: list[CooperationCondition]) -> None:
        super().__init__(data)
        self.conditions = conditions
        for row in conditions:
            self.fields[f"mobilities-{row.pk}"] = forms.IntegerField(
                label=_("Mobilities a year"), min_value=0, max_value=10_000, initial=row.mobilities_per_year
            )
            self.fields[f"amount-{row.pk}"] = forms.DecimalField(
                label=_("Months or days a year"), min_value=0, max_digits=7, decimal_places=2, required=False, initial=row.amount or None
            )

    def rows(self) -> list[tuple[CooperationCondition, str, Any, Any]]:
        """Each condition with its two sides in words and its two fields."""
        language = get_language() or "en"
        sides = [f"{row.sending.name(language)} → {row.receiving.name(language)}" for row in self.conditions]
        fields = [(self[f"mobilities-{row.pk}"], self[f"amount-{row.pk}"]) for row in self.conditions]
        return [(row, said, *pair) for row, said, pair in zip(self.conditions, sides, fields, strict=True)]

    def changed(self) -> dict[int, ChangedNumbers]:
        """The conditions for which other numbers were given."""
        found = {}
        for row in self.conditions:
            wish = ChangedNumbers(self.cleaned_data[f"mobilities-{row.pk}"], self.cleaned_data[f"amount-{row.pk}"])
            if wish != ChangedNumbers(row.mobilities_per_year, Decimal(row.amount) if row.amount else None):
                found[row.pk] = wish
        return found
