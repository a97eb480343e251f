"""Read a page as a visitor does."""

from __future__ import annotations

import re

from django.test import Client


def html_of(client: Client, address: str) -> str:
    """The page at `address`, which must exist."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content.decode()


def words_of(client: Client, address: str) -> str:
    """The words of the page, without markup, runs of blanks as one."""
    return words(html_of(client, address))


def words(html: str) -> str:
    """The words of a piece of HTML."""
    apart = re.sub(r"</(dt|dd|p|li|h\d|td|th|div)>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", apart)).replace("\u00a0", " ")
