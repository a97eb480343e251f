"""What counts in a round: the newest submission of every application that was not withdrawn, read from what was kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application, ApplicationSubmission
from goliard.apps.rounds.models import Round
from goliard.rules.values.eqf import EqfLevel


@dataclass(frozen=True, slots=True)
class SubmittedWish:
    """A wish as it was handed in; `destination` is the public id of a destination of the round, an empty `term` any semester."""

    rank: int
    destination: str
    term: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """An application as it was handed in. `record` is what the student system knew at that moment; it holds no special-category data."""

    application: int
    public_id: str
    person: int
    received_at: datetime
    content_hash: str
    wishes: tuple[SubmittedWish, ...]
    cycle: EqfLevel | None
    subject: str
    faculty: str
    credits: Decimal | None
    average: Decimal | None
    bachelor_average: Decimal | None
    record: Mapping[str, Any]
    answers: tuple[Mapping[str, Any], ...]

    @property
    def is_staff(self) -> bool:
        """Whether a member of staff handed it in."""
        return bool(self.record.get("is_staff"))


def submitted_in(round: Round) -> list[Submitted]:
    """Return the applications of a round that count, by number, in one query."""
    rows = ApplicationSubmission.objects.filter(application__round=round, application__state=ApplicationState.SUBMITTED)
    newest = {row.application_id: row for row in rows.select_related("application").order_by("application_id", "number")}
    return [_submitted(row) for row in newest.values()]


def submitted_application(application: Application) -> Submitted | None:
    """Return one application as it was handed in last; None where it was not."""
    row = application.submissions.select_related("application").order_by("-number").first()
    return _submitted(row) if row is not None else None


def _submitted(row: ApplicationSubmission) -> Submitted:
    told = json.loads(row.content)
    record = told["record"]
    return Submitted(
        application=row.application_id,
        public_id=str(row.application.public_id),
        person=row.application.person_id,
        received_at=row.received_at,
        content_hash=row.content_hash,
        wishes=tuple(
            SubmittedWish(wish["rank"], wish["destination"], "" if wish["term"] == "any" else wish["term"])
            for wish in told["own"]["wishes"]
        ),
        cycle=EqfLevel(record["cycle"]) if record["cycle"] else None,
        subject=record["subject"],
        faculty=record["faculty"],
        credits=_decimal(record["credits"]),
        average=_decimal(record["average"]),
        bachelor_average=_decimal(record["bachelor_average"]),
        record=record,
        answers=tuple(told["own"]["answers"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
