"""The screen of the network: what is missing first, and who we are once nothing is."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client
from tests.factories.university import a_small_university

from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.network.models import SigningKey
from goliard.apps.network.services.catalogues import keep_catalogue, note_failure
from goliard.apps.network.services.notifications import receive_notification
from goliard.rules.access.actor import system

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PATH = "/en/office/network/"


def test_what_is_missing_stands_on_top(officer: Client) -> None:
    a_small_university()
    page = officer.get(PATH).content.decode()
    for sentence in ("SCHAC code", "GOLIARD_EWP_URL", "GOLIARD_EWP_ADMIN", "goliard ewp keys create", "goliard ewp catalogue"):
        assert sentence in page


def test_identity_keys_catalogue_and_notifications(officer: Client, settings) -> None:
    settings.GOLIARD_EWP_URL, settings.GOLIARD_EWP_ADMIN = "https://exchange.home.example.org", "network@home.example.org"
    home = a_small_university().home
    OrganisationIdentifier.objects.create(organisation=home, scheme="hei-id", value="home.example.org")
    for use in ("client", "server"):
        SigningKey.objects.create(use=use, key_id=use * 10, public_der=b"", encrypted_private="hidden", created_at=NOW, signs_from=NOW)
    keep_catalogue(body=b"x", source="file", etag="", institutions=4812, actor=system("test"), now=NOW)
    note_failure(failure="the registry answers 503", now=NOW)
    receive_notification(api="iia-cnr", hei_id="partner.example.org", subject="abc-1", now=NOW)
    page = officer.get(PATH).content.decode()
    for word in (
        "home.example.org",
        "https://exchange.home.example.org/ewp/manifest.xml",
        "server" * 10,
        "4812",
        "503",
        "abc-1",
        "signs now",
    ):
        assert word in page
    assert "Before partners can reach us" not in page
    assert "hidden" not in page
