"""What import contracts cannot say: standard library only, no HTTP in apps, no signals."""

from __future__ import annotations

import sys

from tests.architecture.source import Module

# The standard library's doors to the world; reading a package's own tables goes through importlib.resources.
DOORS = {"asyncio", "ftplib", "http", "multiprocessing", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "threading", "urllib"}
HTTP_AND_XML = (
    "django.http",
    "django.shortcuts",
    "django.views",
    "django.contrib.sessions",
    "http.client",
    "lxml",
    "requests",
    "urllib.request",
    "xml",
)
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.db.backends.signals",
    "django.contrib.auth.signals",
)
HTTP_ALLOWED = {
    "goliard.apps.accounts.adapter": "allauth hands its adapter a request",
}


def _is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def foreign_imports(module: Module) -> list[str]:
    """Rules import the standard library and one another, and no door to the world."""
    if not module.within("goliard.rules"):
        return []
    found = []
    for name, line in module.imports:
        top = name.split(".")[0]
        if top not in sys.stdlib_module_names and not _is_in(name, ("goliard.rules",)):
            found.append(module.at(line, f"rules import the standard library only, not {name}"))
        elif top in DOORS and name != "urllib.parse" and not name.startswith("urllib.parse."):
            found.append(module.at(line, f"rules reach nothing outside themselves: {name}"))
    return found


def http_in_apps(module: Module) -> list[str]:
    """Apps know no request, no response and no XML."""
    if not module.app or module.name in HTTP_ALLOWED:
        return []
    return [module.at(line, f"apps know no HTTP and no XML: {name}") for name, line in module.imports if _is_in(name, HTTP_AND_XML)]


def signals(module: Module) -> list[str]:
    """Nothing happens by signal: a reader of a service sees all that it does."""
    return [module.at(line, f"no signals: {name}") for name, line in module.imports if _is_in(name, SIGNALS)]
