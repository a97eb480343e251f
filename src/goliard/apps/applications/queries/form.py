"""The form of a round, filled in: the questions that are asked of this application, and what is still missing.

What was written is read once: `gather` keeps it on the row, and everything here (and `told`) reads it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate

from goliard.apps.applications.models import Answer, Application, ApplicationDocument, Preference
from goliard.apps.applications.queries.approvals import missing_for_approval
from goliard.apps.applications.queries.eligibility import Verdict
from goliard.apps.applications.queries.stays import missing_in_stay
from goliard.apps.rounds.models import DocumentRequirement, FormQuestion, RoundDestination
from goliard.rules.applications.completeness import AnswerFacts, ApplicationFacts, DocumentFacts, WishFacts
from goliard.rules.values.texts import Reason, Text

PARTS = ("preferences", "answers", "documents", "round__questions", "round__documents")
GONE = Reason("application.gone", Text("deze bestemming is vervallen.", "this destination is withdrawn."))


def gather(applications: Sequence[Application], *parts: str) -> None:
    """Read parts of what was written (all of them where none is named), one query a part; what a row holds already is not read again.

    Parts: `preferences`, `answers`, `documents`, and what the round asks: `round__questions`, `round__documents`.
    """
    prefetch_related_objects(applications, *(_part(name) for name in parts or PARTS))


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its answer so far; `destination` where it is asked for a wish."""

    question: FormQuestion
    destination: RoundDestination | None
    answer: str

    @property
    def name(self) -> str:
        """The name of its field in a form."""
        return f"answer_{self.question.pk}" + (f"_{self.destination.pk}" if self.destination else "")


def asked_questions(application: Application, *, is_blank: bool = False) -> list[AskedQuestion]:
    """Return what the round asks of this application, in order; what is asked for the first wishes follows the wishes as they stand.

    `is_blank` leaves the answers out, for a form that brings its own.
    """
    gather([application], "round__questions", *(() if is_blank else ("answers",)))
    answers = {} if is_blank else {(row.question_id, row.destination_id): row.text for row in application.answers.all()}
    questions = list(application.round.questions.all())
    wishes = _wished(application) if any(question.first_wishes for question in questions) else []
    asked = []
    for question in questions:
        for destination in wishes[: question.first_wishes] if question.first_wishes else [None]:
            key = (question.pk, destination.pk if destination else None)
            asked.append(AskedQuestion(question, destination, answers.get(key, "")))
    return asked


def document_state(application: Application) -> list[tuple[DocumentRequirement, object]]:
    """Return every document that the round asks for, with the file that is there (None: none yet)."""
    gather([application], "documents", "round__documents")
    there = {row.requirement_id: row.file for row in application.documents.all()}
    return [(row, there.get(row.pk)) for row in application.round.documents.all()]


def facts_of_application(application: Application, verdicts: Sequence[Verdict], day: date | None = None) -> ApplicationFacts:
    """Gather what the rules need to know before this is handed in, on a day (today where none is given)."""
    day = day or localdate()
    gather([application])
    return replace(
        facts_of_wishes(application, verdicts),
        answers=[
            AnswerFacts(
                Text(each.question.text_nl, each.question.text_en),
                each.question.is_required,
                len(each.answer.strip()),
                each.question.longest,
                _name(each.destination) if each.destination else None,
            )
            for each in asked_questions(application)
        ],
        documents=[
            DocumentFacts(Text(row.title_nl, row.title_en), row.is_required, is_there=file is not None)
            for row, file in document_state(application)
        ],
        further=[*missing_in_stay(application, day), *missing_for_approval(application)],
    )


def facts_of_wishes(application: Application, verdicts: Sequence[Verdict]) -> ApplicationFacts:
    """Gather what the rules need to know of the wishes alone."""
    known = {verdict.destination.pk: verdict.refusals for verdict in verdicts}
    gather([application], "preferences")
    wishes = [WishFacts(row.rank, _name(row.destination), known.get(row.destination_id, (GONE,))) for row in application.preferences.all()]
    return ApplicationFacts(application.round.wishes_min, application.round.wishes_max, wishes)


def wished_destinations(application: Application) -> frozenset[int]:
    """Return the primary keys of the destinations that are wished for: of the others no verdict is needed to see what is missing."""
    gather([application], "preferences")
    return frozenset(row.destination_id for row in application.preferences.all())


def _wished(application: Application) -> list[RoundDestination]:
    gather([application], "preferences")
    return [row.destination for row in application.preferences.all()]


def _part(name: str) -> Prefetch[str]:
    """Each part as every screen, letter and hash needs it, so that one reading serves them all."""
    rows: dict[str, QuerySet[Any, Any]] = {
        "preferences": Preference.objects.select_related("destination__organisation__country", "destination__unit").order_by("rank"),
        "answers": Answer.objects.order_by("pk"),
        "documents": ApplicationDocument.objects.select_related("requirement", "file"),
        "round__questions": FormQuestion.objects.order_by("position", "pk"),
        "round__documents": DocumentRequirement.objects.order_by("position", "pk"),
    }
    return Prefetch(name, rows[name])


def _name(destination: RoundDestination) -> Text:
    return Text(destination.name("nl"), destination.name("en"))
