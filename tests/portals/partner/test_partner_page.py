"""The partner's page: what the link opens, what the partner may say, and what is refused."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.copies import hash_of, read_canonical
from goliard.apps.agreements.models import Agreement, CooperationCondition, PartnerLink, PartnerProposal
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.partner_links import make_partner_link, revoke_partner_link
from goliard.apps.agreements.services.partner_words import take_over_proposal
from goliard.apps.agreements.services.signing import keep_signatures
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
OFFICE = system("test")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _fresh_counter():
    cache.clear()


@pytest.fixture
def agreement() -> Agreement:
    agreement = an_agreement(a_small_university())
    return move_agreement(row=agreement, action="propose", actor=OFFICE, now=timezone.now())


def enter(agreement: Agreement, **given: Any) -> str:
    """Return the address of the partner's page behind a new link."""
    partner = agreement.parties.get(organisation__is_home=False).organisation
    contact = Contact.objects.create(organisation=partner, mailbox_name="International office", role="agreements")
    made = make_partner_link(agreement=agreement, contact=contact, actor=OFFICE, now=given.pop("now", timezone.now()), **given)
    return f"/en/partner/{made.secret}/"


def numbers(agreement: Agreement, **changes: str) -> dict[str, str]:
    filled = {}
    for row in CooperationCondition.objects.filter(version__agreement=agreement):
        filled |= {f"mobilities-{row.pk}": str(row.mobilities_per_year), f"amount-{row.pk}": row.amount}
    return filled | changes


