"""The register of deliveries: what was sent to whom, what waits, what nobody knows."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.messaging.choices import DeliveryState
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.policies import may_decide_letters, may_read_letters
from goliard.apps.messaging.services.sending import move_delivery
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.delivery import DELIVERY


class DeliveryFilter(SearchFilter):
    """Narrow by words and state."""

    search_in = ("address", "subject", "letter")
    state = any_of(_("State"), DeliveryState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state")


def _rows(_actor: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.all()


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


DELIVERIES = Register(
    name="deliveries",
    model=Delivery,
    title=_("Letters sent"),
    one=_("letter"),
    rows=_rows,
    columns=(
        Column("address", _("To"), "address", lambda row: row.address),
        Column("subject", _("Subject of the letter"), "subject", lambda row: row.subject),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("queued", _("Queued"), "queued_at", lambda row: row.queued_at),
        Column("ended", _("Ended"), "ended_at", lambda row: row.ended_at),
        Column("attempts", _("Attempts"), "attempts", lambda row: row.attempts, numeric=True),
    ),
    default_sort="-queued",
    form=None,
    may_read=may_read_letters,
    may_add=_nobody,
    may_edit=may_decide_letters,
    may_remove=_nobody,
    filters=DeliveryFilter,
    lifecycle=DELIVERY,
    move=move_delivery,
)
