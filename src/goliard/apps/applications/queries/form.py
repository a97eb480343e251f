"""The form of a round, filled in: the questions that are asked of this application, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.eligibility import Verdict
from goliard.apps.rounds.models import DocumentRequirement, FormQuestion, RoundDestination
from goliard.rules.applications.completeness import AnswerFacts, ApplicationFacts, DocumentFacts, WishFacts
from goliard.rules.values.texts import Reason, Text

GONE = Reason("application.gone", Text("deze bestemming is vervallen.", "this destination is withdrawn."))


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


def asked_questions(application: Application) -> list[AskedQuestion]:
    """Return what the round asks of this application, in order; what is asked for the first wishes follows the wishes as they stand."""
    answers = {(row.question_id, row.destination_id): row.text for row in application.answers.all()}
    wishes = [row.destination for row in application.preferences.select_related("destination__organisation", "destination__unit")]
    asked = []
    for question in application.round.questions.order_by("position", "pk"):
        for destination in wishes[: question.first_wishes] if question.first_wishes else [None]:
            key = (question.pk, destination.pk if destination else None)
            asked.append(AskedQuestion(question, destination, answers.get(key, "")))
    return asked


def document_state(application: Application) -> list[tuple[DocumentRequirement, object]]:
    """Return every document that the round asks for, with the file that is there (None: none yet)."""
    there = {row.requirement_id: row.file for row in application.documents.select_related("file")}
    return [(row, there.get(row.pk)) for row in application.round.documents.order_by("position", "pk")]


def facts_of_application(application: Application, verdicts: Sequence[Verdict]) -> ApplicationFacts:
    """Gather what the rules need to know before this is handed in."""
    known = {verdict.destination.pk: verdict.refusals for verdict in verdicts}
    wishes = application.preferences.select_related("destination__organisation", "destination__unit").order_by("rank")
    return ApplicationFacts(
        wishes_min=application.round.wishes_min,
        wishes_max=application.round.wishes_max,
        wishes=[WishFacts(row.rank, _name(row.destination), known.get(row.destination_id, (GONE,))) for row in wishes],
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
    )


def _name(destination: RoundDestination) -> Text:
    return Text(destination.name("nl"), destination.name("en"))
