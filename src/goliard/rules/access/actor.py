"""Who asks: the actor of a use case, with roles and their scope, as plain values.

Apps build an `Actor` from a signed-in user at the door (`goliard.apps.accounts.actors`); policies decide with it;
services write its `id` in the journal. Nothing here knows of sessions or requests, so a task or an import acts as a person does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The roles of an exchange office."""

    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    FACULTY_OFFICER = "faculty-officer"
    STAFF = "staff"
    STUDENT = "student"
    PARTNER_CONTACT = "partner-contact"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role with its scope.

    `units` holds the primary keys of every home unit in scope, descendants included; `None` means the whole institution.
    `organisation` is the partner organisation of a partner contact.
    """

    role: Role
    units: frozenset[int] | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system, as policies and services see it. `id` is opaque: `user:<public id>`, `system:<name>` or `anonymous`."""

    id: str
    grants: tuple[RoleGrant, ...] = field(default=())

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of the roles, whatever its scope."""
        return any(grant.role in roles for grant in self.grants)

    @property
    def is_office(self) -> bool:
        """An administrator or an officer of the whole institution."""
        return self.has(Role.ADMINISTRATOR, Role.OFFICER)

    @property
    def reads_office(self) -> bool:
        """Whoever may open the office portal: the office, faculty officers and auditors."""
        return self.has(Role.ADMINISTRATOR, Role.OFFICER, Role.FACULTY_OFFICER, Role.AUDITOR)

    def covers(self, units: frozenset[int]) -> bool:
        """Whether a faculty officer's scope holds at least one of `units`."""
        return any(grant.role is Role.FACULTY_OFFICER and grant.units is not None and bool(grant.units & units) for grant in self.grants)


ANONYMOUS = Actor("anonymous")


def system(name: str) -> Actor:
    """The actor of work that no person asked for, such as `system:load`; it may do everything, and the journal shows its name."""
    return Actor(f"system:{name}", (RoleGrant(Role.ADMINISTRATOR),))
