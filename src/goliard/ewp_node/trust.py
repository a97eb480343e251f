"""Whom we trust: the catalogue that counts, parsed once a copy and shared by the threads of a process (it never changes)."""

from __future__ import annotations

from functools import lru_cache

from goliard.apps.network.queries import catalogue_body, catalogue_version
from goliard.ewp_codec.catalogue import Catalogue
from goliard.ewp_codec.catalogue_documents import parse_catalogue


def catalogue() -> Catalogue:
    """Return the catalogue that counts; without one, an empty network in which nobody is known."""
    return catalogue_with(catalogue_version())


def catalogue_with(version: str) -> Catalogue:
    """Return the catalogue with this hash; where it was replaced before anybody here read it, the one that counts now; an empty network
    for none."""
    try:
        return _parsed(version) if version else Catalogue()
    except LookupError:
        return catalogue()


@lru_cache(maxsize=2)
def _parsed(version: str) -> Catalogue:
    body = catalogue_body(version)
    if not body:
        raise LookupError("the catalogue was replaced while it was read")
    return parse_catalogue(body).value
