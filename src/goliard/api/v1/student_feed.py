"""Students and results from the student system: the feed that the office also takes as a file, a record a student and programme."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.problems import Fault, Problem
from goliard.api.v1.paging import Shape
from goliard.api.v1.sent import Sent
from goliard.api.v1.shapes import Day
from goliard.api.v1.texts_sent import IscedCode
from goliard.apps.people.policies import may_take_feed
from goliard.apps.people.services.student_feed import FeedFault, FeedRefused, rows_of_records, take_student_feed
from goliard.rules.values.texts import Text

router = Router(tags=["students"])
MOST = 5_000
FIRST_ROW = 2  # the service counts as a spreadsheet does, whose heading is row 1
Word = Annotated[str, Field(min_length=1, max_length=250)]


class Skill(Sent):
    """A language with its CEFR level."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2"]


class StudentSent(Sent):
    """What the student system says of a student in a programme, on a day."""

    student_number: Annotated[str, Field(min_length=1, max_length=60)]
    given_name: Annotated[str, Field(max_length=120)] | None = None
    family_name: Annotated[str, Field(min_length=1, max_length=120)]
    native_name: Annotated[str, Field(max_length=250)] | None = None
    email: Word
    esi: Word | None = None
    nationalities: Annotated[list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]], Field(max_length=10)] | None = None
    programme: Annotated[str, Field(min_length=1, max_length=40)]
    programme_name_nl: Annotated[str, Field(max_length=250)] | None = None
    programme_name_en: Annotated[str, Field(max_length=250)] | None = None
    cycle: Literal["short", "bachelor", "master", "doctorate"]
    unit: Annotated[str, Field(min_length=1, max_length=80)] = Field(description="key of the faculty or institute")
    subject: IscedCode | None = None
    enrolled_from: Day
    enrolled_until: Day | None = None
    credits: Annotated[str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")] | None = Field(None, description="EC obtained, as text: 120.5")
    average: Annotated[str, Field(pattern=r"^[0-9]{1,2}(\.[0-9]{1,3})?$")] | None = Field(None, description="1 to 10, as text: 7.25")
    bachelor_average: Annotated[str, Field(pattern=r"^[0-9]{1,2}(\.[0-9]{1,3})?$")] | None = None
    languages: Annotated[list[Skill], Field(max_length=20)] | None = None
    as_of: Day = Field(description="the day on which the student system said so")


class FeedSent(Sent):
    """A feed: all of it is taken, or nothing. A dry run only says what it would do."""

    students: Annotated[list[StudentSent], Field(min_length=1, max_length=MOST)]
    dry_run: bool = False


class Effect(Shape):
    """What a record did: `index` counts the records from 0."""

    index: int
    student_number: str
    effect: Literal["new", "changed", "unchanged", "older"]
    columns: list[str]


class Report(Shape):
    """How many records had which effect, and each one's."""

    dry_run: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    older: int = Field(description="spoke for an earlier day than what is known, and were left aside")
    effects: list[Effect]


@router.post("/student-feed", response=Report, auth=Token(may_take_feed, writes=True), operation_id="take_student_feed")
def take_feed(request: ApiRequest, sent: FeedSent) -> Report:
    """Bring students, enrolments, results and languages in step with the student system."""
    try:
        rows = rows_of_records([_record(each) for each in sent.students])
        report = take_student_feed(rows=rows, actor=request.caller.actor, now=request.asked_at, dry_run=sent.dry_run)
    except FeedRefused as refused:
        raise _problem(refused) from None
    effects = [
        Effect(index=each.row - FIRST_ROW, student_number=each.student, effect=each.effect.value, columns=list(each.columns))
        for each in report.effects
    ]
    counts = {name: getattr(report, name) for name in ("rows", "new", "changed", "unchanged", "older")}
    return Report(dry_run=sent.dry_run, effects=effects, **counts)


def _record(sent: StudentSent) -> dict[str, Any]:
    """The record as cells; a field that was not sent is a column that the feed does not have, null an empty cell."""
    record = sent.model_dump(exclude_unset=True)
    if sent.nationalities is not None:
        record["nationalities"] = " ".join(sent.nationalities)
    if sent.languages is not None:
        record["languages"] = "; ".join(f"{skill.language} {skill.level}" for skill in sent.languages)
    return record


def _problem(refused: FeedRefused) -> Problem:
    faults = tuple(Fault(_field(each), "student-feed", each.because) for each in refused.faults)
    said = Text(f"De aanlevering is geweigerd: {refused.total} fouten.", f"The feed is refused: {refused.total} faults.")
    return Problem(422, "feed-refused", said, faults)


def _field(fault: FeedFault) -> str:
    place = ["students", *([str(fault.row - FIRST_ROW)] if fault.row >= FIRST_ROW else []), *([fault.column] if fault.column else [])]
    return ".".join(place)
