"""Which calls may be recorded: a table that an officer can read."""

from __future__ import annotations

import pytest

from goliard.rules.funding.calls import CallFacts, call_faults

NA = {"funder_kind": "national-agency", "funder_role": "national-agency"}


def ka1(year: int = 2022, **changes: object) -> CallFacts:
    return CallFacts(**{"track": "icm", "action_kind": "mobility", "year": year, **NA, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "rules"),
    [
        (ka1(2015), []),
        (ka1(2014), ["icm-since-2015"]),
        (ka1(2014, track="europe"), []),
        (ka1(2018, first_call_year=2021), ["call-before-action"]),
        (ka1(2028, programme_first=2021, programme_last=2027), ["call-outside-programme"]),
        (ka1(2020, programme_first=2021, programme_last=None), ["call-outside-programme"]),
        (ka1(2027, programme_first=2021, programme_last=2027), []),
        (ka1(funder_kind="", funder_role=""), ["ka1-national-agency"]),
        (ka1(funder_role=""), ["funder-without-role", "ka1-national-agency"]),
        (ka1(funder_kind=""), ["role-without-funder"]),
        (ka1(funder_kind="eu-body", funder_role="eacea"), ["ka1-national-agency"]),
        (ka1(funder_kind="hei"), ["funder-of-another-kind"]),
        (CallFacts("", "jean-monnet", 2022, funder_kind="eu-body", funder_role="eacea"), []),
        (CallFacts("", "jean-monnet", 2022, funder_kind="national-agency", funder_role="commission"), ["funder-of-another-kind"]),
        (CallFacts("", "jean-monnet", 2022), []),
        (CallFacts("", "other", 2022, funder_kind="company", funder_role="other"), []),
    ],
)
def test_faults_name_the_rule(call: CallFacts, rules: list[str]) -> None:
    found = call_faults(call)
    assert [reason.rule for reason in found] == rules
    assert all(reason.because.nl and reason.because.en for reason in found)
