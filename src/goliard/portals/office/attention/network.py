"""Agreements in the network that wait for us, copies of partners that belong to nothing yet, and partners who could not be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.queries.mapping import unmapped_copies
from goliard.apps.agreements.queries.standing import agreements_in_network, besides
from goliard.apps.network.choices import NotificationState
from goliard.apps.network.models import NotificationDelivery
from goliard.portals.office.attention.lines import SHOWN, Line, Section, answers_for_all
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.turn import Who


def sections(actor: Actor, _today: date) -> Iterator[Section]:
    """Yield what the office has to do in the network; the node does the rest by itself."""
    if not answers_for_all(actor):
        return
    language = get_language() or "en"
    ours = [row for row in besides(agreements_in_network(), compared=False) if row.turn.who is Who.US]
    ours.sort(key=lambda row: (row.since is None, row.since and row.since.timestamp(), row.agreement.pk))
    lines = [
        Line(row.agreement.title, reverse("office:network-agreement", args=[row.agreement.pk]), row.turn.do.in_language(language))
        for row in ours[:SHOWN]
    ]
    everything = reverse("office:network-agreements")
    yield Section(_("Agreements in the network where we act"), len(ours), tuple(lines), f"{everything}?turn=us")
    copies = unmapped_copies()
    named = [
        Line(each.organisation.name(language), reverse("office:network-copy", args=[each.pk]), each.iia_code) for each in copies[:SHOWN]
    ]
    yield Section(_("Copies that belong to none of our agreements yet"), copies.count(), tuple(named), everything)
    failed = NotificationDelivery.objects.filter(state=NotificationState.FAILED)
    told = [Line(row.hei_id, reverse("office:network-notifications-row", args=[row.pk]), row.last_error) for row in failed[:SHOWN]]
    address = f"{reverse('office:network-notifications')}?state={NotificationState.FAILED}"
    yield Section(_("Partners who could not be notified"), failed.count(), tuple(told), address)
