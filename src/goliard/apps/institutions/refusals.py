"""How a register refuses a change: always with reasons that a person can read."""

from __future__ import annotations

from collections.abc import Sequence

from goliard.apps.institutions.usage import Usage
from goliard.rules.values.texts import Reason


class Refused(Exception):
    """The rules refuse the change; `reasons` say why, each in both languages."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.because.en for reason in reasons))
        self.reasons = tuple(reasons)


class StillInUse(Exception):
    """The row cannot be deleted, because others refer to it; `users` lists them."""

    def __init__(self, users: Sequence[Usage]) -> None:
        super().__init__("; ".join(f"{usage.count} {usage.kind}" for usage in users))
        self.users = tuple(users)


class ChangedMeanwhile(Exception):
    """Somebody else changed the row after this change was begun; nothing was written."""
