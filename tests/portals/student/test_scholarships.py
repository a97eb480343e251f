"""A student asks for a scholarship and sees where it stands; the office decides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import exchange
from tests.factories.calls import a_writer
from tests.factories.grants import a_scheme, a_student

from goliard.apps.accounts.models import User
from goliard.apps.grants.models import Scholarship
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def test_from_a_look_to_a_letter(client: Client) -> None:
    scheme, user = a_scheme(introduction_en="For stays outside Europe."), a_writer("student-one@example.org", Role.STUDENT)
    User.objects.filter(pk=user.pk).update(person=a_student())
    client.force_login(User.objects.get(pk=user.pk))
    assert "For stays outside Europe." in client.get("/en/student/scholarships/").content.decode()
    start = timezone.localdate() + dt.timedelta(days=60)
    words = {"cycle": "second", "purpose": "study", "country": exchange.make_country("ET").pk, "host": "Addis University",
             "starts_on": start.isoformat(), "ends_on": (start + dt.timedelta(days=120)).isoformat(),
             "approved_by_board": "on"}  # fmt: skip
    address = f"/en/student/scholarships/ask/{scheme.key}/"
    assert "The stay counts for credit" in client.post(address, words | {"look": "1"}).content.decode()
    assert client.post(address, words | {"send": "1"}).status_code == 200
    assert Scholarship.objects.count() == 0
    words |= {"for_credit": "on"}
    assert "€450.00" in client.post(address, words | {"look": "1"}).content.decode()
    assert client.post(address, words | {"send": "1"}).status_code == 302
    row = Scholarship.objects.get()
    officer = Client()
    officer.force_login(a_writer("officer@example.org", Role.OFFICER))
    assert "€450.00" in officer.get(f"/en/office/scholarships/{row.pk}/").content.decode()
    decision = {"outcome": "award", "approved_by_board": "on", "for_credit": "on", "travel_allowed": "on"}
    assert officer.post(f"/en/office/scholarships/{row.pk}/decide/", decision).status_code == 302
    assert "Toegekend" in client.get(f"/nl/student/scholarships/{row.public_id}/").content.decode().replace("toegekend", "Toegekend")
    stranger = Client()
    stranger.force_login(a_writer("stranger@example.org", Role.STUDENT))
    assert stranger.get(f"/en/student/scholarships/{row.public_id}/").status_code == 403
