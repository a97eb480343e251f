"""Keep the text of a draft version: its conditions with their subjects and languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.models import AgreementVersion, CooperationCondition, LanguageSkill, PlaceSplit, SubjectArea
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class ConditionTexts:
    """What stands beside a condition's own fields: its subjects, its languages, and how its places are shared among home units."""

    subjects: frozenset[Subject]
    languages: frozenset[Language]
    shares: tuple[tuple[OrganizationalUnit, int], ...] | None = None  # None: as they are


@transaction.atomic
def keep_version(
    *,
    row: AgreementVersion,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
    texts: dict[int, ConditionTexts] | None = None,
) -> AgreementVersion:
    """Save a draft version with its changed conditions.

    `texts` gives the subjects and languages of a condition by its place among `parts`; a condition without an entry keeps what it has.
    Raises Refused for a version that was proposed or agreed: its text stands.
    """
    if row.pk and AgreementVersion.objects.select_for_update().get(pk=row.pk).state != VersionState.DRAFT:
        raise Refused([Reason("not-a-draft", Text("Alleen een concept kan worden gewijzigd.", "Only a draft can be changed."))])
    kept = keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    for place, part in enumerate(parts):
        if isinstance(part, CooperationCondition) and texts and place in texts:
            write_texts(part, texts[place])
    number_conditions(kept)
    return kept


def number_conditions(version: AgreementVersion) -> None:
    """Give the conditions of a version the positions 1, 2, 3 … in the order in which they stand, by which files name them."""
    rows = list(version.conditions.order_by("position", "pk"))
    placed = sorted(rows, key=lambda row: (row.position == 0, row.position, row.pk))  # new ones, which have no position, come last
    for position, row in enumerate(placed, start=1):
        row.position = position
    CooperationCondition.objects.bulk_update(rows, ["position"])


def write_texts(condition: CooperationCondition, texts: ConditionTexts) -> None:
    """Replace the subjects, languages and (where given) shares of a condition. Raises Refused when shares promise more than there is."""
    if texts.shares is not None:
        _write_shares(condition, texts.shares)
    condition.subjects.all().delete()
    condition.languages.all().delete()
    SubjectArea.objects.bulk_create(
        SubjectArea(condition=condition, isced_f=each.isced_f, clarification=each.clarification[:200]) for each in sorted(texts.subjects)
    )
    LanguageSkill.objects.bulk_create(
        LanguageSkill(condition=condition, language=each.language, level=each.level, isced_f=each.isced_f)
        for each in sorted(texts.languages)
    )


def _write_shares(condition: CooperationCondition, shares: tuple[tuple[OrganizationalUnit, int], ...]) -> None:
    promised = sum(places for _unit, places in shares)
    if promised > condition.mobilities_per_year:
        raise Refused(
            [
                Reason(
                    "shares",
                    Text(
                        f"De eenheden krijgen samen {promised} plaatsen, meer dan de {condition.mobilities_per_year} die er zijn.",
                        f"The units get {promised} places together, more than the {condition.mobilities_per_year} that there are.",
                    ),
                    field="shares",
                )
            ]
        )
    condition.splits.all().delete()
    PlaceSplit.objects.bulk_create(PlaceSplit(condition=condition, unit=unit, places=places) for unit, places in shares)
