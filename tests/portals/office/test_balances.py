"""The office's balance screen: who is out of balance, what to offer, and why; the same as a file."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university
from tests.portals.public.reading import words

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.agreements.models import Agreement, ExchangeCount
from goliard.apps.agreements.queries.balance import academic_year_on
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db


def test_the_screen_the_file_and_the_agreement_say_the_same(settings, client: Client) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=timezone.now())
    client.force_login(user)
    university = a_small_university()
    agreement = an_agreement(university, state="in-effect", places=3)
    this_year = academic_year_on(timezone.localdate())
    agreement.versions.get().conditions.update(first_year=str(this_year), last_year=str(this_year.shifted(2)))
    Agreement.objects.update(tolerance=2)
    ExchangeCount.objects.create(
        organisation=university.partner, academic_year=str(this_year), direction="outgoing", kind="student-studies", people=2
    )
    advice = "Offer 0 of the 3 outgoing places: with more the difference exceeds 2."
    page = client.get("/en/office/balance/").content.decode()
    assert advice in words(page)
    assert "offer fewer places" in page.lower()
    assert "<svg" in page
    assert "No partner here." in words(client.get("/en/office/balance/?meaning=send-more").content.decode())
    assert advice in client.get("/en/office/balance.csv").content.decode()
    assert advice in words(client.get(f"/en/office/agreements/{agreement.pk}/").content.decode())
    assert "Bied 0 van de 3 uitgaande plaatsen aan" in words(client.get("/nl/office/balance/?meaning=all").content.decode())
