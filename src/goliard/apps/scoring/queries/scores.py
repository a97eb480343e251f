"""The totals of a round: per application and destination, with the line of every criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.declarations import recognised_in
from goliard.apps.applications.queries.submitted import Submitted, submitted_in
from goliard.apps.rounds.choices import CriterionSource
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeScore, ScoreCorrection
from goliard.rules.rounds.scoring import Measure, Rounding, Scored, mean, score
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.texts import Text

ScoreKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class ScoredApplication:
    """An application that counts, and its score at each destination it names (by public id, in the order of its wishes)."""

    submitted: Submitted
    at: Mapping[str, Scored]

    @property
    def is_complete(self) -> bool:
        """Whether there is a total for every wish."""
        return all(each.total is not None for each in self.at.values())

    @property
    def differs(self) -> bool:
        """Whether the totals differ from destination to destination."""
        return len({each.total for each in self.at.values()}) > 1


def scores_of(round: Round) -> dict[ScoreKey, Decimal]:
    """Return what placement reads: the total of every application (its number) at every destination it names (public id).

    What has no total yet is not there; `scored_in` says what is missing. Each total has the decimals that the round fixed.
    """
    return {
        (each.submitted.application, destination): scored.total
        for each in scored_in(round)
        for destination, scored in each.at.items()
        if scored.total is not None
    }


def scored_in(round: Round) -> list[ScoredApplication]:
    """Return every application that counts with its scores and their lines, by number; the number of queries does not grow."""
    criteria = list(round.criteria.select_related("destination"))
    general = [row for row in criteria if row.destination is None]
    own: dict[str, list[Criterion]] = defaultdict(list)
    for row in criteria:
        if row.destination is not None:
            own[str(row.destination.public_id)].append(row)
    facts = _Facts(round)
    rounding = Rounding(round.total_decimals, round.rounding)
    found = []
    for submitted in submitted_in(round):
        general_score = _score(general, submitted, facts, rounding)
        at = {
            wish.destination: _score(own[wish.destination], submitted, facts, rounding) if wish.destination in own else general_score
            for wish in submitted.wishes
        }
        found.append(ScoredApplication(submitted, at))
    return found


def scored_application(application: Application) -> ScoredApplication | None:
    """Return one application that counts with its scores; None for one that does not count."""
    return next((each for each in scored_in(application.round) if each.submitted.application == application.pk), None)


def measure_of(row: Criterion) -> Measure:
    """Return a criterion as the rules of scoring read it; what tells of special-category data is private."""
    is_private = row.source == CriterionSource.FEWER_OPPORTUNITIES
    return Measure(str(row.pk), Text(row.name_nl, row.name_en), row.weight, row.least, row.most, is_private)


class _Facts:
    """What members, the office and declarations say of the applications of a round, read once."""

    def __init__(self, round: Round) -> None:
        self.given: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
        scores = CommitteeScore.objects.filter(sheet__application__round=round, sheet__state=SheetState.SUBMITTED)
        for application, criterion, hundredths in scores.values_list("sheet__application_id", "criterion_id", "hundredths"):
            self.given[application, criterion].append(Decimal(hundredths).scaleb(-2))
        self.corrected: dict[tuple[int, int], int | None] = {}
        corrections = ScoreCorrection.objects.filter(application__round=round).order_by("made_at", "pk")
        for application, criterion, thousandths in corrections.values_list("application_id", "criterion_id", "thousandths"):
            self.corrected[application, criterion] = thousandths
        self.recognised = recognised_in(round.pk)

    def value(self, row: Criterion, submitted: Submitted) -> Fraction | None:
        """The value of a criterion: the office's correction, else what its source says; None is not known."""
        corrected = self.corrected.get((submitted.application, row.pk))
        if corrected is not None:
            return Fraction(corrected, 1000)
        match row.source:
            case CriterionSource.AVERAGE:
                average = submitted.average
                if average is None and submitted.cycle is EqfLevel.MASTER:  # a master student without marks: the bachelor's average
                    average = submitted.bachelor_average
                return _fraction(average)
            case CriterionSource.CREDITS:
                return _fraction(submitted.credits)
            case CriterionSource.FEWER_OPPORTUNITIES:
                return Fraction(row.most if submitted.application in self.recognised else row.least)
        return mean(self.given[submitted.application, row.pk])


def _score(rows: Iterable[Criterion], submitted: Submitted, facts: _Facts, rounding: Rounding) -> Scored:
    rows = list(rows)
    values = {str(row.pk): facts.value(row, submitted) for row in rows}
    return score([measure_of(row) for row in rows], values, rounding)


def _fraction(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)
