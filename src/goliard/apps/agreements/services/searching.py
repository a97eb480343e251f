"""The key by which lists search agreements."""

from __future__ import annotations

from collections.abc import Iterable

from goliard.apps.agreements.models import Agreement, AgreementParty
from goliard.apps.institutions.services.names import search_key


def key_agreement(*, agreement: Agreement, parties: Iterable[AgreementParty]) -> None:
    """Set `search_key` of the agreement from its title, key and parties; nothing is saved."""
    names = [text for party in parties for text in (party.organisation.search_key, party.iia_code, party.iia_id)]
    agreement.search_key = search_key([agreement.title, agreement.key, *names])
