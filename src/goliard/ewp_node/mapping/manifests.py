"""What we tell the registry about ourselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from goliard.apps.institutions.models import Organisation
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.models import SigningKey
from goliard.ewp_codec.api_entries import ApiEntry, current_api
from goliard.ewp_codec.http_security import SIGNED
from goliard.ewp_codec.manifest import Manifest
from goliard.ewp_node.mapping.institutions import registered_hei

#: How many ids one request may hold. One agreement an answer: a terminated one would change the hash of the others (see docs/ewp/codec.md).
MOST_HEIS = 1
MOST_UNITS = 50
MOST_IIAS = 1

Url = Callable[[str], str]


def manifest_of(
    home: Organisation, hei_id: str, *, keys: Iterable[SigningKey], url: Url, admin_email: str, provider: str, day: date
) -> Manifest:
    """Return our manifest: every endpoint that answers, and every key that is published."""
    listed = list(keys)
    return Manifest(
        admin_emails=(admin_email,),
        admin_provider=provider,
        apis=apis(url),
        hei=registered_hei(home, hei_id, day),
        client_keys=_ders(listed, KeyUse.CLIENT),
        server_keys=_ders(listed, KeyUse.SERVER),
    )


def apis(url: Url) -> tuple[ApiEntry, ...]:
    """Return the entries of all endpoints that we have, with explicit security: requests are signed, answers are when asked."""
    units = (("max-ounit-ids", str(MOST_UNITS)), ("max-ounit-codes", str(MOST_UNITS)))
    most_iias = ("max-iia-ids", str(MOST_IIAS))
    iias = (("get-url", url("iias/get")), most_iias, ("index-url", url("iias/index")), ("stats-url", url("iias/stats")))
    return (
        current_api("discovery", (("url", url("manifest.xml")),)),
        current_api("echo", (("url", url("echo")),), SIGNED),
        current_api("institutions", (("url", url("institutions")), ("max-hei-ids", str(MOST_HEIS))), SIGNED),
        current_api("organizational-units", (("url", url("organizational-units")), *units), SIGNED),
        current_api("factsheet", (("url", url("factsheet")), ("max-hei-ids", str(MOST_HEIS))), SIGNED),
        current_api("file", (("url", url("file")),), SIGNED),
        current_api("iias", iias, SIGNED),
        current_api("iia-cnr", (("url", url("iia-cnr")),), SIGNED),
        current_api("iias-approval", (("url", url("iias-approval")), most_iias), SIGNED),
        current_api("iia-approval-cnr", (("url", url("iia-approval-cnr")),), SIGNED),
    )


def _ders(keys: list[SigningKey], use: KeyUse) -> tuple[bytes, ...]:
    return tuple(bytes(key.public_der) for key in keys if key.use == use)
