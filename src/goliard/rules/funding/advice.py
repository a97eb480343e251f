"""What the office should look at, though nothing forbids it; and what a cooperation project needs before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text

ENOUGH_PARTNERS, FEWEST_PARTNERS = 3, 2
KA2 = "Erasmus+ Programme Guide, Key Action 2"


@dataclass(frozen=True, slots=True)
class ProjectPaperwork:
    """What advice looks at. `charter` and `statement` are None where the office has recorded none, else whether one holds at the call."""

    action_kind: str
    call_year: int
    partners: int
    priorities: int = 0
    charter: bool | None = None
    statement: bool | None = None
    is_continued: bool = False
    has_predecessor: bool = False


def advice(project: ProjectPaperwork) -> tuple[Reason, ...]:
    """Return what deserves attention; nothing of it refuses the project."""
    return tuple(_advice(project))


def short_of(project: ProjectPaperwork) -> tuple[Reason, ...]:
    """Return what a cooperation project lacks before it is published: two partner organisations and a priority; empty for other kinds."""
    return tuple(_short_of(project)) if project.action_kind == "cooperation" else ()


def _short_of(project: ProjectPaperwork) -> Iterator[Reason]:
    if project.partners < FEWEST_PARTNERS:
        text = Text(
            f"Een KA2-project heeft minstens {FEWEST_PARTNERS} partners nodig; dit heeft er {project.partners}.",
            f"A KA2 project needs at least {FEWEST_PARTNERS} partners; this one has {project.partners}.",
        )
        yield Reason("ka2-partners", text, source=KA2, field="partners")
    if not project.priorities:
        text = Text(
            "Een KA2-project dient minstens één prioriteit van het programma.",
            "A KA2 project serves at least one priority of the programme.",
        )
        yield Reason("ka2-priority", text, source=KA2, field="priorities")


def _advice(project: ProjectPaperwork) -> Iterator[Reason]:
    if project.action_kind == "cooperation" and project.partners < ENOUGH_PARTNERS:
        yield Reason(
            "ka2-few-partners",
            Text(
                f"Een KA2-project heeft meestal minstens {ENOUGH_PARTNERS} partners; dit heeft er {project.partners}.",
                f"A KA2 project usually has at least {ENOUGH_PARTNERS} partners; this one has {project.partners}.",
            ),
            source=KA2,
            field="partners",
        )
    yield from outdated_papers(call_year=project.call_year, charter=project.charter, statement=project.statement)
    if project.is_continued and not project.has_predecessor:
        yield Reason(
            "continued-from-what",
            Text(
                "Het partnerschap is voortgezet, maar het vorige project is niet gekozen.",
                "The partnership is continued, but the earlier project has not been chosen.",
            ),
            field="predecessor",
        )


def outdated_papers(*, call_year: int, charter: bool | None, statement: bool | None) -> tuple[Reason, ...]:
    """Return which of the institution's papers did not hold when the call began; None where the office has recorded none."""
    papers = (
        (charter, "charter-expired", Text("het Erasmus-handvest", "the Erasmus Charter")),
        (statement, "statement-expired", Text("de Erasmus-beleidsverklaring", "the Erasmus Policy Statement")),
    )
    return tuple(
        Reason(
            rule,
            Text(
                f"De call van {call_year} valt buiten de geldigheid van {document.nl}.",
                f"The call of {call_year} lies outside the validity of {document.en}.",
            ),
            field="call",
        )
        for covered, rule, document in papers
        if covered is False
    )
