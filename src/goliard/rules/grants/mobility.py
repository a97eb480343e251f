"""What is priced: one mobility of one person, as plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goliard.rules.values.distance import Point
from goliard.rules.values.money import ZERO, Money


class Direction(StrEnum):
    """Seen from the programme-country institution that holds the grant."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Participant(StrEnum):
    """Who goes."""

    STUDENT = "student"
    STAFF = "staff"


class Activity(StrEnum):
    """What for: students study or do a traineeship, staff teach or train."""

    STUDIES = "studies"
    TRAINEESHIP = "traineeship"
    TEACHING = "teaching"
    TRAINING = "training"


class Cycle(StrEnum):
    """The study cycle of a student (EHEA): short, bachelor, master, doctoral."""

    SHORT = "short"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


ACTIVITIES_OF = {
    Participant.STUDENT: (Activity.STUDIES, Activity.TRAINEESHIP),
    Participant.STAFF: (Activity.TEACHING, Activity.TRAINING),
}


@dataclass(frozen=True, slots=True)
class Mobility:
    """One person's stay. Countries are ISO 3166 codes of two letters.

    `days` is the stay as the programme counts it, interruptions taken off and travel days left out. `zero_grant_days` come on top of
    it: part of the stay and not paid. `travel_days` are paid within individual support. `calendar_days` is the same stay on the calendar,
    where the dates are known: it decides between a short and a long one.
    `days_used_in_cycle` is what the student already spent abroad under the programme in this study cycle.
    `inclusion_costs` are approved real costs of a participant with fewer opportunities, `travel_costs` those of a trip that the band hardly
    covers. `teaching_hours` of a teacher are checked where they are known; `with_training` says that the stay combines both.
    `zero_grant` is a whole stay without money of the programme.
    """

    direction: Direction
    participant: Participant
    activity: Activity
    cycle: Cycle | None
    days: int
    from_country: str
    to_country: str
    from_point: Point
    to_point: Point
    travel_days: int = 0
    green: bool = False
    fewer_opportunities: bool = False
    days_used_in_cycle: int = 0
    zero_grant_days: int = 0
    zero_grant: bool = False
    inclusion_costs: Money = ZERO
    travel_costs: Money = ZERO
    calendar_days: int | None = None
    teaching_hours: int | None = None
    with_training: bool = False