def test_a_renewal_is_changed_twice_and_approved(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    first = CooperationCondition.objects.filter(version__agreement=agreement).first()
    for places in ("3", "4"):
        said = client.post(f"{address}propose/", numbers(agreement, **{f"mobilities-{first.pk}": places}))
        assert said.status_code == 302
        take_over_proposal(proposal=PartnerProposal.objects.latest("pk"), actor=OFFICE, now=timezone.now())
        agreement.refresh_from_db()
        move_agreement(row=agreement, action="propose", actor=OFFICE, now=timezone.now())
    page = client.get(address)
    form = page.context["approval_form"]
    given = {"seen_hash": form["seen_hash"].value(), "name": "Head of International Relations", "function": "Head", "sure": "on"}
    assert client.post(f"{address}approve/", given).status_code == 302
    agreement.refresh_from_db()
    version = agreement.versions.get()
    approval = PartnerProposal.objects.get(kind="approval")
    assert (agreement.state, version.state) == ("agreed", "agreed")
    assert approval.content == version.content
    assert approval.content_hash == version.content_hash == hash_of(approval.content)
    assert {each.mobilities for each in read_canonical(approval.content).conditions} == {2, 4}
    pdf = client.get(f"{address}agreement.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("partner-proposal") == 2
    assert verbs[-1] == "partner-approval"
    assert JournalEntry.objects.get(verb="partner-approval").actor.startswith("partner-link:")


def test_a_text_that_changed_meanwhile_is_not_approved(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    seen = client.get(address).context["approval_form"]["seen_hash"].value()
    CooperationCondition.objects.filter(version__agreement=agreement).update(mobilities_per_year=50)
    response = client.post(f"{address}approve/", {"seen_hash": seen, "name": "Head", "function": "Head", "sure": "on"})
    assert response.status_code == 422
    assert "The text changed since you opened the page" in response.content.decode()
    assert Agreement.objects.get().state == "proposed"
    assert JournalEntry.objects.latest("pk").verb == "refuse-partner-word"


def test_an_approval_cannot_be_replayed(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    given = {"seen_hash": client.get(address).context["approval_form"]["seen_hash"].value(), "name": "A", "function": "B", "sure": "on"}
    assert client.post(f"{address}approve/", given).status_code == 302
    assert client.post(f"{address}approve/", given).status_code == 422
    assert PartnerProposal.objects.filter(kind="approval").count() == 1


@pytest.mark.parametrize("missing", ["name", "function", "sure"])
def test_an_approval_names_who_and_is_meant(client: Client, agreement: Agreement, missing: str) -> None:
    address = enter(agreement)
    given = {"seen_hash": client.get(address).context["approval_form"]["seen_hash"].value(), "name": "A", "function": "B", "sure": "on"}
    del given[missing]
    assert client.post(f"{address}approve/", given).status_code == 422
    assert PartnerProposal.objects.count() == 0


def test_script_in_every_field_stays_text(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    client.post(f"{address}comment/", {"text": SCRIPT})
    first = CooperationCondition.objects.filter(version__agreement=agreement).first()
    client.post(f"{address}propose/", numbers(agreement, **{f"mobilities-{first.pk}": "9", "text": SCRIPT}))
    seen = client.get(address).context["approval_form"]["seen_hash"].value()
    client.post(f"{address}approve/", {"seen_hash": seen, "name": SCRIPT, "function": SCRIPT, "sure": "on"})
    page = client.get(address).content.decode()
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;") == 4
    assert client.get(f"{address}agreement.pdf").status_code == 200


@pytest.mark.parametrize("with_csrf", [False, True])
def test_a_book_as_comment_is_refused(agreement: Agreement, with_csrf: bool) -> None:
    address = enter(agreement)
    client = Client(enforce_csrf_checks=with_csrf)
    data = {"csrfmiddlewaretoken": str(client.get(address).context["csrf_token"])}
    assert client.post(f"{address}comment/", {**data, "text": "x" * 4001}).status_code == 422
    assert client.post(f"{address}comment/", {**data, "text": "x" * 5_000_000}).status_code == 413
    assert client.post(f"{address}comment/", {**data, "text": "x" * 5_300_000}).status_code == 413
    assert PartnerProposal.objects.count() == 0
    refused = JournalEntry.objects.filter(verb="refuse-partner-word", actor=f"partner-link:{PartnerLink.objects.get().pk}")
    assert list(refused.order_by("pk").values_list("reason", flat=True)) == ["form-text", "too-large", "too-large"]


def test_a_forged_request_is_refused(agreement: Agreement) -> None:
    address = enter(agreement)
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{address}comment/", {"text": "forged"}).status_code == 403
    assert PartnerProposal.objects.count() == 0
    token = str(client.get(address).context["csrf_token"])
    assert client.post(f"{address}comment/", {"text": "meant", "csrfmiddlewaretoken": token}).status_code == 302


def test_a_link_opens_its_own_agreement_only(client: Client, agreement: Agreement) -> None:
    other = move_agreement(row=an_agreement_beside(agreement), action="propose", actor=OFFICE, now=timezone.now())
    Agreement.objects.filter(pk=other.pk).update(title="The other agreement")
    address = enter(agreement)
    form = client.get(enter(other)).context["approval_form"]
    assert "The other agreement" not in client.get(address).content.decode()
    given = {"seen_hash": form["seen_hash"].value(), "name": "Head", "function": "Head", "sure": "on"}
    CooperationCondition.objects.filter(version__agreement=agreement).update(mobilities_per_year=9)
    assert client.post(f"{address}approve/", given).status_code == 422, "the other one's text was seen, not this one's"
    assert set(Agreement.objects.values_list("state", flat=True)) == {"proposed"}
    assert JournalEntry.objects.latest("pk").verb == "refuse-partner-word"


def test_the_signed_document_is_there_for_the_partner_too(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    assert client.get(f"{address}signed.pdf").status_code == 404
    given = {"signatures": {}, "name": "scan.pdf", "actor": OFFICE, "now": timezone.now(), "today": timezone.localdate()}
    keep_signatures(version=agreement.versions.get(), stream=io.BytesIO(b"%PDF-1.7\n"), **given)
    assert "Signed document" in client.get(address).content.decode()
    assert client.get(f"{address}signed.pdf").content == b"%PDF-1.7\n"
    assert JournalEntry.objects.latest("pk").verb == "take-signed-document"
    assert JournalEntry.objects.latest("pk").actor.startswith("partner-link:")


def test_numbers_that_are_none_are_refused(client: Client, agreement: Agreement) -> None:
    address = enter(agreement)
    first = CooperationCondition.objects.filter(version__agreement=agreement).first()
    for wrong in ("-1", "NaN", "1e9", "", "99999999999"):
        assert client.post(f"{address}propose/", numbers(agreement, **{f"mobilities-{first.pk}": wrong})).status_code == 422
    assert client.post(f"{address}propose/", numbers(agreement)).status_code == 422  # nothing was changed
    assert PartnerProposal.objects.count() == 0


def test_another_agreements_conditions_cannot_be_named(client: Client, agreement: Agreement) -> None:
    other = an_agreement_beside(agreement)
    address = enter(agreement)
    foreign = CooperationCondition.objects.filter(version__agreement=other).first()
    client.post(f"{address}propose/", numbers(agreement, **{f"mobilities-{foreign.pk}": "99"}))
    foreign.refresh_from_db()
    assert foreign.mobilities_per_year == 2
    assert not PartnerProposal.objects.filter(version__agreement=other).exists()


def an_agreement_beside(agreement: Agreement) -> Agreement:
    home, partner = (party.organisation for party in agreement.parties.order_by("position"))
    return an_agreement(SimpleNamespace(home=home, partner=partner), key="beside")  # type: ignore[arg-type]


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown"])
def test_a_link_that_does_not_hold_opens_nothing_and_is_recorded(client: Client, agreement: Agreement, how: str) -> None:
    past = timezone.now() - timedelta(days=61)
    address = enter(agreement, now=past) if how == "expired" else enter(agreement)
    if how == "revoked":
        revoke_partner_link(link=PartnerLink.objects.get(), actor=OFFICE, now=timezone.now())
    if how == "unknown":
        address = "/en/partner/" + "x" * 43 + "/"
    for method, path in (("get", ""), ("get", "agreement.pdf"), ("post", "comment/"), ("post", "approve/"), ("post", "propose/")):
        response = getattr(client, method)(address + path, {"text": "hello"})
        assert response.status_code == 404
        assert agreement.title not in response.content.decode()
    entry = JournalEntry.objects.latest("pk")
    assert (entry.verb, entry.reason) == ("refuse-partner-link", how)
    assert PartnerProposal.objects.count() == 0


def test_guessing_is_made_slow(client: Client, agreement: Agreement) -> None:
    statuses = [client.get(f"/en/partner/guess-{number}/").status_code for number in range(35)]
    assert statuses == [404] * 30 + [429] * 5
    assert JournalEntry.objects.filter(verb="refuse-partner-link").count() == 30


def test_a_new_link_replaces_the_old_one_and_only_its_hash_is_kept(client: Client, agreement: Agreement) -> None:
    old = enter(agreement)
    contact = Contact.objects.get()
    made = make_partner_link(agreement=agreement, contact=contact, actor=OFFICE, now=timezone.now())
    assert client.get(old).status_code == 404
    assert client.get(f"/nl/partner/{made.secret}/").status_code == 200
    assert not re.search(re.escape(made.secret), str(list(PartnerLink.objects.values())))


def test_a_contact_of_somebody_else_gets_no_link(agreement: Agreement) -> None:
    home = agreement.parties.get(organisation__is_home=True).organisation
    contact = Contact.objects.create(organisation=home, mailbox_name="Own office", role="agreements")
    with pytest.raises(Refused, match="belongs to no partner"):
        make_partner_link(agreement=agreement, contact=contact, actor=OFFICE, now=timezone.now())


def test_a_draft_is_never_shown(client: Client) -> None:
    agreement = an_agreement(a_small_university())
    page = client.get(enter(agreement))
    assert page.status_code == 200
    assert "There is nothing to read yet" in page.content.decode()
    assert "Modern history" not in page.content.decode()


def test_the_page_is_kept_from_caches_and_search(client: Client, agreement: Agreement) -> None:
    response = client.get(enter(agreement))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"  # the secret in the address is not told to other sites
    assert response["X-Robots-Tag"] == "noindex, nofollow"
