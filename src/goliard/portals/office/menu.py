"""The office's menu: one entry a register."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A register: the route of its list and its title."""

    route: str
    title: Promise


@dataclass(frozen=True)
class Group:
    """Registers that belong together."""

    title: Promise
    entries: tuple[Entry, ...]


MENU = (
    Group(
        _("Partners"),
        (
            Entry("office:organisations", _("Organisations")),
            Entry("office:units", _("Units")),
            Entry("office:contacts", _("Contacts")),
            Entry("office:people", _("People")),
            Entry("office:networks", _("Networks")),
            Entry("office:countries", _("Countries")),
        ),
    ),
    Group(
        _("Funding"),
        (
            Entry("office:projects", _("Projects")),
            Entry("office:calls", _("Calls")),
            Entry("office:actions", _("Actions")),
            Entry("office:programmes", _("Programmes")),
            Entry("office:priorities", _("Priorities")),
            Entry("office:goals", _("Strategic goals")),
            Entry("office:policy-documents", _("Policy documents")),
        ),
    ),
    Group(
        _("Public site"),
        (
            Entry("office:pages", _("Pages")),
            Entry("office:news", _("News")),
            Entry("office:facts", _("Facts")),
            Entry("office:images", _("Images")),
        ),
    ),
    Group(
        _("House"),
        (
            Entry("office:letters", _("Letters")),
            Entry("office:deliveries", _("Letters sent")),
            Entry("office:journal", _("Journal")),
        ),
    ),
)


def desk_menu(request: HttpRequest) -> dict[str, tuple[Group, ...]]:
    """Return `desk_menu` for the office's templates."""
    return {"desk_menu": MENU}
