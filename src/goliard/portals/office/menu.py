"""The office's menu: one entry a register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.policies import may_see_accounts, may_see_api_tokens
from goliard.apps.agreements.policies import may_import_agreements
from goliard.apps.applications.policies import may_name_readers
from goliard.apps.grants.policies import may_read_scholarships
from goliard.apps.messaging.policies import may_read_letters
from goliard.apps.network.policies import may_read_network
from goliard.apps.people.policies import may_take_feed
from goliard.portals.office.policies import may_open_office, may_read_journal
from goliard.rules.access.actor import ANONYMOUS, Actor


@dataclass(frozen=True)
class Entry:
    """A register: the route of its list and its title."""

    route: str
    title: Promise
    may: Callable[[Actor], bool] = may_open_office  # who sees the entry: the policy of the list's door


@dataclass(frozen=True)
class Group:
    """Registers that belong together."""

    title: Promise
    entries: tuple[Entry, ...]


MENU = (
    Group(
        _("Partners"),
        (
            Entry("office:agreements", _("Agreements")),
            Entry("office:network-agreements", _("In the EWP network")),
            Entry("office:agreement-reminders", _("Reminders")),
            Entry("office:agreement-imports", _("Import agreements"), may_import_agreements),
            Entry("office:agreement-balances", _("Balance")),
            Entry("office:partner-mix", _("Partner mix")),
            Entry("office:exchange-counts", _("Exchange counts")),
            Entry("office:fact-sheets", _("Fact sheets")),
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
            Entry("office:initiatives", _("Initiatives")),
            Entry("office:portfolio", _("Portfolio")),
            Entry("office:call-desks", _("Calls at a glance")),
            Entry("office:interests", _("Expressions of interest")),
            Entry("office:calls", _("Calls")),
            Entry("office:rates", _("Rates")),
            Entry("office:scholarships", _("Scholarships"), may_read_scholarships),
            Entry("office:scholarship-schemes", _("Scholarship schemes"), may_read_scholarships),
            Entry("office:actions", _("Actions")),
            Entry("office:programmes", _("Programmes")),
            Entry("office:priorities", _("Priorities")),
            Entry("office:goals", _("Strategic goals")),
            Entry("office:policy-documents", _("Policy documents")),
        ),
    ),
    Group(
        _("Exchange"),
        (
            Entry("office:rounds", _("Rounds")),
            Entry("office:applications", _("Applications")),
            Entry("office:placement", _("Placement")),
            Entry("office:nominations", _("Nominations")),
            Entry("office:round-destinations", _("Destinations of rounds")),
            Entry("office:round-pools", _("Places of rounds")),
            Entry("office:participation", _("Participation")),
            Entry("office:unserved-programmes", _("Programmes without a destination")),
            Entry("office:student-feed", _("Student feed"), may_take_feed),
            Entry("office:staff-feed", _("Staff feed"), may_take_feed),
        ),
    ),
    Group(
        _("Public site"),
        (
            Entry("office:pages", _("Pages")),
            Entry("office:news", _("News")),
            Entry("office:facts", _("Facts")),
            Entry("office:images", _("Images")),
            Entry("office:links", _("Links that lead nowhere")),
        ),
    ),
    Group(
        _("House"),
        (
            Entry("office:letters", _("Letters"), may_read_letters),
            Entry("office:deliveries", _("Letters sent"), may_read_letters),
            Entry("office:accounts", _("Accounts"), may_see_accounts),
            Entry("office:api-tokens", _("API tokens"), may_see_api_tokens),
            Entry("office:special-readers", _("Readers of special data"), may_name_readers),
            Entry("office:network", _("EWP network"), may_read_network),
            Entry("office:network-partners", _("Partners’ nodes"), may_read_network),
            Entry("office:network-notifications", _("Notifications to partners"), may_read_network),
            Entry("office:journal", _("Journal"), may_read_journal),
        ),
    ),
)


def desk_menu(request: HttpRequest) -> dict[str, Any]:
    """Return `desk_menu` for the office's templates: the entries that open to who asks."""
    return {"desk_menu": SimpleLazyObject(lambda: _menu_of(getattr(request, "actor", ANONYMOUS)))}


def _menu_of(actor: Actor) -> tuple[Group, ...]:
    groups = [Group(group.title, tuple(entry for entry in group.entries if entry.may(actor))) for group in MENU]
    return tuple(group for group in groups if group.entries)
