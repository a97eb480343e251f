"""May this call exist? The year of its action and programme, and who stands behind it.

A call of Key Action 1 is run by the National Agency of the applicant's country; centralised actions by EACEA or the Commission itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.funding.eligibility import Track, call_refusals
from goliard.rules.values.texts import Reason, Text

_GUIDE = "Erasmus+ Programme Guide"
_KIND_OF_ROLE = {"national-agency": "national-agency", "eacea": "eu-body", "commission": "eu-body"}


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the rules need to know of a call. `funder_kind` is the kind of the funding organisation, empty where there is none."""

    track: Track
    action_kind: str
    year: int
    first_call_year: int | None = None
    programme_first: int | None = None
    programme_last: int | None = None
    funder_kind: str = ""
    funder_role: str = ""


def call_faults(call: CallFacts) -> tuple[Reason, ...]:
    """Return every reason why the call may not be recorded so; empty when it may."""
    return (*call_refusals(track=call.track, year=call.year), *_year(call), *_funder(call))


def _year(call: CallFacts) -> Iterator[Reason]:
    if call.first_call_year is not None and call.year < call.first_call_year:
        yield Reason(
            "call-before-action",
            Text(
                f"Deze actie bestaat sinds de call van {call.first_call_year}; {call.year} kan niet.",
                f"This action exists since the call of {call.first_call_year}; {call.year} is not possible.",
            ),
            field="year",
        )
    first, last = call.programme_first, call.programme_last
    if (first is not None and call.year < first) or (last is not None and call.year > last):
        yield Reason(
            "call-outside-programme",
            Text(
                f"Het programma loopt van {first} tot en met {last or 'nu'}; een call van {call.year} hoort er niet bij.",
                f"The programme runs from {first} to {last or 'now'}; a call of {call.year} is not part of it.",
            ),
            field="year",
        )


def _funder(call: CallFacts) -> Iterator[Reason]:
    if call.funder_kind and not call.funder_role:
        yield Reason(
            "funder-without-role",
            Text("Geef aan in welke rol de financier optreedt.", "Say in which role the funder acts."),
            field="funder_role",
        )
    if call.funder_role and not call.funder_kind:
        yield Reason(
            "role-without-funder", Text("Kies de financier die bij deze rol hoort.", "Choose the funder of this role."), field="funder"
        )
    if call.action_kind == "mobility" and call.funder_role != "national-agency":
        yield Reason(
            "ka1-national-agency",
            Text(
                "Een call van Key Action 1 verwijst naar precies één Nationaal Agentschap.",
                "A call of Key Action 1 refers to exactly one National Agency.",
            ),
            source=_GUIDE,
            field="funder",
        )
    expected = _KIND_OF_ROLE.get(call.funder_role)
    if expected and call.funder_kind and call.funder_kind != expected:
        yield Reason(
            "funder-of-another-kind",
            Text(
                "De gekozen organisatie past niet bij haar rol: kies een Nationaal Agentschap, of een orgaan van de Europese Unie.",
                "The chosen organisation does not fit its role: choose a National Agency, or a body of the European Union.",
            ),
            field="funder",
        )
