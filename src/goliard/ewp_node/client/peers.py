"""Our partners as the catalogue describes them, for screens that read no catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.network.models import CatalogueCopy, Peer
from goliard.apps.network.services.peers import PeerEntry, keep_peers
from goliard.ewp_codec.catalogue import Catalogue, ServedApi
from goliard.ewp_node.client.capabilities import SPOKEN, signs_answers, takes_signatures
from goliard.ewp_node.trust import catalogue


def refresh_peers(now: datetime) -> int:
    """Compare the institutions that we know with the catalogue; return how many of them changed in it."""
    trusted = catalogue()
    return keep_peers(entries={hei_id: _entry(trusted, hei_id) for hei_id in known_partners()}, now=now)


def known_partners() -> set[str]:
    """Return the hei ids of the institutions that we know."""
    rows = OrganisationIdentifier.objects.filter(scheme=IdentifierScheme.HEI_ID, organisation__is_home=False)
    return set(rows.values_list("value", flat=True))


def are_stale(copy: CatalogueCopy) -> bool:
    """Whether a partner came or went, or the catalogue changed, since the two were compared."""
    compared = dict(Peer.objects.values_list("hei_id", "checked_at"))
    return compared.keys() != known_partners() or any(moment < copy.fetched_at for moment in compared.values())


def _entry(trusted: Catalogue, hei_id: str) -> PeerEntry:
    present = trusted.renamed(hei_id)
    if trusted.hei(present) is None:
        return PeerEntry(is_in_catalogue=False)
    served = [entry for name in SPOKEN for entry in trusted.apis(present, name)]
    hosts = list({id(entry.host): entry.host for entry in served}.values())
    return PeerEntry(
        apis=[_api(entry) for entry in served],
        provider=", ".join(dict.fromkeys(host.admin_provider for host in hosts if host.admin_provider)),
        emails=tuple(dict.fromkeys(email for host in hosts for email in host.admin_emails)),
    )


def _api(entry: ServedApi) -> dict[str, Any]:
    settings = dict(entry.api.settings)
    return {
        "name": entry.api.name,
        "version": entry.api.version,
        "urls": {name: value for name, value in settings.items() if name.endswith("url")},
        "limits": {name: value for name, value in settings.items() if name.startswith("max-")},
        "takes_signatures": takes_signatures(entry),
        "signs_answers": signs_answers(entry),
        "is_spoken": entry.api.major in SPOKEN[entry.api.name],
    }
