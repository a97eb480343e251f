"""Forms of the rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from goliard.apps.rates.services import FigureWords
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status

STATUS_WORDS = {
    Status.V1: _("V1: official text of the programme seen"),
    Status.V2: _("V2: page of a National Agency or university seen"),
    Status.D: _("D: derived from figures that were seen"),
    Status.V2_WEAK: _("V2-weak: seen once, in a weak place"),
    Status.U: _("U: not verified"),
    Status.MISSING: _("MISSING: not found"),
}


class ImportForm(forms.Form):
    """A table as TOML: a file, or pasted."""

    file = forms.FileField(label=_("file (TOML)"), required=False)
    text = forms.CharField(label=_("or the text itself"), required=False, widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}))

    def clean(self) -> dict[str, Any]:
        """Return the text of either; exactly one must be there."""
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("file")
        if bool(upload) == bool(given.get("text")):
            raise ValidationError(_("Choose a file, or paste the text."))
        if upload:
            try:
                given["text"] = upload.read(1_000_001).decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError(_("This file is not in UTF-8.")) from error
        return given


class CarryForm(forms.Form):
    """From which call to which."""

    action = forms.CharField(label=_("Action"), max_length=20, help_text=_("As the programme writes it, such as KA171."))
    from_call = forms.IntegerField(label=_("From call"), min_value=2014, max_value=2100)
    to_call = forms.IntegerField(label=_("To call"), min_value=2014, max_value=2100)


class FigureForm(forms.Form):
    """The value of a figure, how sure it is, and where it was seen."""

    value = forms.DecimalField(label=_("value"), required=False, min_value=0, max_digits=9, decimal_places=2)
    status = forms.ChoiceField(label=_("Status"), choices=[(status.value, words) for status, words in STATUS_WORDS.items()])
    sources = forms.CharField(label=_("sources"), required=False, max_length=500, help_text=_("Separated by semicolons."))
    note = forms.CharField(label=_("note"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """A figure is there, or missing; one that was seen names where."""
        given: dict[str, Any] = super().clean() or {}
        status = Status(given["status"]) if given.get("status") else None
        if (given.get("value") is None) != (status is Status.MISSING):
            self.add_error("value", _("A figure has a value, or the status MISSING."))
        if status and status.is_verified and not given.get("sources"):
            self.add_error("sources", _("Say where the figure was seen."))
        return given

    def words(self) -> FigureWords:
        """Return what was filled in."""
        given = self.cleaned_data
        sources = tuple(each.strip() for each in given["sources"].split(";") if each.strip())
        value = None if given["value"] is None else Decimal(given["value"]).normalize()
        return FigureWords(value, Status(given["status"]), sources, given["note"])


def initial_of(figure: Figure) -> dict[str, Any]:
    """Return what the form of a figure begins with."""
    value = None if figure.value is None else f"{figure.value.normalize():f}"
    return {"value": value, "status": figure.status.value, "sources": "; ".join(figure.sources), "note": figure.note}
