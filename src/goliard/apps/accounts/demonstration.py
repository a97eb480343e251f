"""One account for each role, for a demonstration on one's own machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from goliard.apps.accounts.queries import account_of_email
from goliard.apps.accounts.services import NotADemonstration, create_demonstration_account
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.access.actor import Actor, Role

PASSWORD = "goliard-demo"  # noqa: S105 -- printed on purpose: these accounts sign in under demonstration settings only


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """A sign-in that `goliard demo` prints."""

    email: str
    display_name: str
    role: Role
    password: str = PASSWORD


ACCOUNTS = (
    DemonstrationAccount("administrator@example.org", "Administrator", Role.ADMINISTRATOR),
    DemonstrationAccount("officer@example.org", "Officer International Relations", Role.OFFICER),
    DemonstrationAccount("faculty-officer@example.org", "Faculty Officer Science", Role.FACULTY_OFFICER),
    DemonstrationAccount("staff@example.org", "Staff Member", Role.STAFF),
    DemonstrationAccount("student@example.org", "Student", Role.STUDENT),
    DemonstrationAccount("partner-contact@example.org", "Partner Contact", Role.PARTNER_CONTACT),
    DemonstrationAccount("auditor@example.org", "Auditor", Role.AUDITOR),
)


@transaction.atomic
def create_demonstration_accounts(
    *, faculty: OrganizationalUnit, partner: Organisation, actor: Actor, now: datetime
) -> tuple[DemonstrationAccount, ...]:
    """Make the account of every role that is not there yet, and return all of them to be printed.

    `faculty` is the scope of the faculty officer, `partner` the organisation of the partner contact.
    Raises NotADemonstration unless `GOLIARD_DEMO` is set.
    """
    if not settings.GOLIARD_DEMO:
        raise NotADemonstration("Demonstration accounts are made under demonstration settings only (GOLIARD_DEMO).")
    scopes: dict[Role, dict[str, OrganizationalUnit | Organisation]] = {
        Role.FACULTY_OFFICER: {"unit": faculty},
        Role.PARTNER_CONTACT: {"organisation": partner},
    }
    for account in ACCOUNTS:
        if account_of_email(account.email) is None:
            create_demonstration_account(
                email=account.email,
                display_name=account.display_name,
                password=account.password,
                role=account.role,
                actor=actor,
                now=now,
                **scopes.get(account.role, {}),
            )
    return ACCOUNTS
