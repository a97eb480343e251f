"""Testing another node from outside: what is as it should be, and a line for everything that is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone
from tests.ewp_node.conftest import Node
from tests.fakes.ewp_partner import HTML, FakePartner

from goliard.apps.network.choices import KeyUse
from goliard.cli import main
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_node.client.checking import check_node
from goliard.ewp_node.identity import key_for


def faults(fake: FakePartner, key: SigningKey | None = None) -> dict[str, str]:
    return {each.tried: each.fault for each in check_node(f"{fake.base}/manifest.xml", key=key, now=timezone.now()) if each.fault}


def test_what_is_wrong_has_a_line(node: Node, fake: FakePartner) -> None:
    found = faults(fake, key_for(KeyUse.CLIENT, timezone.now()))
    assert found["discovery names this address"] == "it names none"
    assert found["what belongs to iias"] == "institutions, factsheet is missing"
    assert found["echo: a request without signature"] == "answers 401 without WWW-Authenticate"
    assert found["echo: PUT"] == "answers 501 instead of 405"
    assert not any("signed request" in tried for tried in found)  # it knows us
    assert fake.told == []  # nobody was notified of anything


def test_a_node_that_does_not_know_us_may_refuse_us(node: Node, fake: FakePartner) -> None:
    fake.trusts.clear()
    tried = [str(each) for each in check_node(f"{fake.base}/manifest.xml", key=key_for(KeyUse.CLIENT, timezone.now()), now=timezone.now())]
    assert any(each.startswith("ok     echo: a signed request (refused: ") for each in tried)


@pytest.mark.parametrize(
    ("mischief", "value", "tried", "told"),
    [
        ("body", HTML, "GET", "expected"),
        ("hangs_up", True, "GET", "127.0.0.1"),
        ("signs", False, "echo: a signed request", "not signed as declared"),
        ("skew", timedelta(minutes=20), "echo: a signed request", "five minutes"),
    ],
)
def test_a_node_that_misbehaves_is_told_of(node: Node, fake: FakePartner, mischief: str, value: object, tried: str, told: str) -> None:
    setattr(fake.mischief, mischief, value)
    found = faults(fake, key_for(KeyUse.CLIENT, timezone.now()))
    assert [each for each in found if each.startswith(tried) and told in found[each]]


def test_the_command_ends_with_one_where_something_is_wrong(node: Node, fake: FakePartner) -> None:
    result = CliRunner().invoke(main, ["ewp", "check", f"{fake.base}/manifest.xml"])
    assert result.exit_code == 1
    assert "wrong  echo: PUT: answers 501 instead of 405" in result.output
    assert "ok     client key" in result.output
