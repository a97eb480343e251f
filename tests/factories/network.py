"""Agreements in the network: ours published, a partner's copy beside it, and what is still to be told."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.agreements import an_agreement
from tests.factories.university import University

from goliard.apps.agreements.copies import canonical, copy_of
from goliard.apps.agreements.models import Agreement, IiaPublication, OwnIia, PartnerIia
from goliard.apps.network.models import NotificationDelivery, Peer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def an_agreement_in_network(university: University, key: str = "partner-2026") -> Agreement:
    """An agreement under the charter that the partner can read, without a node having written it."""
    agreement = an_agreement(university, state="proposed", key=key)
    agreement.kind = "iia-programme"
    agreement.save()
    agreement.parties.filter(organisation__is_home=True).update(iia_id=f"our-{key}")
    publication = IiaPublication.objects.create(
        agreement=agreement, version=agreement.versions.get(), iia_id=f"our-{key}", xml="<iia/>", iia_hash="a" * 64,
        hashed_text="_iia-id_1=_", published_at=NOW,
    )  # fmt: skip
    OwnIia.objects.create(
        agreement=agreement, partner=university.partner, partner_hei_id="partner.example.org", iia_id=f"our-{key}", publication=publication,
        is_readable=True, is_current=True, changed_at=NOW, checked_at=NOW,
    )  # fmt: skip
    return agreement


def a_partner_iia(university: University, iia_id: str = "their-1", *, of: Agreement | None = None, places: int = 2) -> PartnerIia:
    """A partner's copy that says what the agreement (the same as ever, where none is given) says."""
    agreement = of or Agreement.objects.filter(kind="iia-programme").first() or an_agreement(university, key="model")
    ours = agreement.parties.get(organisation__is_home=True).iia_id
    content = canonical(copy_of(agreement.versions.order_by("number").last())).replace('"mobilities":2', f'"mobilities":{places}')  # type: ignore[arg-type]
    return PartnerIia.objects.create(
        organisation=university.partner, iia_id=iia_id, our_iia_id=ours if of else "", xml="<iia/>", iia_hash="b" * 64,
        hashed_text="_iia-id_1=_", is_as_declared=True, content=content, iia_code="P-2026", pulled_at=NOW, changed_at=NOW,
    )  # fmt: skip


def a_notification(subject: str = "our-1") -> NotificationDelivery:
    """Something that a partner is still to be told."""
    return NotificationDelivery.objects.create(api="iia-cnr", hei_id="partner.example.org", subject=subject, queued_at=NOW, due_at=NOW)


def a_peer(hei_id: str = "partner.example.org") -> Peer:
    """A partner's node as the catalogue describes it."""
    api = {
        "name": "iias", "version": "7.0.0", "urls": {"get-url": "https://partner.example.org/get"}, "limits": {"max-iia-ids": "2"},
        "takes_signatures": True, "signs_answers": True, "is_spoken": True,
    }  # fmt: skip
    return Peer.objects.create(hei_id=hei_id, is_in_catalogue=True, apis=[api], admin_provider="Fake", checked_at=NOW)
