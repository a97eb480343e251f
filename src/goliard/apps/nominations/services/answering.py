"""What a partner says of a nomination on its page, and what the office notes that it said elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.nominations.models import Nomination, NominationLink
from goliard.apps.nominations.services.links import actor_of
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.nomination import NOMINATION
from goliard.rules.values.texts import Reason, Text

LONGEST = 500


@transaction.atomic
def answer_as_partner(*, link: NominationLink, nomination: Nomination, action: str, remark: str, now: datetime) -> Nomination:
    """Confirm or refuse one nomination on the list of the link. Raises Refused for one of another list, TransitionRefused."""
    if nomination.destination_id != link.destination_id:
        raise Refused([Reason("other-list", Text("Deze nominatie staat niet op uw lijst.", "This nomination is not on your list."))])
    return answer_nomination(
        nomination=nomination, action=action, remark=remark, answered_by=link.contact.name, actor=actor_of(link), now=now
    )


@transaction.atomic
def answer_nomination(*, nomination: Nomination, action: str, remark: str, answered_by: str, actor: Actor, now: datetime) -> Nomination:
    """Confirm or refuse; a refusal says why. Raises Refused, TransitionRefused."""
    locked = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if action not in {"confirm", "refuse"}:
        raise Refused([Reason("action", Text("Bevestig of weiger.", "Confirm or refuse."))])
    if action == "refuse" and not remark.strip():
        raise Refused([Reason("refuse-why", Text("Geef de reden van de weigering.", "Give the reason for refusing."), field="remark")])
    locked.state = NOMINATION.next_state(state=locked.state, action=action, actor=actor)
    locked.answered_at, locked.answered_by, locked.remark = now, answered_by[:200], remark.strip()[:LONGEST]
    locked.save(update_fields=["state", "answered_at", "answered_by", "remark"])
    record(actor=actor, verb=f"{action}-nomination", subject=locked, now=now, details={"remark": locked.remark, "by": locked.answered_by})
    return locked
