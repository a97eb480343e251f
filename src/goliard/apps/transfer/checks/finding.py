"""A rule that a stored row breaks."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """Which row of which table breaks a rule, where and why; `key` names it where the folder has no row of it."""

    table: str
    pk: int
    column: str
    because: Text
    key: str = ""

    def named(self) -> Text:
        """Return the reason with the row's key in front."""
        return Text(f"{self.key}: {self.because.nl}", f"{self.key}: {self.because.en}")
