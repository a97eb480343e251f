"""Who may stand in a project: a table that an officer can read."""

from __future__ import annotations

from datetime import date

import pytest

from goliard.rules.funding.eligibility import PartyFacts, ProjectFacts, add_months, call_refusals, refusals

HOME = PartyFacts("Home University", "hei", "NL", "programme", is_home=True)
ADDIS = PartyFacts("Institute in Addis Ababa", "research-institute", "ET", "partner", is_recognised_research=True)
KYOTO = PartyFacts("University in Kyoto", "hei", "JP", "partner")
BERLIN = PartyFacts("University in Berlin", "hei", "DE", "programme")
COMPANY = PartyFacts("Company in Tokyo", "company", "JP", "partner")
UNKNOWN = PartyFacts("University somewhere", "hei", "XX", "")
UNRECOGNISED = PartyFacts("Institute in Lagos", "research-institute", "NG", "partner")
PLACEHOLDER = PartyFacts("Second partner, not named", "other", "ZA", "partner", is_placeholder=True)
DUTCH_MEMBER = PartyFacts("Other university in the Netherlands", "hei", "NL", "programme", role="consortium-member")


def icm(*parties: PartyFacts, year: int = 2022, start: date | None = None, end: date | None = None) -> ProjectFacts:
    return ProjectFacts("icm", year, "mobility", parties, 36, start, end)


@pytest.mark.parametrize(
    ("project", "rules"),
    [
        (icm(HOME, ADDIS), []),
        (icm(HOME, KYOTO, DUTCH_MEMBER), []),
        (icm(HOME, PLACEHOLDER), []),
        (icm(HOME, UNRECOGNISED), ["icm-partner-side"]),
        (icm(HOME, COMPANY), ["icm-partner-side"]),
        (icm(KYOTO), ["icm-programme-side"]),
        (icm(HOME), ["icm-partner-side"]),
        (icm(HOME, BERLIN), ["icm-partner-side", "icm-partner-outside"]),
        (icm(HOME, KYOTO, BERLIN), ["icm-partner-outside"]),
        (icm(HOME, KYOTO, UNKNOWN), ["country-status-unknown"]),
        (icm(HOME, KYOTO, year=2014), ["icm-since-2015"]),
        (icm(HOME, KYOTO, year=2015), []),
        (icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2025, 7, 31)), []),
        (icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2025, 8, 1)), ["period-too-long"]),
        (icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2026, 7, 31)), ["period-too-long"]),
        (icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2022, 7, 31)), ["period-order"]),
        (icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2022, 8, 1)), []),
        (icm(HOME, KYOTO, start=date(2022, 8, 1)), []),
        (icm(HOME, KYOTO, end=date(2022, 8, 1)), []),
        (ProjectFacts("", 2022, "cooperation", (HOME, BERLIN)), []),
    ],
)
def test_refusals_name_the_rule(project: ProjectFacts, rules: list[str]) -> None:
    found = refusals(project)
    assert [reason.rule for reason in found] == rules
    assert all(reason.because.nl and reason.because.en for reason in found)


def test_a_call_before_2015_is_refused_only_for_icm() -> None:
    assert [reason.rule for reason in call_refusals(track="icm", year=2014)] == ["icm-since-2015"]
    assert call_refusals(track="icm", year=2015) == ()
    assert call_refusals(track="europe", year=2014) == ()


def test_the_too_long_period_names_the_last_possible_day() -> None:
    (reason,) = refusals(icm(HOME, KYOTO, start=date(2022, 8, 1), end=date(2026, 7, 31)))
    assert "2025-07-31" in reason.because.en
    assert "31-07-2025" in reason.because.nl


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2022, 12, 31), 1, date(2023, 1, 31)),
        (date(2022, 8, 1), 36, date(2025, 8, 1)),
        (date(2022, 10, 31), 1, date(2022, 11, 30)),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
