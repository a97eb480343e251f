"""Two nodes, a third university and a registry over HTTPS, started once for all stories."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.ewp_node.two_nodes.offices import ROOT, Two, office
from tests.migrated import kept_file

from goliard.cli.network.authority import ADDRESS, local_tls
from goliard.cli.network.playing import MANIFEST, prepare, registry_and_third
from goliard.cli.network.processes import free_ports, wait_until_served
from goliard.cli.network.registry import PATH
from goliard.cli.network.universities import UNIVERSITIES, environment


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Two]:
    if os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql":
        pytest.skip("each node has its own SQLite; the services are asked on PostgreSQL by other tests")
    folder = tmp_path_factory.mktemp("two")
    tls = local_tls(folder / "tls", datetime.now(UTC))
    ports = free_ports(4, 9501 + 20 * _process())
    registry_url = f"https://{ADDRESS}:{ports[0]}{PATH}"
    places = {each.key: port for each, port in zip(UNIVERSITIES, ports[2:], strict=True)}
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("GOLIARD_", "DJANGO_"))}
    environments = {
        each.key: {**bare, **_own(environment(each, folder, places[each.key], registry_url, tls)), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        for each in UNIVERSITIES
    }
    if (tables := kept_file()) is not None:
        (folder / "prepared").mkdir()
        shutil.copyfile(tables, folder / "prepared" / "goliard.sqlite3")
    prepare(folder, environments)
    nodes = [office(environments[key], port, tls.certificate, tls.key, folder / f"{key}.log") for key, port in places.items()]
    manifests = [*(f"https://{ADDRESS}:{port}{MANIFEST}" for port in places.values()), f"https://{ADDRESS}:{ports[1]}/manifest.xml"]
    with nodes[0] as first, nodes[1] as second, registry_and_third(manifests, (ports[0], ports[1]), tls, folder) as third:
        for each in (first, second):
            each.clock(hours=0)  # fails at once where a node could not start
        for manifest in manifests:
            wait_until_served(manifest, tls)
        yield Two(first, second, third)


def _process() -> int:
    """The number of this process among those of a parallel run, which must not reach for the same ports."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def _own(environ: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name.startswith(("GOLIARD_", "DJANGO_"))}


@pytest.fixture(autouse=True)
def fair_weather(two: Two) -> None:
    """Every story begins with nothing on its way."""
    for each in (two.first, two.second):
        each.weather()
    two.third.faults = frozenset()
    two.settle()
