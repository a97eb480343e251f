"""What deserves attention, and what a KA2 project lacks: a table that an officer can read."""

from __future__ import annotations

import pytest

from goliard.rules.funding.advice import ProjectPaperwork, advice, short_of


def paper(kind: str = "cooperation", partners: int = 3, priorities: int = 1, **others: object) -> ProjectPaperwork:
    return ProjectPaperwork(kind, 2022, partners, priorities, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("project", "rules"),
    [
        (paper(), []),
        (paper(partners=2), ["ka2-few-partners"]),
        (paper("mobility", 1), []),
        (paper(charter=True, statement=True), []),
        (paper(charter=False, statement=False), ["charter-expired", "statement-expired"]),
        (paper(is_continued=True), ["continued-from-what"]),
        (paper(is_continued=True, has_predecessor=True), []),
    ],
)
def test_advice_names_the_rule(project: ProjectPaperwork, rules: list[str]) -> None:
    assert [reason.rule for reason in advice(project)] == rules


@pytest.mark.parametrize(
    ("project", "rules"),
    [
        (paper(partners=2), []),
        (paper(partners=1), ["ka2-partners"]),
        (paper(priorities=0), ["ka2-priority"]),
        (paper("jean-monnet", 0, 0), []),
    ],
)
def test_a_cooperation_project_needs_two_partners_and_a_priority(project: ProjectPaperwork, rules: list[str]) -> None:
    assert [reason.rule for reason in short_of(project)] == rules
