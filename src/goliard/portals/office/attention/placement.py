"""What placements ask: runs that wait for somebody, offers without an answer, places that came free, nominations that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.nominations.queries.lists import lists_of
from goliard.apps.placement.choices import OfferState, RunKind, RunState
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.policies import may_read_placement, visible_rounds
from goliard.apps.rounds.models import Round
from goliard.portals.office.attention.lines import SHOWN, Line, Section
from goliard.rules.access.actor import Actor


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield what waits in the rounds whose placement the actor may see."""
    if not may_read_placement(actor):
        return
    rounds = visible_rounds(actor, Round.objects.all())
    yield _runs(rounds)
    yield _overdue(rounds)
    yield _nominations(rounds, today)


def _runs(rounds: QuerySet[Round]) -> Section:
    ready = PlacementRun.objects.filter(round__in=rounds, state__in=[RunState.READY, RunState.ADOPTED, RunState.FAILED])
    rows = ready.exclude(kind=RunKind.TRIAL).exclude(round__state="ended").select_related("round").defer("input_text", "told")
    shown = rows.order_by("-asked_at")
    lines = tuple(
        Line(
            gettext("%(round)s, run %(n)d") % {"round": told(run.round), "n": run.number},
            reverse("office:placement-run", args=[run.pk]),
            str(run.get_state_display()),
        )
        for run in shown[:SHOWN]
    )
    return Section(_("Placement runs that wait for publication"), rows.count(), lines, reverse("office:placement"))


def _overdue(rounds: QuerySet[Round]) -> Section:
    late = Offer.objects.filter(application__round__in=rounds, state=OfferState.OPEN, answer_by__lt=timezone.now())
    counted = late.order_by().values_list("application__round").annotate(Count("pk"))
    numbers = dict(counted)
    by_round = Round.objects.in_bulk(list(numbers))
    lines = tuple(
        Line(
            told(by_round[pk]),
            f"{reverse('office:placement-offers', args=[pk])}?state=overdue",
            ngettext("%(n)d offer", "%(n)d offers", number) % {"n": number},
        )
        for pk, number in list(numbers.items())[:SHOWN]
    )
    return Section(_("Offers past their moment, without an answer"), sum(numbers.values()), lines, reverse("office:placement"))


def _nominations(rounds: QuerySet[Round], today: date) -> Section:
    due = [each for each in lists_of(rounds) if each.to_do or each.refused]
    lines = tuple(
        Line(
            told(each.destination.organisation),
            reverse("office:nomination-list", args=[each.destination.pk]),
            _why(each.to_do, each.destination.nominate_by, each.is_late(today)),
        )
        for each in due[:SHOWN]
    )
    return Section(_("Nominations that are due"), len(due), lines, reverse("office:nominations"))


def _why(number: int, until: date | None, late: bool) -> str:  # noqa: FBT001 -- read beside the day
    if not number:
        return gettext("refused by the partner")
    people = ngettext("%(n)d person", "%(n)d people", number) % {"n": number}
    if until is None:
        return people
    day = date_format(until, "DATE_FORMAT")
    return gettext("%(people)s, late: %(day)s") % {"people": people, "day": day} if late else f"{people}, {day}"
