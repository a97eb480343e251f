"""What a partner can do, from the catalogue: which API in which version, where, and how it wants to be asked."""

from __future__ import annotations

from goliard.ewp_codec.catalogue import Catalogue, ServedApi
from goliard.ewp_codec.http_security import CLIENT_SIGNATURE, SERVER_SIGNATURE
from goliard.ewp_node.client.failures import NotServed

#: The generations of each API that we speak, the one we prefer first.
SPOKEN = {
    "echo": (2,),
    "institutions": (2,),
    "organizational-units": (2,),
    "factsheet": (1,),
    "file": (1,),
    "iias": (7,),
    "iia-cnr": (3,),
    "iias-approval": (2,),
    "iia-approval-cnr": (2,),
}


def served(trusted: Catalogue, hei_id: str, api: str) -> ServedApi:
    """Return the entry by which an institution is asked. Raises NotServed, which says what is missing."""
    if trusted.hei(hei_id) is None:
        raise NotServed(f"{hei_id} is not in the catalogue of the network")
    found = trusted.apis(hei_id, api)
    spoken = [entry for entry in found if entry.api.major in SPOKEN[api]]
    if not spoken:
        versions = ", ".join(entry.api.version for entry in found)
        wanted = " or ".join(map(str, SPOKEN[api]))
        raise NotServed(f"{hei_id} serves {api} {versions}; we speak {wanted}" if versions else f"{hei_id} does not serve {api}")
    for entry in spoken:
        if takes_signatures(entry):
            return entry
    raise NotServed(f"{hei_id} does not take signed requests at {api}")


def takes_signatures(entry: ServedApi) -> bool:
    """Whether an API takes requests that are signed as ours are."""
    return entry.api.security is not None and CLIENT_SIGNATURE in entry.api.security.client_authentication


def signs_answers(entry: ServedApi) -> bool:
    """Whether an API declares that it signs its answers when asked."""
    return entry.api.security is not None and SERVER_SIGNATURE in entry.api.security.server_authentication


def most(entry: ServedApi, limit: str) -> int:
    """Return how many ids one request may hold: what the entry says, and one where it says nothing readable."""
    return max(entry.api.limit(limit) or 1, 1)
