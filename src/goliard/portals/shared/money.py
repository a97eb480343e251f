"""Amounts of money in forms: typed as people write them, kept in whole cents."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_EUROS = re.compile(r"(?:€ ?)?(?P<euros>\d{1,3}(?:[., ]\d{3})+|\d+)(?:[.,](?P<cents>\d{2}))?")


class EuroField(forms.CharField):
    """An amount in euros, typed as people write it (`33000`, `33.000,00`, `33,000.00`), kept in whole cents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Return cents as euros; what was typed stays as it was typed."""
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another amount stands there."""
        return (self.prepare_value(initial) or "") != (data or "")

    def clean(self, value: Any) -> int | None:
        """Return cents, None for an empty field; ValidationError for anything that is no amount."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        amount = _EUROS.fullmatch(text)
        if amount is None:
            raise ValidationError(_("Write an amount in euros, such as 33000 or 33000.50."))
        return int(re.sub(r"\D", "", amount["euros"])) * 100 + int(amount["cents"] or 0)
