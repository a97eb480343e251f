"""Agreements that end, that ended unnoticed, and partners who wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ProposalKind
from goliard.apps.agreements.models import Agreement, PartnerProposal
from goliard.apps.agreements.policies import may_read_agreements, visible_as_own
from goliard.apps.agreements.queries.desk import narrowed
from goliard.portals.office.attention.lines import SHOWN, Line, Section, lines_of
from goliard.rules.access.actor import Actor


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield words of partners without an answer, and the agreements that need a decision on their end."""
    if not may_read_agreements(actor):
        return
    own = visible_as_own(actor, Agreement.objects.all())
    yield _words(own)
    for title, wish in ((_("Agreements past their end, still in effect"), "ended"), (_("Agreements that end within six months"), "ends-6")):
        rows = narrowed(own, wish, today).order_by("ends_on", "pk")
        address = f"{reverse('office:agreements')}?desk={wish}"
        yield Section(title, rows.count(), lines_of(rows[:SHOWN], lambda row: _until(row.ends_on)), address)


def _words(own: QuerySet[Agreement, Any]) -> Section:
    waiting = PartnerProposal.objects.filter(
        answered_at__isnull=True, kind__in=(ProposalKind.COMMENT, ProposalKind.PROPOSAL), version__agreement__in=own
    ).select_related("version__agreement")
    lines = tuple(
        Line(
            word.version.agreement.title,
            reverse("office:agreement-partner", args=[word.version.agreement_id]),
            f"{word.get_kind_display()}, {date_format(word.said_at, 'DATE_FORMAT')}",
        )
        for word in waiting[:SHOWN]
    )
    return Section(_("Partners who wait for an answer"), waiting.count(), lines, reverse("office:agreements"))


def _until(day: date | None) -> str:
    return gettext("until %(day)s") % {"day": date_format(day)} if day else ""
