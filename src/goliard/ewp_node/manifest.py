"""Our manifest as bytes: what the registry reads."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from goliard.apps.network.queries import published_keys
from goliard.ewp_codec.manifest import render_manifest
from goliard.ewp_node.identity import PREFIX, our_hei, our_url
from goliard.ewp_node.mapping.manifests import manifest_of


class NoManifest(RuntimeError):
    """Something is missing without which the registry would refuse the manifest; the message says what."""


def our_manifest(now: datetime) -> bytes:
    """Return our manifest. Raises NoManifest, and Unwritable for an address or identifier that the schema refuses."""
    ours = our_hei()
    if not settings.GOLIARD_EWP_URL:
        raise NoManifest("GOLIARD_EWP_URL is not set: the address of this installation, such as https://exchange.example.org")
    if not settings.GOLIARD_EWP_ADMIN:
        raise NoManifest("GOLIARD_EWP_ADMIN is not set: the e-mail address of who runs this installation")
    if ours is None:
        raise NoManifest("the home institution has no SCHAC code (hei id) among its identifiers")
    return render_manifest(
        manifest_of(
            *ours,
            keys=published_keys(now),
            url=lambda path: our_url(PREFIX + path),
            admin_email=settings.GOLIARD_EWP_ADMIN,
            provider=settings.GOLIARD_EWP_PROVIDER,
            day=localdate(now),
        )
    )
