"""The register of notifications to partners: what was told to whom, what waits, what was given up, and to tell it again."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.network.choices import NotificationState
from goliard.apps.network.models import NotificationDelivery
from goliard.apps.network.policies import may_decide_notifications, may_read_network
from goliard.apps.network.services.deliveries import move_notification
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.notification import NOTIFICATION_TO_PARTNER


class NotificationFilter(SearchFilter):
    """Narrow by words and state."""

    search_in = ("hei_id", "subject", "api", "last_error")
    state = any_of(_("State"), NotificationState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state")


def _rows(_actor: Actor) -> QuerySet[NotificationDelivery]:
    return NotificationDelivery.objects.all()


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


NOTIFICATIONS = Register(
    name="network-notifications",
    model=NotificationDelivery,
    title=_("Notifications to partners"),
    one=_("notification"),
    rows=_rows,
    columns=(
        Column("partner", _("To"), "hei_id", lambda row: row.hei_id),
        Column("about", _("About"), "api", lambda row: row.api),
        Column("subject", _("Id"), "subject", lambda row: row.subject),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("queued", _("Queued"), "queued_at", lambda row: row.queued_at),
        Column("ended", _("Ended"), "ended_at", lambda row: row.ended_at),
        Column("attempts", _("Attempts"), "attempts", lambda row: row.attempts, numeric=True),
        Column("error", _("Last error"), "", lambda row: row.last_error),
    ),
    default_sort="-queued",
    form=None,
    may_read=may_read_network,
    may_add=_nobody,
    may_edit=may_decide_notifications,
    may_remove=_nobody,
    filters=NotificationFilter,
    lifecycle=NOTIFICATION_TO_PARTNER,
    move=move_notification,
)
