"""How it goes with each partner's node: what went in and out last, what failed, whose clock is wrong; for all of them or for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from goliard.apps.network.choices import Direction, NotificationState
from goliard.apps.network.models import Exchange, NotificationDelivery, Peer, ReceivedNotification

#: A clock that is this many seconds off is worth a word; signatures fail at five minutes.
SKEWED = 60
#: Milliseconds: nobody at a screen waits longer, and partners give up at a minute.
SLOW = 10_000
ERRORS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class PeerHealth:
    """One partner at a glance."""

    peer: Peer
    asked_us_at: datetime | None
    answered_us_at: datetime | None
    failed_at: datetime | None
    skew: int | None
    milliseconds: int | None
    waiting: int
    given_up: int
    to_pull: int

    @property
    def is_skewed(self) -> bool:
        """Whether its clock is off by more than a minute."""
        return self.skew is not None and abs(self.skew) >= SKEWED

    @property
    def is_slow(self) -> bool:
        """Whether its last answer took ten seconds or more."""
        return self.milliseconds is not None and self.milliseconds >= SLOW

    @property
    def seconds(self) -> int:
        """How long its last answer took, in whole seconds."""
        return round((self.milliseconds or 0) / 1000)

    @property
    def is_failing(self) -> bool:
        """Whether the last thing that we asked failed."""
        return self.failed_at is not None and (self.answered_us_at is None or self.failed_at > self.answered_us_at)


@dataclass(frozen=True, slots=True)
class ApiHealth:
    """One API of a partner: what the catalogue says, and the last of everything. `api` is an entry of `Peer.apis`."""

    api: dict[str, Any]
    notified_us_at: datetime | None
    notified_at: datetime | None
    pulled_at: datetime | None
    answered_at: datetime | None
    error: Exchange | None


@dataclass(frozen=True, slots=True)
class PeerDetails:
    """One partner in full: its APIs, its last errors, and the answers that broke their schema."""

    health: PeerHealth
    apis: tuple[ApiHealth, ...]
    errors: tuple[Exchange, ...]
    faulty: tuple[Exchange, ...]
    refused: tuple[Exchange, ...] = field(default=())


def all_healths() -> list[PeerHealth]:
    """Return every partner's health, in a number of queries that does not grow with theirs."""
    return _healths(list(Peer.objects.all()))


def health_of(peer: Peer) -> PeerDetails:
    """Return one partner's health in full."""
    exchanges = Exchange.objects.filter(hei_id=peer.hei_id)
    sent = exchanges.filter(direction=Direction.SENT)
    failed = sent.exclude(message="")
    return PeerDetails(
        health=_healths([peer])[0],
        apis=tuple(_api(api, peer.hei_id) for api in peer.apis),
        errors=tuple(failed[:ERRORS_SHOWN]),
        faulty=tuple(sent.exclude(faults=[])[:ERRORS_SHOWN]),
        refused=tuple(exchanges.filter(direction=Direction.RECEIVED, status__gte=400)[:ERRORS_SHOWN]),
    )


def _healths(peers: list[Peer]) -> list[PeerHealth]:
    ids = [peer.hei_id for peer in peers]
    exchanges = Exchange.objects.filter(hei_id__in=ids).order_by()
    sent = Q(direction=Direction.SENT)
    moments: dict[str, dict[str, Any]] = {
        row["hei_id"]: dict(row)
        for row in exchanges.values("hei_id").annotate(
            asked=Max("at", filter=Q(direction=Direction.RECEIVED)),
            answered=Max("at", filter=sent & Q(message="")),
            failed=Max("at", filter=sent & ~Q(message="")),
            clock=Max("pk", filter=sent & Q(skew__isnull=False)),
        )
    }
    skews = Exchange.objects.in_bulk([row["clock"] for row in moments.values() if row["clock"]])
    out: dict[str, dict[str, Any]] = {
        row["hei_id"]: dict(row)
        for row in NotificationDelivery.objects.filter(hei_id__in=ids)
        .order_by()
        .values("hei_id")
        .annotate(
            waiting=Count("pk", filter=Q(state=NotificationState.WAITING)), failed=Count("pk", filter=Q(state=NotificationState.FAILED))
        )
    }
    to_pull = dict(
        ReceivedNotification.objects.filter(hei_id__in=ids, pulled_at=None).order_by().values_list("hei_id").annotate(Count("pk"))
    )
    return [_health(peer, moments.get(peer.hei_id, {}), skews, out.get(peer.hei_id, {}), to_pull.get(peer.hei_id, 0)) for peer in peers]


def _health(peer: Peer, moments: dict[str, Any], skews: dict[int, Exchange], out: dict[str, Any], to_pull: int) -> PeerHealth:
    clock = skews.get(moments.get("clock") or 0)
    return PeerHealth(
        peer=peer,
        asked_us_at=moments.get("asked"),
        answered_us_at=moments.get("answered"),
        failed_at=moments.get("failed"),
        skew=None if clock is None else clock.skew,
        milliseconds=None if clock is None else clock.milliseconds,
        waiting=out.get("waiting", 0),
        given_up=out.get("failed", 0),
        to_pull=to_pull,
    )


def _api(api: dict[str, Any], hei_id: str) -> ApiHealth:
    name = api["name"]
    sent = Exchange.objects.filter(Q(endpoint=name) | Q(endpoint__startswith=f"{name}/"), hei_id=hei_id, direction=Direction.SENT)
    received = ReceivedNotification.objects.filter(hei_id=hei_id, api=name)
    told = NotificationDelivery.objects.filter(hei_id=hei_id, api=name, state=NotificationState.SENT)
    return ApiHealth(
        api=api,
        notified_us_at=received.aggregate(last=Max("received_at"))["last"],
        notified_at=told.aggregate(last=Max("ended_at"))["last"],
        pulled_at=received.filter(last_error="").aggregate(last=Max("pulled_at"))["last"],
        answered_at=sent.filter(message="").aggregate(last=Max("at"))["last"],
        error=sent.exclude(message="").first(),
    )
