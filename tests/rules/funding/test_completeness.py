"""What a project's page must say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goliard.rules.funding.completeness import PARTS, ProjectPage, missing_parts

TEXTS = frozenset(
    f"{name}_{language}" for name in ("title", "lay_summary", "summary", "home_brings", "partner_brings") for language in ("nl", "en")
) | {"isced_f"}
COMPLETE = ProjectPage(
    is_historical=False,
    action_kind="mobility",
    texts=TEXTS,
    has_period=True,
    partners=1,
    home_units=1,
    main_coordinators=1,
    mobilities=1,
    has_country=True,
)
EMPTY = ProjectPage(
    is_historical=False,
    action_kind="mobility",
    texts=frozenset(),
    has_period=False,
    partners=0,
    home_units=0,
    main_coordinators=0,
    mobilities=0,
    has_country=False,
)


def fields(page: ProjectPage) -> list[str]:
    return [reason.field for reason in missing_parts(page)]


def test_a_complete_project_misses_nothing() -> None:
    assert fields(COMPLETE) == []


def test_an_empty_project_misses_every_part_of_a_mobility_project() -> None:
    assert fields(EMPTY) == [part.field for part in PARTS]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"main_coordinators": 0}, ["coordinators"]),
        ({"main_coordinators": 2}, ["coordinators"]),
        ({"has_period": False}, ["period"]),
        ({"texts": TEXTS - {"lay_summary_nl"}}, ["lay_summary_nl"]),
        ({"has_country": False}, ["country"]),
        ({"has_country": False, "mobilities": 0, "action_kind": "cooperation"}, []),
        ({"priorities_without_answer": ("Digital transformation",)}, ["priorities"]),
    ],
)
def test_each_part_is_asked(change: dict, missing: list[str]) -> None:
    assert fields(replace(COMPLETE, **change)) == missing


def test_a_historical_record_needs_only_its_titles_partners_and_country() -> None:
    assert fields(replace(EMPTY, is_historical=True)) == ["title_nl", "title_en", "partners", "country"]
