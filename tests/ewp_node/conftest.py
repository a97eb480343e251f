"""A node with keys and a catalogue, an agreement with one partner, and another partner that has nothing with us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from tests.ewp_node.partners import HOST, Partner, a_catalogue, a_key
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.models import Agreement, FactSheet, FactSheetInfo
from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.encryption import lock
from goliard.apps.network.models import SigningKey
from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.keys import SigningKey as Key
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_node.publishing import bring_up_to_date
from goliard.rules.access.actor import system

TEST = system("test")


@dataclass(frozen=True)
class Node:
    """Our installation as the tests see it."""

    university: University
    agreement: Agreement
    iia_id: str
    client_key: SigningKey
    server_key: SigningKey
    partner: Partner
    stranger: Partner
    statistics: Partner


@pytest.fixture(scope="session")
def partners() -> tuple[Partner, Partner, Partner]:
    return Partner("partner.example.org"), Partner("stranger.example.org"), Partner("stats.erasmuswithoutpaper.eu")


@pytest.fixture(scope="session")
def our_keys() -> tuple[Key, Key]:
    """Made once: it takes long."""
    return a_key(), a_key()


def a_stored_key(use: KeyUse, key: Key) -> SigningKey:
    now = timezone.now()
    return SigningKey.objects.create(
        use=use,
        key_id=key.key_id,
        public_der=key.public_der,
        encrypted_private=lock(key.private),
        created_at=now,
        signs_from=now,
    )


@pytest.fixture
def node(db: None, settings, partners: tuple[Partner, Partner, Partner], our_keys: tuple[Key, Key]) -> Node:
    settings.GOLIARD_EWP_URL = f"https://{HOST}"
    settings.GOLIARD_EWP_ADMIN = "network@home.example.org"
    now = timezone.now()
    university = a_small_university()
    OrganisationIdentifier.objects.create(organisation=university.home, scheme="hei-id", value="home.example.org")
    OrganisationIdentifier.objects.create(organisation=university.home, scheme="erasmus", value="NL  HOME01")
    OrganisationIdentifier.objects.create(organisation=university.partner, scheme="hei-id", value="partner.example.org")
    a_factsheet(university)
    agreement = an_agreement(university, state="in-effect")
    agreement.kind = "iia-programme"
    agreement.save()
    client_key, server_key = (a_stored_key(use, key) for use, key in zip(KeyUse, our_keys, strict=True))
    keep_catalogue(body=a_catalogue(*partners), source="test", etag="", institutions=3, actor=TEST, now=now)
    (own,) = bring_up_to_date(now)
    return Node(university, agreement, own.iia_id, client_key, server_key, *partners)


def a_factsheet(university: University) -> FactSheet:
    sheet = FactSheet.objects.create(
        organisation=university.home,
        nominations_autumn="04-15",
        nominations_spring="10-15",
        applications_autumn="05-01",
        applications_spring="11-01",
        decision_weeks=5,
        transcript_weeks=5,
        requirements_en="A portfolio for fine arts.",
    )
    for kind in ("application", "housing", "visa", "insurance", "accessibility", "courses"):
        FactSheetInfo.objects.create(
            sheet=sheet, kind=kind, email=f"{kind}@home.example.org", phone="+31 71 000 0000", website=f"https://home.example.org/{kind}"
        )
    return sheet


@pytest.fixture(scope="session")
def schemas(shared: Path) -> SchemaFolder:
    return SchemaFolder(shared / "ewp/schemas")
