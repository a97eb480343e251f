"""Our node, and a partner's beside it over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.fakes.ewp_partner import FakePartner, serving
from tests.fakes.local_tls import LocalTls, local_tls

from goliard.apps.network.services.catalogues import keep_catalogue


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
