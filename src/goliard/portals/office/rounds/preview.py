"""The form of a round as applicants see it, in either language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from goliard.apps.rounds.models import FormQuestion, Round
from goliard.apps.rounds.policies import may_read_rounds
from goliard.apps.rounds.queries.asked import requirements_of_round
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_read_rounds)
def preview(request: ActorRequest, pk: int, language: str) -> HttpResponse:
    """Questions and documents with their limits, and what is asked; nothing can be sent from here."""
    if language not in {"nl", "en"}:
        raise Http404
    round_ = get_object_or_404(Round, pk=pk)
    with translation.override(language):
        context = {
            "round": round_,
            "language": language,
            "other": "en" if language == "nl" else "nl",
            "questions": [_question(row, language, round_.wishes_max) for row in round_.questions.all()],
            "documents": [(row, row.title(language), row.help(language)) for row in round_.documents.all()],
            "purposes": [purpose.label for purpose in round_.purpose_list],
            "title": round_.title(language),
            "introduction": round_.introduction(language),
            "criteria": [
                (row.name(language), row.description(language), row.weight) for row in round_.criteria.filter(destination__isnull=True)
            ],
            "asked": requirements_of_round(round_),
        }  # fmt: skip
        return render(request, "office/rounds/preview.html", context)


def _question(row: FormQuestion, language: str, most: int) -> dict[str, Any]:
    return {
        "row": row,
        "text": row.text(language),
        "help": row.help(language),
        "choices": row.choices(language),
        "wishes": range(1, min(row.first_wishes, most) + 1),
    }
