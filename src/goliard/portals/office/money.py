"""Euros and percents in forms, whole cents and hundredths in tables."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from goliard.portals.shared.money import EuroField

__all__ = ["EuroField", "PercentField"]


class PercentField(forms.CharField):
    """A share in percent, typed with at most two decimals (`33,33`), kept in whole hundredths of a percent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Return hundredths as percents; what was typed stays as it was typed."""
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another share stands there."""
        return (self.prepare_value(initial) or "") != (data or "")

    def clean(self, value: Any) -> int | None:
        """Return hundredths of a percent, None for an empty field; ValidationError for anything that is no share."""
        text = str(super().clean(value)).strip().removesuffix("%").strip()
        if not text:
            return None
        share = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", text)
        hundredths = int(share[1]) * 100 + int((share[2] or "").ljust(2, "0")) if share else 0
        if not 0 < hundredths <= 10_000:
            raise ValidationError(_("Write a share in percent, such as 25 or 33.33."))
        return hundredths
