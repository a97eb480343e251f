"""Two copies of an agreement beside each other, every field of every condition, with what differs marked."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.agreements.comparison import FIELDS, amount_hint, match
from goliard.rules.agreements.copy import Condition, Copy
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what each copy says, and whether that is the same thing."""

    label: Text
    ours: str
    theirs: str
    differs: bool
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One condition. `only` says in which copy alone it stands: `ours`, `theirs`, or empty where both have it."""

    title: Text
    lines: tuple[Line, ...]
    only: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything in it differs."""
        return bool(self.only) or any(line.differs for line in self.lines)


def side_by_side(ours: Copy | None, theirs: Copy | None) -> tuple[Section, ...]:
    """Return the conditions of two copies in pairs, then those that stand in one of them only. A copy may be missing altogether."""
    pairs, only_ours, only_theirs = match(ours.conditions if ours else (), theirs.conditions if theirs else ())
    return (
        *(Section(one.named(), _lines(one, other)) for one, other in pairs),
        *(Section(each.named(), _lines(each, None), "ours") for each in only_ours),
        *(Section(each.named(), _lines(None, each), "theirs") for each in only_theirs),
    )


def _lines(one: Condition | None, other: Condition | None) -> tuple[Line, ...]:
    lines = []
    for field in FIELDS:
        ours, theirs = field.shown(one) if one else "", field.shown(other) if other else ""
        if not ours and not theirs:
            continue
        differs = ours != theirs and one is not None and other is not None
        if field.name == "other_terms" and " ".join(ours.split()).casefold() == " ".join(theirs.split()).casefold():
            differs = False
        hint = amount_hint(one, other) if differs and field.name == "amount" and one and other else None
        lines.append(Line(field.label, ours, theirs, differs, hint))
    return tuple(lines)
