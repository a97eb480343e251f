"""Our node, and a partner's beside it over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.fakes.ewp_partner import FakePartner, serving
from tests.fakes.local_tls import LocalTls, local_tls

from goliard.apps.agreements.queries.mapping import network_version
from goliard.apps.agreements.queries.network import versions_in_network
from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.iias.agreement import Iia
from goliard.ewp_node.mapping.iias import iia_of


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> LocalTls:
    return local_tls(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def fake(node: Node, tls: LocalTls, settings) -> Iterator[FakePartner]:
    settings.GOLIARD_EWP_CA = str(tls.authority)
    settings.GOLIARD_EWP_PRIVATE = True
    with serving(FakePartner(node.partner, trusts={node.client_key.key_id: bytes(node.client_key.public_der)}), tls) as partner:
        trust(partner, node)
        yield partner


def trust(partner: FakePartner, node: Node) -> None:
    """Let our catalogue say what the partner serves."""
    body = partner.catalogue(node.stranger, node.statistics)
    keep_catalogue(body=body, source="test", etag="", institutions=3, actor=TEST, now=timezone.now())


def their_iia(node: Node, iia_id: str, *, ours: str = "", places: int = 2, terminated: bool = False) -> Iia:
    """The partner's copy of what the small agreement says: the same conditions, itself first."""
    version = network_version(node.agreement)
    assert version is not None
    written = versions_in_network().get(pk=version.pk)
    mine = iia_of(written, ours or "unknown")
    home, partner = mine.partners
    return replace(
        mine,
        partners=(replace(partner, iia_id=iia_id, iia_code=iia_id.upper().replace("B", "B-")), replace(home, iia_id=ours)),
        conditions=tuple(replace(each, mobilities_per_year=places) for each in mine.conditions),
        terminated_as_a_whole=terminated,
    )
