"""The office notes that mail comes back, sees it in the list, and believes the address again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.university import a_small_university
from tests.portals.public.reading import words

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import Role, system


@pytest.mark.django_db
def test_noted_shown_and_believed_again(settings, client: Client) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=timezone.now())
    client.force_login(user)
    university = a_small_university()
    contact = Contact.objects.create(organisation=university.partner, mailbox_name="Office", role="agreements", email="gone@example.org")
    page, list_ = f"/en/office/contacts/{contact.pk}/", "/en/office/contacts/?mail=bounced"
    assert client.get(list_).context["listing"].total == 0
    noted = client.post(f"{page}bounce/", {"reason": "<script>alert(1)</script>"}, follow=True).content.decode()
    assert "reminders go to the partner’s next contact" in words(noted)
    assert "<script>alert" not in noted
    assert "gone@example.org (comes back)" in words(client.get(list_).content.decode())
    client.post(f"{page}bounce/", {"works": "1"})
    assert client.get(list_).context["listing"].total == 0
    again = words(client.post(f"{page}bounce/", {"works": "1"}, follow=True).content.decode())
    assert "Nothing is noted." in again
