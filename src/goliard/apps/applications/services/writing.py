"""Begin an application and save what is written. Drafts are not journalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from goliard.apps.applications.models import Answer, Application, Preference
from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
from goliard.apps.applications.services.locking import locked_open
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.services import record
from goliard.apps.people.models import Appointment, Enrolment, Person
from goliard.apps.rounds.choices import TermChoice
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import closed_refusal, last_moment
from goliard.rules.access.actor import Actor
from goliard.rules.applications.lateness import too_late
from goliard.rules.values.texts import Reason, Text

LONGEST_TEXT = 20_000  # characters, whatever a question allows


@dataclass(frozen=True, slots=True)
class WishWords:
    """A wish as somebody arranges it: the primary key of the destination, and a semester."""

    destination: int
    term: str = TermChoice.ANY.value


@transaction.atomic
def start_application(
    *,
    round: Round,
    person: Person,
    enrolment: Enrolment | None,
    language: str,
    actor: Actor,
    now: datetime,
    is_illustrative: bool = False,
    appointment: Appointment | None = None,
) -> Application:
    """Begin a draft with an enrolment (in a round for staff: an appointment), or return the one that is there.

    Raises Refused where the round is not open, late, or has nothing for this person.
    """
    there = Application.objects.filter(round=round, person=person).first()
    if there is not None:
        return there
    if late := too_late(arrived=now, last_moment=last_moment(round), zone=round.zone) or closed_refusal(round, now):
        raise Refused([late])
    standing = appointment if round.is_for_staff else enrolment
    if standing is not None and standing.person_id != person.pk:
        raise ValueError("The enrolment or appointment is somebody else's.")
    day = now.astimezone(ZoneInfo(round.zone)).date()
    verdicts = verdicts_of(round, person_facts(person, standing, day), day)
    if all(verdict.refusals for verdict in verdicts):
        text = Text("In deze ronde staat geen bestemming voor je open.", "No destination of this round is open to you.")
        raise Refused([Reason("application.nothing-open", text), *dict.fromkeys(why for each in verdicts for why in each.refusals)])
    try:
        with transaction.atomic():
            made = Application.objects.create(
                round=round, person=person, enrolment=None if round.is_for_staff else enrolment,
                appointment=appointment if round.is_for_staff else None, language=language, started_at=now, saved_at=now,
                is_illustrative=is_illustrative,
            )  # fmt: skip
    except IntegrityError:  # two windows at the same moment
        return Application.objects.get(round=round, person=person)
    record(actor=actor, verb="start-application", subject=made, now=now)
    return made


@transaction.atomic
def save_wishes(*, application: Application, wishes: Sequence[WishWords], seen: int, actor: Actor, now: datetime) -> Application:
    """Save the wishes in their order; ranks follow from it, so that there are never gaps. `seen` is the revision that was begun from.

    Raises ChangedMeanwhile where another window saved in between, Refused for what is late, withdrawn, twice, too many or not of the round.
    What the office changed meanwhile binds nobody's hands: wishes that stood there may be moved and taken away, also when their destination
    is withdrawn or the round takes fewer.
    """
    row = locked_open(application, now)
    stored = [WishWords(each.destination_id, each.term) for each in row.preferences.order_by("rank")]
    if row.wishes_revision != seen:
        if stored == list(wishes):
            return row  # the same order twice: nobody is overwritten
        raise ChangedMeanwhile
    if reasons := _wish_faults(row.round, wishes, {wish.destination for wish in stored}):
        raise Refused(reasons)
    row.preferences.all().delete()
    Preference.objects.bulk_create(
        Preference(application=row, rank=rank, destination_id=wish.destination, term=TermChoice(wish.term).value)
        for rank, wish in enumerate(wishes, 1)
    )
    row.wishes_revision, row.saved_at = seen + 1, now
    row.save(update_fields=["wishes_revision", "saved_at"])
    return row


@transaction.atomic
def save_answers(
    *, application: Application, answers: Mapping[tuple[int, int | None], str], seen: int, actor: Actor, now: datetime
) -> Application:
    """Save answers as they stand, by question and (where it is asked for a wish) destination; what is not given stays.

    Raises ChangedMeanwhile and Refused as `save_wishes`. An answer that is longer than its question allows is kept: it is refused when it
    is handed in. One that is longer than `LONGEST_TEXT` is refused here, and never cut.
    """
    row = locked_open(application, now, "round")
    there = {(each.question_id, each.destination_id): each for each in row.answers.all()}
    if row.answers_revision != seen:
        if all(text == (there[key].text if key in there else "") for key, text in answers.items()):
            return row  # the same text twice: nobody is overwritten
        raise ChangedMeanwhile
    is_new = any(key not in there for key in answers)
    if reasons := [_too_long(len(text)) for text in answers.values() if len(text) > LONGEST_TEXT]:
        raise Refused(reasons)
    known = set(row.round.questions.values_list("pk", flat=True)) if is_new else {key[0] for key in there}
    added, changed, emptied = [], [], []
    for key, text in answers.items():
        stored = there.get(key)
        if key[0] not in known or (stored is not None and stored.text == text):
            continue
        if stored is None:
            added += [Answer(application=row, question_id=key[0], destination_id=key[1], text=text)] if text else []
        elif text:
            stored.text = text
            changed.append(stored)
        else:
            emptied.append(stored.pk)
    Answer.objects.bulk_create(added)
    Answer.objects.bulk_update(changed, ["text"])
    if emptied:
        Answer.objects.filter(pk__in=emptied).delete()
    row.answers_revision, row.saved_at = seen + 1, now
    row.save(update_fields=["answers_revision", "saved_at"])
    return row


def _wish_faults(round: Round, wishes: Sequence[WishWords], stored: set[int]) -> list[Reason]:
    keys = [wish.destination for wish in wishes]
    added = [key for key in keys if key not in stored]
    if len(set(keys)) < len(keys):
        return [_wrong("Deze bestemming staat er al.", "This destination is there already.")]
    if added and len(keys) > round.wishes_max:
        most = round.wishes_max
        return [_wrong(f"Je kunt hoogstens {most} wensen opgeven.", f"You can give at most {most} wishes.")]
    if added and round.destinations.filter(pk__in=added, is_withdrawn=False).count() < len(added):
        return [_wrong("Deze bestemming is niet in deze ronde.", "This destination is not in this round.")]
    return []


def _too_long(length: int) -> Reason:
    text = Text(
        f"Deze tekst telt {length} tekens, en er passen er {LONGEST_TEXT} in: hij is niet bewaard. Kort hem in.",
        f"This text has {length} characters, and {LONGEST_TEXT} fit: it is not saved. Shorten it.",
    )
    return Reason("application.too-long", text, field="questions")


def _wrong(nl: str, en: str) -> Reason:
    return Reason("application.wishes", Text(nl, en), field="wishes")
