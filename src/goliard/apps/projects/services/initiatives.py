"""Keep joint programmes in the making, and move them on: each step asks for what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.apps.journal.services import record
from goliard.apps.projects.models import JointProgrammeInitiative
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.initiative import INITIATIVE
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_initiative(
    *,
    row: JointProgrammeInitiative,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> JointProgrammeInitiative:
    """Save the initiative. Raises Refused for a unit that is not ours, or, for a faculty officer, not of their faculty; else as `keep`."""
    if not row.unit.organisation.is_home:
        text = Text(
            f"{row.unit.name_nl} is geen eenheid van de eigen instelling.", f"{row.unit.name_en} is not a unit of the home institution."
        )
        raise Refused([Reason("home-unit-elsewhere", text, field="unit")])
    if not actor.is_office and not actor.covers(frozenset({row.unit_id})):
        text = Text("De eenheid moet onder uw faculteit vallen.", "The unit must belong to your faculty.")
        raise Refused([Reason("home-unit-out-of-scope", text, field="unit")])
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def move_initiative(*, row: JointProgrammeInitiative, action: str, actor: Actor, now: datetime) -> JointProgrammeInitiative:
    """Take the next step. Raises TransitionRefused, or Refused where the step stands on something that is not there yet."""
    initiative = JointProgrammeInitiative.objects.select_for_update().get(pk=row.pk)
    before = initiative.state
    initiative.state = INITIATIVE.next_state(state=before, action=action, actor=actor)
    if initiative.state == "consortium" and not initiative.feasibility.strip():
        text = Text("Beschrijf eerst de haalbaarheid.", "Describe the feasibility first.")
        raise Refused([Reason("initiative-feasibility", text, field="feasibility")])
    if initiative.state == "application" and initiative.consortium_id is None:
        raise Refused(
            [Reason("initiative-consortium", Text("Kies eerst het consortium.", "Choose the consortium first."), field="consortium")]
        )
    initiative.save(update_fields=["state"])
    details = {"state": {"before": before, "after": initiative.state}}
    record(actor=actor, verb=f"move-to-{initiative.state}", subject=initiative, now=now, details=details)
    return initiative
