"""How it goes with partners' nodes: what they can do, what failed with request and answer, and the ticket that says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.network import a_notification, a_peer, an_agreement_in_network
from tests.factories.university import a_small_university

from goliard.apps.agreements.models import OwnIia
from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.network.choices import Direction
from goliard.apps.network.models import Peer
from goliard.apps.network.services.exchanges import log_exchange, note_faults

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEI = "partner.example.org"


@pytest.fixture
def peer() -> Peer:
    university = a_small_university()
    OrganisationIdentifier.objects.create(organisation=university.partner, scheme="hei-id", value=HEI)
    OrganisationIdentifier.objects.create(organisation=university.home, scheme="hei-id", value="home.example.org")
    an_agreement_in_network(university)
    OwnIia.objects.update(changed_at=timezone.now())
    a_notification()
    peer = a_peer()
    url = "GET https://partner.example.org/get"
    good = log_exchange(
        direction=Direction.SENT,
        endpoint="iias/get",
        status=200,
        milliseconds=3,
        now=NOW - timedelta(hours=1),
        hei_id=HEI,
        url=url,
        skew=190,
    )
    note_faults(log=good, faults=["line 7: /iias-get-response/iia/in-effect: is missing"])
    log_exchange(
        direction=Direction.SENT, endpoint="iias/get", status=500, milliseconds=9, now=NOW, hei_id=HEI, url=url,
        parameters={"iia_id": ["b1"]}, message="500 without an error-response of the network",
        answer=b"<html>write to admin@partner.example.org</html>",
    )  # fmt: skip
    return peer


def page(client: Client, peer: Peer) -> str:
    return client.get(reverse("office:network-partner", args=[peer.pk])).content.decode()


def test_a_partner_that_fails_comes_with_the_evidence(officer: Client, peer: Peer) -> None:
    listed = officer.get(reverse("office:network-partners")).content.decode()
    for words in ("fails", "clock 190 s", "2026-11-20 13:00"):
        assert words in listed
    shown = page(officer, peer)
    for words in ("7.0.0", "signed requests", "signed answers", "iia_id=b1", "500 without", "write to …@…", "line 7: /iias-get-response"):
        assert words in shown
    assert "admin@partner" not in shown


def test_the_ticket_says_what_is_wrong(officer: Client, peer: Peer) -> None:
    shown = page(officer, peer)
    ticket = shown[shown.index("Dear colleagues") : shown.index("Kind regards")]
    for words in (
        "We exchange agreements with partner.example.org",
        "Your clock is 190 seconds ahead of ours.",
        "1. iias/get, 2026-11-20 12:00:00 UTC",
        "Request: GET https://partner.example.org/get",
        "Asked: iia_id=b1",
        "Answer: 500 after 9 ms",
        "line 7: /iias-get-response/iia/in-effect: is missing",
    ):
        assert words in ticket
    assert "your iia-id" not in ticket
    OwnIia.objects.update(changed_at=datetime(2026, 9, 1, 12, tzinfo=UTC))
    assert "your iia-id (none yet), since 2026-09-01: The partner makes its copy" in page(officer, peer)


def test_a_partner_whose_answers_are_slow(officer: Client, peer: Peer) -> None:
    log_exchange(direction=Direction.SENT, endpoint="echo", status=200, milliseconds=30_400, now=NOW, hei_id=HEI, skew=0)
    assert "30 s an answer" in officer.get(reverse("office:network-partners")).content.decode()
    shown = page(officer, peer)
    assert "the last answer took 30 seconds" in shown
    assert "* Your last answer took 30 seconds. Requests are given up after a minute." in shown
    log_exchange(direction=Direction.SENT, endpoint="echo", status=200, milliseconds=9_999, now=NOW, hei_id=HEI, skew=0)
    assert "* Your last answer took" not in page(officer, peer)


def test_the_index_is_looked_through_again(officer: Client, peer: Peer) -> None:
    Peer.objects.update(indexed_at=NOW, indexed_whole_at=NOW, index_due_at=timezone.now() + timedelta(days=1))
    officer.post(reverse("office:network-partner-look", args=[peer.pk]))
    peer.refresh_from_db()
    assert peer.indexed_whole_at is None
    assert peer.index_due_at is not None
    assert peer.index_due_at <= timezone.now()


def test_a_partner_with_whom_all_is_well(officer: Client) -> None:
    a_small_university()
    peer = a_peer("fine.example.org")
    log_exchange(direction=Direction.SENT, endpoint="echo", status=200, milliseconds=3, now=NOW, hei_id="fine.example.org", skew=0)
    assert "works" in officer.get(reverse("office:network-partners")).content.decode()
    assert "in step with ours" in page(officer, peer)
    assert "There is nothing to write about" in page(officer, peer)
    assert "Dear colleagues" not in page(officer, peer)
