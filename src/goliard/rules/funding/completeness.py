"""What a project must say before the public sees it.

A historical record, entered from public sources, is shown with what the sources give; every other project must be complete.
The list of mandatory fields is the office's template of a project page: unit, coordinator, partners, kinds of mobility, period and
summary in both languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Which parts of a project's page are filled; `texts` holds the field names that are not empty."""

    is_historical: bool
    action_kind: str
    texts: frozenset[str]
    has_period: bool
    partners: int
    home_units: int
    main_coordinators: int
    mobilities: int
    has_country: bool
    priorities_without_answer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    field: str
    label: Text
    filled: Callable[[ProjectPage], bool]
    kinds: frozenset[str] = frozenset()  # empty: for every kind of action
    historical: bool = False  # asked of historical records too


def _text(name: str) -> Callable[[ProjectPage], bool]:
    return lambda page: name in page.texts


def _pair(name: str, nl: str, en: str, kinds: frozenset[str] = frozenset()) -> tuple[_Part, _Part]:
    return (
        _Part(f"{name}_nl", Text(f"{nl} (Nederlands)", f"{en} (Dutch)"), _text(f"{name}_nl"), kinds),
        _Part(f"{name}_en", Text(f"{nl} (Engels)", f"{en} (English)"), _text(f"{name}_en"), kinds),
    )


_MOBILITY = frozenset({"mobility"})
_WITH_PARTNERS = frozenset({"mobility", "cooperation", "erasmus-mundus"})  # a Jean Monnet chair has a holder, no partner
PARTS = (
    _Part("title_nl", Text("titel in het Nederlands", "title in Dutch"), _text("title_nl"), historical=True),
    _Part("title_en", Text("titel in het Engels", "title in English"), _text("title_en"), historical=True),
    _Part(
        "partners", Text("minstens één partner", "at least one partner"), lambda page: page.partners > 0, _WITH_PARTNERS, historical=True
    ),
    _Part("country", Text("land", "country"), lambda page: page.has_country, _MOBILITY, historical=True),
    _Part("home_units", Text("eenheid van de eigen instelling", "unit of the home institution"), lambda page: page.home_units > 0),
    _Part("coordinators", Text("coördinator (precies één)", "coordinator (exactly one)"), lambda page: page.main_coordinators == 1),
    _Part("mobilities", Text("soort mobiliteit", "kind of mobility"), lambda page: page.mobilities > 0, _MOBILITY),
    _Part("period", Text("begin- en einddatum", "start and end date"), lambda page: page.has_period),
    _Part("isced_f", Text("vakgebied (ISCED-F)", "subject (ISCED-F)"), _text("isced_f")),
    *_pair("lay_summary", "publiekssamenvatting", "summary for everybody"),
    *_pair("summary", "wetenschappelijke samenvatting", "academic summary"),
    *_pair("home_brings", "inbreng van de eigen instelling", "what the home institution brings", _MOBILITY),
    *_pair("partner_brings", "inbreng van de partner", "what the partner brings", _MOBILITY),
)


def missing_parts(page: ProjectPage) -> tuple[Reason, ...]:
    """Return what is missing before the project may be published, one reason a field; empty when it is complete."""
    found = [
        Reason("mandatory-field", Text(f"Ontbreekt: {part.label.nl}.", f"Missing: {part.label.en}."), field=part.field)
        for part in PARTS
        if _asked(part, page) and not part.filled(page)
    ]
    if not page.is_historical:
        found += [
            Reason(
                "priority-unanswered",
                Text(f"Prioriteit zonder toelichting: {title}.", f"Priority without an explanation: {title}."),
                source="Erasmus+ Programme Guide, general objective",
                field="priorities",
            )
            for title in page.priorities_without_answer
        ]
    return tuple(found)


def _asked(part: _Part, page: ProjectPage) -> bool:
    return (part.historical or not page.is_historical) and (not part.kinds or page.action_kind in part.kinds)
