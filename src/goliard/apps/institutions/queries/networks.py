"""Networks, alliances and consortia as the public sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from goliard.apps.institutions.models import JointProgramme, Network, NetworkMembership
from goliard.apps.institutions.models.dated import holding


@dataclass(frozen=True, slots=True)
class Joined:
    """A network with the home institution's memberships in it: the one that holds today, or the last that ended."""

    network: Network
    membership: NetworkMembership | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network with its members; `current` is empty for those whose end has passed."""

    network: Network
    current: tuple[NetworkMembership, ...]
    ended: tuple[NetworkMembership, ...]
    joint_programmes: tuple[JointProgramme, ...]


def public_networks(*, today: date) -> list[Joined]:
    """Return the networks that the public sees, in the editor's order, each with the home institution's membership."""
    ours = NetworkMembership.objects.filter(organisation__is_home=True).order_by("valid_from", "pk")
    networks = _public().prefetch_related("aims", "purposes", "joint_programmes", Prefetch("memberships", ours, to_attr="ours"))
    return [_joined(network, network.ours, today) for network in networks]


def public_network_keys() -> list[str]:
    """Return the keys of the networks that the public sees."""
    return list(_public().values_list("key", flat=True))


def current_networks(*, today: date) -> QuerySet[Network, Any]:
    """Return the public networks of which the home institution is a member today, in the editor's order."""
    ours = NetworkMembership.objects.filter(holding(today), organisation__is_home=True).values("network")
    return _public().filter(pk__in=ours)


def network_page(key: str, *, today: date, hidden: bool = False) -> NetworkPage | None:
    """Return a network with its members by name, or None where the public sees none; `hidden` shows it to the office."""
    members = NetworkMembership.objects.filter(organisation__is_public=True).select_related("organisation__country")
    networks = (Network.objects.all() if hidden else _public()).select_related("owner")
    networks = networks.prefetch_related("aims", "purposes", "joint_programmes", Prefetch("memberships", members))
    network = networks.filter(key=key).first()
    if network is None:
        return None
    rows = list(network.memberships.all())
    current = tuple(row for row in rows if row.holds_on(today))
    return NetworkPage(network, current, tuple(row for row in rows if not row.holds_on(today)), tuple(network.joint_programmes.all()))


def shared_networks(organisation_id: int, *, today: date) -> QuerySet[Network, Any]:
    """Return the public networks of which both the organisation and the home institution are members today."""
    both = [
        NetworkMembership.objects.filter(holding(today), organisation_id=organisation_id).values("network"),
        NetworkMembership.objects.filter(holding(today), organisation__is_home=True).values("network"),
    ]
    return _public().filter(pk__in=both[0]).filter(pk__in=both[1]).order_by("position", "name_en")


def _public() -> QuerySet[Network, Any]:
    return Network.objects.filter(is_public=True).order_by("position", "name_en")


def _joined(network: Network, ours: list[NetworkMembership], today: date) -> Joined:
    current = next((row for row in ours if row.holds_on(today)), None)
    return Joined(network, current or (ours[-1] if ours else None), is_current=current is not None)
