"""The registry's catalogue: fetched where an installation says so, read whole before it replaces the last good copy."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from goliard.apps.network.models import CatalogueCopy
from goliard.apps.network.queries import current_catalogue
from goliard.apps.network.services.catalogues import confirm_catalogue, keep_catalogue, note_failure
from goliard.ewp_codec.catalogue_documents import parse_catalogue
from goliard.ewp_codec.documents import CATALOGUE, RefusedDocument, read_body
from goliard.ewp_node.client.wire import tls_context
from goliard.rules.access.actor import Actor

TIMEOUT = 60  # seconds for the connection and for every read
CHUNK = 256 * 1024


class RefreshFailed(RuntimeError):
    """The catalogue could not be had or is none; the copy that we have still counts."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """The registry answers itself; wherever else a redirect leads is not who we trust."""


def refresh_catalogue(*, source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    """Fetch the catalogue from an https address or read it from a file, and keep it. Raises RefreshFailed, which the copy notes too."""
    try:
        return _from_registry(source, actor, now) if "://" in source else _from_file(source, actor, now)
    except (OSError, RefusedDocument, RefreshFailed) as failure:
        note_failure(failure=str(failure), now=now)
        raise RefreshFailed(f"{source}: {failure}") from failure


def _from_file(source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    with Path(source).open("rb") as stream:
        body = read_body(iter(lambda: stream.read(CHUNK), b""), CATALOGUE)
    return _keep(body, source, "", actor, now)


def _from_registry(source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    if not source.startswith("https://"):
        raise RefreshFailed("the catalogue comes over https only")
    current = current_catalogue()
    etag = current.etag if current is not None and current.source == source else ""
    request = urllib.request.Request(source, headers={"If-None-Match": etag} if etag else {})  # noqa: S310 -- https, checked above
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.HTTPSHandler(context=tls_context()))
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            body = read_body(iter(lambda: answer.read(CHUNK), b""), CATALOGUE)
            return _keep(body, source, answer.headers.get("ETag", ""), actor, now)
    except urllib.error.HTTPError as error:
        if error.code == 304 and current is not None:
            return confirm_catalogue(copy=current, etag=etag, now=now)
        raise RefreshFailed(f"the registry answers {error.code}") from error


def _keep(body: bytes, source: str, etag: str, actor: Actor, now: datetime) -> CatalogueCopy:
    catalogue = parse_catalogue(body).value
    if not catalogue.hosts:
        raise RefreshFailed("this catalogue names no host at all")
    return keep_catalogue(body=body, source=source, etag=etag[:200], institutions=len(catalogue.heis), actor=actor, now=now)
