"""The table of access, and the addresses that there are."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from goliard.rules.access.actor import Role

TABLE = Path(__file__).with_name("access.toml")
VISITORS = ("anonymous", *(role.value for role in Role))
METHODS = ("GET", "POST")
WORDS = {"args", "data", "about", "absent", *METHODS}
REGISTER = {"read", "add", "edit", "delete", "move", "action"}


@dataclass(frozen=True)
class Row:
    """One address with its arguments, and for each method who gets in."""

    url: str  # with its namespace
    args: dict[str, Any]
    data: dict[str, Any]
    about: str
    opens: dict[str, frozenset[str]]
    absent: bool  # what the page is about is not there, so that those who get in see a 404


def read_table(path: Path = TABLE) -> list[Row]:
    """Return the rows of the table. Raises ValueError for a row that says nothing, or names a visitor that there is not."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = table.pop("groups")
    rows = [_row(url, given, groups) for name, who in table.pop("registers", {}).items() for url, given in _register(name, who)]
    for namespace, names in table.items():
        for name, given in names.items():
            url = name if namespace == "site" else f"{namespace}:{name}"
            rows += [_row(url, each, groups) for each in (given if isinstance(given, list) else [given])]
    return rows


def _register(name: str, who: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the addresses of a register, as rows of the table would say them."""
    if set(who) - REGISTER:
        raise ValueError(f"{name}: {who}")
    url, example = f"office:{name}", {"pk": f"$register:{name}"}
    yield url, {"GET": who["read"]}
    yield f"{url}-export", {"GET": who["read"], "args": {"kind": "csv"}}
    yield f"{url}-row", {"GET": who["read"], "args": example}
    yield f"{url}-history", {"GET": who["read"], "args": example}
    if "add" in who:
        yield f"{url}-new", {"GET": who["add"], "POST": who["add"]}
    for change in ("edit", "delete"):
        if change in who:
            yield f"{url}-{change}", {"GET": who[change], "POST": who[change], "args": example}
    if "move" in who:
        yield f"{url}-move", {"POST": who["move"], "args": {**example, "action": who["action"]}}


def _row(url: str, given: dict[str, Any], groups: dict[str, str]) -> Row:
    opens = {method: _visitors(given[method], groups) for method in METHODS if method in given}
    if not opens or set(given) - WORDS:
        raise ValueError(f"{url}: {given}")
    return Row(
        url=url,
        args=given.get("args", {}),
        data=given.get("data", {}),
        about=given.get("about", ""),
        opens=opens,
        absent=given.get("absent", False),
    )


def _visitors(words: str, groups: dict[str, str]) -> frozenset[str]:
    found: set[str] = set()
    for word in words.split():
        if word in groups:
            found |= _visitors(groups[word], groups)
        elif word in VISITORS:
            found.add(word)
        elif word != "nobody":
            raise ValueError(f"There is no visitor or group {word}.")
    return frozenset(found)


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the name, with its namespaces, and the view of every address of the site; an address without a name yields its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else f"unnamed {entry.pattern}"), entry.callback
        else:
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
