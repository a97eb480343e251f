"""The scholarship of the demonstration: LUSTRA+ by its table, with requests of invented students. All of it is illustrative."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goliard.rules.access.actor import Actor

STAYS = (
    # student, country, host, starts in so many days, for so many days, cycle, what became of it
    ("Student Humanities", "JP", "Nagasaki University", 70, 150, "first", "awarded"),
    ("Student Law", "ZA", "University of Cape Town", 80, 120, "second", "submitted"),
    ("Student Science", "ID", "Universitas Indonesia", 75, 60, "second", "refused"),
)
WHY_NL = "Illustratief: de examencommissie keurde het verblijf niet goed."
WHY_EN = "Illustrative: the board of examiners did not approve the stay."


def fill_scholarships(*, actor: Actor, now: datetime) -> None:
    """Make the scheme and its requests, once."""
    from goliard.apps.grants.models import ScholarshipScheme
    from goliard.apps.grants.services.asking import StayWords, ask_scholarship
    from goliard.apps.grants.services.deciding import ScholarshipDecision, decide_scholarship
    from goliard.apps.institutions.models import Country
    from goliard.apps.institutions.services.keeping import keep
    from goliard.apps.people.models import Person
    from goliard.apps.people.services.persons import keep_person

    if ScholarshipScheme.objects.exists():
        return
    scheme = keep(
        row=ScholarshipScheme(
            key="lustra-2026", title_en="LUSTRA+", title_nl="LUSTRA+", table_action="LUSTRA", table_year=2026, budget_cents=2_000_000,
            introduction_en="A lump sum for study, a traineeship or research outside Europe. Budget and requests are invented.",
            introduction_nl="Een vast bedrag voor studie, stage of onderzoek buiten Europa. Budget en aanvragen zijn verzonnen.",
            is_illustrative=True,
        ),
        actor=actor, now=now,
    )  # fmt: skip
    for name, country, host, first, days, cycle, until in STAYS:
        given, _space, family = name.partition(" ")
        person = keep_person(row=Person(given_name=given, family_name=family), actor=actor, now=now)
        start = now.date() + timedelta(days=first)
        words = StayWords(
            cycle=cycle, purpose="study", country=Country.objects.get(iso2=country), host=host, starts_on=start,
            ends_on=start + timedelta(days=days), approved_by_board=True, for_credit=True,
        )  # fmt: skip
        row = ask_scholarship(scheme=scheme, person=person, words=words, actor=actor, now=now, is_illustrative=True)
        if until != "submitted":
            is_awarded = until == "awarded"
            decision = ScholarshipDecision(is_awarded, "" if is_awarded else WHY_NL, "" if is_awarded else WHY_EN, is_awarded)
            decide_scholarship(scholarship=row, decision=decision, actor=actor, now=now)
