"""Documents in the network: ours are generated and served by their hash, those of partners fetched when somebody asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from tests.ewp_node.client.conftest import their_iia
from tests.ewp_node.conftest import Node
from tests.ewp_node.partners import send
from tests.fakes.ewp_partner import FakePartner

from goliard.apps.agreements.models import IiaPublication, PartnerIia
from goliard.apps.network.models import ReceivedNotification
from goliard.apps.network.services.notifications import ask_again
from goliard.ewp_node.client.working import publish, pull_due, write_documents

HEI = "partner.example.org"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_generated_document_is_named_by_our_copy_and_served(node: Node, fake: FakePartner) -> None:
    before = IiaPublication.objects.get()
    assert (write_documents(timezone.now()), write_documents(timezone.now())) == (1, 0)
    publish(timezone.now())
    after = IiaPublication.objects.first()
    assert after is not None
    version = node.agreement.versions.get()
    assert version.generated is not None
    assert f"<pdf-file>{version.generated.sha256}</pdf-file>" in after.xml
    assert after.iia_hash == before.iia_hash  # the document is not part of what is approved
    asked = [("file_id", version.generated.sha256)]
    answer = send(node.partner.request("GET", "file", asked, now=timezone.now()))
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert send(node.stranger.request("GET", "file", asked, now=timezone.now())).status_code == 400


def test_what_was_agreed_later_gets_a_document_that_says_so(node: Node) -> None:
    write_documents(timezone.now())
    node.agreement.versions.update(agreed_at=timezone.now())
    assert write_documents(timezone.now()) == 1


@pytest.mark.parametrize(("content", "is_kept"), [(PDF, True), (b"<html>no</html>", False)])
def test_a_partners_document_is_fetched_when_asked_for(node: Node, fake: FakePartner, content: bytes, is_kept: bool) -> None:
    fake.copies["b1"] = replace(their_iia(node, "b1"), pdf_file="doc-1")
    fake.files["doc-1"] = content
    for api, subject in (("iia-cnr", "b1"), ("file", "doc-1")):
        ask_again(api=api, hei_id=HEI, subject=subject, now=timezone.now())
        pull_due(timezone.now)
    copy = PartnerIia.objects.get()
    assert (copy.pdf_file, copy.document is not None) == ("doc-1", is_kept)
    assert ReceivedNotification.objects.filter(api="file", pulled_at=None).exists() is not is_kept
