"""The blocks of the page about international collaboration: networks, Erasmus Mundus, exchange partners, alliances, in this order."""

from __future__ import annotations

from collections.abc import Sequence

from goliard.apps.institutions.choices import NetworkKind, NetworkPurpose
from goliard.apps.institutions.queries.networks import Joined

_NETWORKS = (NetworkKind.NETWORK, NetworkKind.ASSOCIATION)


def blocks_of(joined: Sequence[Joined]) -> dict[str, list[Joined]]:
    """Return the networks by block, each in the editor's order; those that we have left stand in `former`, wherever they belonged."""
    current = [one for one in joined if one.is_current]
    return {
        "networks": [one for one in current if one.network.kind in _NETWORKS],
        "consortia": [one for one in current if one.network.kind == NetworkKind.ERASMUS_MUNDUS],
        "alliances": [one for one in current if one.network.kind == NetworkKind.ALLIANCE],
        "others": [one for one in current if one.network.kind not in {*_NETWORKS, NetworkKind.ERASMUS_MUNDUS, NetworkKind.ALLIANCE}],
        "former": [one for one in joined if one.membership is not None and not one.is_current],
    }


def purposes_of(joined: Sequence[Joined]) -> list[tuple[str, str]]:
    """Return the purposes that at least one network serves, to filter by."""
    present = {tag.purpose for one in joined for tag in one.network.purposes.all()}
    return [(value, str(label)) for value, label in NetworkPurpose.choices if value in present]
