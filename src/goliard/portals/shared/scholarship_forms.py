"""The stay for which a scholarship is asked: the same form for a student and for the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.grants.choices import StayPurpose, StudyCycle
from goliard.apps.grants.services.asking import StayWords
from goliard.apps.institutions.models import Country
from goliard.apps.institutions.usage import told


class NamedCountry(forms.ModelChoiceField):
    """A country by its name in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return told(obj)


class StayForm(forms.Form):
    """Where, when, what for, and whether it counts."""

    cycle = forms.ChoiceField(label=_("Study cycle"), choices=StudyCycle.choices)
    purpose = forms.ChoiceField(label=_("What for"), choices=StayPurpose.choices)
    country = NamedCountry(Country.objects.none(), label=_("Country"))
    host = forms.CharField(label=_("Host institution"), max_length=250)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    holidays = forms.IntegerField(label=_("Days of holiday in it"), min_value=0, max_value=365, required=False)
    approved_by_board = forms.BooleanField(label=_("The board of examiners approved the stay"), required=False)
    for_credit = forms.BooleanField(label=_("The stay counts for credit"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = "name_nl" if (get_language() or "").startswith("nl") else "name_en"
        self.fields["country"].queryset = Country.objects.order_by(name)  # type: ignore[attr-defined]

    def words(self) -> StayWords:
        """Return what was filled in."""
        names = ("cycle", "purpose", "country", "host", "starts_on", "ends_on", "approved_by_board", "for_credit")
        given = self.cleaned_data
        return StayWords(**{name: given[name] for name in names}, holidays=given["holidays"] or 0)
