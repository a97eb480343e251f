"""The network's screens: who must act, two copies side by side, and what one does with them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.agreements import an_agreement
from tests.factories.network import a_notification, a_partner_iia, an_agreement_in_network
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.models import Agreement, IiaApproval
from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.network.models import NotificationDelivery, ReceivedNotification

pytestmark = pytest.mark.django_db


@pytest.fixture
def university() -> University:
    university = a_small_university()
    OrganisationIdentifier.objects.create(organisation=university.partner, scheme="hei-id", value="partner.example.org")
    return university


def act(client: Client, agreement: Agreement, **data: object) -> str:
    response = client.post(reverse("office:network-agreement-act", args=[agreement.pk]), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def page(client: Client, agreement: Agreement) -> str:
    return client.get(reverse("office:network-agreement", args=[agreement.pk])).content.decode()


def test_from_a_partners_copy_to_our_approval(officer: Client, university: University) -> None:
    agreement = an_agreement_in_network(university)
    copy = a_partner_iia(university, of=agreement)
    listed = officer.get(reverse("office:network-agreements")).content.decode()
    assert "Confirm that the partner’s copy belongs to this agreement." in listed
    assert "belong to none of our agreements" in listed
    suggested = officer.get(reverse("office:network-copy", args=[copy.pk])).content.decode()
    assert "their copy names our id" in suggested
    officer.post(reverse("office:network-copy-act", args=[copy.pk]), {"deed": "map", "agreement": agreement.pk})
    assert agreement.parties.get(organisation=university.partner).iia_id == copy.iia_id
    assert "Approve the partner’s copy" in page(officer, agreement)
    assert "The partner has changed its copy meanwhile." in act(officer, agreement, deed="approve", seen="c" * 64)
    assert "Approved." in act(officer, agreement, deed="approve", seen=copy.iia_hash)
    assert IiaApproval.objects.get().iia_hash == copy.iia_hash
    assert "The partner approves our copy." in page(officer, agreement)
    act(officer, agreement, deed="withdraw")
    assert IiaApproval.objects.get().withdrawn_at is not None


def test_differences_are_marked_and_must_be_read(officer: Client, university: University) -> None:
    agreement = an_agreement_in_network(university)
    copy = a_partner_iia(university, of=agreement, places=5)
    act(officer, agreement, deed="map", copy=copy.pk)
    shown = page(officer, agreement)
    assert shown.count('<tr class="differs">') == 2
    assert "2 differences" in shown
    assert "The copies differ in 2 places." in act(officer, agreement, deed="approve", seen=copy.iia_hash)
    act(officer, agreement, deed="approve", seen=copy.iia_hash, despite="yes")
    assert IiaApproval.objects.count() == 1


def test_the_partner_is_asked_again(officer: Client, university: University) -> None:
    agreement = an_agreement_in_network(university)
    copy = a_partner_iia(university, of=agreement)
    act(officer, agreement, deed="map", copy=copy.pk)
    act(officer, agreement, deed="again")
    rows = ReceivedNotification.objects.order_by("api").values_list("api", "hei_id", "subject")
    assert list(rows) == [("iia-approval-cnr", "partner.example.org", "our-partner-2026"), ("iia-cnr", "partner.example.org", "their-1")]


def test_a_copy_becomes_an_agreement(officer: Client, university: University) -> None:
    copy = a_partner_iia(university)
    response = officer.post(reverse("office:network-copy-act", args=[copy.pk]), {"deed": "adopt"}, follow=True)
    made = Agreement.objects.latest("pk")
    assert response.redirect_chain == [(reverse("office:network-agreement", args=[made.pk]), 302)]
    assert made.versions.get().conditions.count() == 2


def test_the_list_is_narrowed(officer: Client, university: University) -> None:
    an_agreement_in_network(university)
    address = reverse("office:network-agreements")
    for turn, is_there in (("partner", True), ("us", False), ("nobody", False), ("", True)):
        assert ("Exchange with Partner</a>" in officer.get(address, {"turn": turn}).content.decode()) is is_there
    assert "Nothing matches" in officer.get(address, {"q": "zzz"}).content.decode()
    assert "Exchange with Partner</a>" in officer.get(address, {"q": "part"}).content.decode()


def test_the_list_asks_as_much_for_one_as_for_many(officer: Client, university: University, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("office:network-agreements")
    counts = []
    for more in (1, 7):
        for number in range(more):
            agreement = an_agreement_in_network(university, key=f"a{more}-{number}")
            copy = a_partner_iia(university, f"t{more}-{number}", of=agreement)
            agreement.parties.filter(organisation=university.partner).update(iia_id=copy.iia_id)
            a_partner_iia(university, f"u{more}-{number}", of=agreement)
        officer.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            officer.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_given_up_notification_is_sent_again(officer: Client, university: University) -> None:
    row = a_notification()
    NotificationDelivery.objects.update(state="failed", last_error="503: maintenance")
    shown = officer.get(reverse("office:network-notifications-row", args=[row.pk])).content.decode()
    assert "503: maintenance" in shown
    officer.post(reverse("office:network-notifications-move", args=[row.pk, "repeat"]))
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_an_agreement_that_nobody_published_says_so(officer: Client, university: University) -> None:
    agreement = an_agreement(university)
    Agreement.objects.update(kind="iia-programme")
    assert "Propose our text to the partner" in page(officer, agreement)


def test_the_desk_says_what_waits_for_us(officer: Client, university: University) -> None:
    agreement = an_agreement_in_network(university)
    copy = a_partner_iia(university, of=agreement)
    a_notification()
    NotificationDelivery.objects.update(state="failed", last_error="503: maintenance")
    desk = officer.get(reverse("office:dashboard")).content.decode()
    for words in (
        "Agreements in the network where we act",
        "Confirm that the partner’s copy belongs to this agreement.",
        reverse("office:network-copy", args=[copy.pk]),
        "503: maintenance",
    ):
        assert words in desk


def test_whoever_ends_an_agreement_that_the_partner_has_is_warned(officer: Client, university: University) -> None:
    agreement = an_agreement_in_network(university)
    copy = a_partner_iia(university, of=agreement)
    act(officer, agreement, deed="map", copy=copy.pk)
    Agreement.objects.update(state="in-effect")
    agreement.versions.update(state="agreed")
    own = officer.get(reverse("office:agreements-row", args=[agreement.pk])).content.decode()
    assert "to end it for both, propose to terminate it as a whole" in own
    ended = officer.post(reverse("office:agreements-move", args=[agreement.pk, "end"]), follow=True).content.decode()
    assert "The partner’s copy in the network still stands." in ended
    assert "Ended here, without a termination that both approved" in page(officer, agreement)


def test_whoever_ends_an_agreement_that_is_ours_alone_is_not_warned(officer: Client, university: University) -> None:
    agreement = an_agreement(university, state="in-effect")
    ended = officer.post(reverse("office:agreements-move", args=[agreement.pk, "end"]), follow=True).content.decode()
    assert "The partner’s copy" not in ended
