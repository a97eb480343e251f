"""The two feeds: of students with their enrolments, and of staff with their appointments. What differs between them is told here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goliard.apps.people.choices import IdentifierScheme, ToldBy
from goliard.apps.people.models import Appointment, Enrolment
from goliard.apps.people.services.student_feed.columns import COLUMNS, FeedColumn
from goliard.apps.people.services.student_feed.staff_columns import STAFF_COLUMNS

Part = Enrolment | Appointment


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: a row a person and part (an enrolment, an appointment).

    `number` is the column that names the person, `scheme` the number that it is; `part` the column that names the part, `part_field` the
    field that holds it, `plain` the other fields by their columns. `finds_by_email` knows a person whom the office keeps already (a
    coordinator of a project) by the address, where the number is new.
    """

    columns: tuple[FeedColumn, ...]
    number: str
    scheme: IdentifierScheme
    told_by: ToldBy
    model: type[Part]
    part: str
    part_field: str
    plain: Mapping[str, str]
    since: str
    until: str
    verb: str
    subject: tuple[str, str]
    finds_by_email: bool = False
    by_key: Mapping[str, FeedColumn] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})


STUDENTS = Feed(
    columns=COLUMNS,
    number="student_number",
    scheme=IdentifierScheme.STUDENT_NUMBER,
    told_by=ToldBy.STUDENT_SYSTEM,
    model=Enrolment,
    part="programme",
    part_field="programme",
    plain={
        "programme_name_nl": "programme_name_nl",
        "programme_name_en": "programme_name_en",
        "cycle": "cycle",
        "subject": "subject",
        "enrolled_from": "valid_from",
        "enrolled_until": "valid_until",
        "credits": "credits_hundredths",
        "average": "average_thousandths",
        "bachelor_average": "bachelor_average_thousandths",
    },
    since="enrolled_from",
    until="enrolled_until",
    verb="take-student-feed",
    subject=("people.enrolment", "feed"),
)
STAFF = Feed(
    columns=STAFF_COLUMNS,
    number="staff_number",
    scheme=IdentifierScheme.STAFF_NUMBER,
    told_by=ToldBy.STAFF_SYSTEM,
    model=Appointment,
    part="appointment",
    part_field="code",
    plain={
        "function_nl": "function_nl",
        "function_en": "function_en",
        "category": "category",
        "seniority": "seniority",
        "subject": "subject",
        "manager_name": "manager_name",
        "manager_email": "manager_email",
        "employed_from": "valid_from",
        "employed_until": "valid_until",
    },
    since="employed_from",
    until="employed_until",
    verb="take-staff-feed",
    subject=("people.appointment", "feed"),
    finds_by_email=True,
)
