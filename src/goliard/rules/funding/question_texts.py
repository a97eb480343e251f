"""The questions that a call begins with; the office changes them per call.

The five questions of the expression of interest are this house's own wording (the source names five questions with criteria and
does not print them); the quality questions of the application are the sections of the KA171 form (WIKI-171APP).
"""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question with its criteria; `most_points` is its weight where answers are scored."""

    stage: str
    position: int
    text: Text
    criteria: Text
    longest: int
    most_points: int


def _interest(position: int, text: Text, criteria: Text) -> QuestionText:
    return QuestionText("interest", position, text, criteria, 2000, 10)


QUESTIONS = (
    _interest(
        1,
        Text("Waarom deze partner en dit land?", "Why this partner and this country?"),
        Text("Eerdere samenwerking, strategie van beide instellingen.", "Earlier cooperation, strategy of both institutions."),
    ),
    _interest(
        2,
        Text("Welke uitwisseling stelt u voor, en voor wie?", "Which exchange do you propose, and for whom?"),
        Text("Niveau, richting, duur; past bij de regels van de call.", "Level, direction, length; fits the rules of the call."),
    ),
    _interest(
        3,
        Text("Hoe worden deelnemers geselecteerd, begeleid en erkend?", "How are participants selected, supported and recognised?"),
        Text("Open selectie, begeleiding, erkenning vooraf geregeld.", "Open selection, support, recognition settled beforehand."),
    ),
    _interest(
        4,
        Text("Wat verandert er door het project bij beide instellingen?", "What does the project change at both institutions?"),
        Text("Resultaten voor onderwijs en onderzoek, ook na afloop.", "Results for teaching and research, also afterwards."),
    ),
    _interest(
        5,
        Text("Wie voert het uit, en wie in het bestuur staat erachter?", "Who carries it out, and who in management supports it?"),
        Text("Namen per functie, instemming van het instituut.", "Names by function, consent of the institute."),
    ),
    QuestionText(
        "application", 1,
        Text("Relevantie van de strategie", "Relevance of the strategy"),
        Text("Waarom past dit project bij de internationale strategie van beide instellingen?",
             "Why does this project fit the international strategy of both institutions?"),
        5000, 40,
    ),
    QuestionText(
        "application", 2,
        Text("Kwaliteit van de samenwerkingsafspraken", "Quality of the cooperation arrangements"),
        Text("Eerdere ervaring, taakverdeling, selectie, begeleiding en erkenning.",
             "Earlier experience, division of tasks, selection, support and recognition."),
        5000, 40,
    ),
    QuestionText(
        "application", 3,
        Text("Effect en verspreiding", "Impact and dissemination"),
        Text("Wat levert het op voor deelnemers, instellingen en samenleving, en hoe wordt dat gedeeld?",
             "What does it bring participants, institutions and society, and how is that shared?"),
        5000, 20,
    ),
)  # fmt: skip
