"""The registry's catalogue: fetched where an installation says so, read whole before it replaces the last good copy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from goliard.apps.network.models import CatalogueCopy
from goliard.apps.network.queries import current_catalogue
from goliard.apps.network.services.catalogues import confirm_catalogue, keep_catalogue, note_failure
from goliard.ewp_codec.catalogue_documents import parse_catalogue
from goliard.ewp_codec.documents import CATALOGUE, RefusedDocument, read_body
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.client.failures import AskingFailed
from goliard.ewp_node.client.wire import exchange, place_of
from goliard.rules.access.actor import Actor

CHUNK = 256 * 1024


class RefreshFailed(RuntimeError):
    """The catalogue could not be had or is none; the copy that we have still counts."""


def refresh_catalogue(*, source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    """Fetch the catalogue from an https address or read it from a file, and keep it. Raises RefreshFailed, which the copy notes too."""
    try:
        return _from_registry(source, actor, now) if "://" in source else _from_file(source, actor, now)
    except (OSError, RefusedDocument, AskingFailed, RefreshFailed) as failure:
        note_failure(failure=str(failure), now=now)
        raise RefreshFailed(f"{source}: {failure}") from failure


def _from_file(source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    with Path(source).open("rb") as stream:
        body = read_body(iter(lambda: stream.read(CHUNK), b""), CATALOGUE)
    return _keep(body, source, "", actor, now)


def _from_registry(source: str, actor: Actor, now: datetime) -> CatalogueCopy:
    place = place_of(source)
    current = current_catalogue()
    etag = current.etag if current is not None and current.source == source else ""
    headers = [("Host", place.host_header), ("Accept-Encoding", "identity"), ("User-Agent", "Goliard")]
    headers += [("If-None-Match", etag)] if etag else []
    heard = exchange(Request("GET", place.target, tuple(headers)), place, CATALOGUE, is_chosen_by_us=True)
    if heard.status == 304 and current is not None and etag:
        return confirm_catalogue(copy=current, etag=etag, now=now)
    if heard.status != 200:
        raise RefreshFailed(f"the registry answers {heard.status}")
    return _keep(heard.body, source, next((value for name, value in heard.headers if name.lower() == "etag"), ""), actor, now)


def _keep(body: bytes, source: str, etag: str, actor: Actor, now: datetime) -> CatalogueCopy:
    catalogue = parse_catalogue(body).value
    if not catalogue.hosts:
        raise RefreshFailed("this catalogue names no host at all")
    return keep_catalogue(body=body, source=source, etag=etag[:200], institutions=len(catalogue.heis), actor=actor, now=now)
