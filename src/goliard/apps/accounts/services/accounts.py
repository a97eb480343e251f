"""Accounts are invited, given roles, and closed. Every step is in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goliard.apps.accounts.choices import RoleName
from goliard.apps.accounts.models import RoleAssignment, User
from goliard.apps.accounts.queries import account_of_email, administrators_on, assignments_on
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.journal.services import record
from goliard.apps.people.models import Person
from goliard.rules.access.actor import Actor, Role
from goliard.rules.values.folding import fold


class AccountExists(ValueError):
    """The e-mail address already signs in."""


class LastAdministrator(ValueError):
    """Without an administrator nobody could give the role back."""


class RoleEndsBeforeItStarts(ValueError):
    """A role cannot end before its first day."""


class NotADemonstration(RuntimeError):
    """Demonstration accounts cannot exist under production settings."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new account, and the two parts of the link that sets its password. The link works once and is shown once: nobody stores it."""

    user: User
    uid: str
    token: str


@transaction.atomic
def invite(*, email: str, display_name: str, actor: Actor, now: datetime, language: str = "en", person: Person | None = None) -> Invitation:
    """Make an account without a password; return the link that sets one. Raises AccountExists, or ValidationError for a wrong address."""
    user = _create(email=email, display_name=display_name, language=language, person=person)
    record(actor=actor, verb="invite", subject=user, now=now, details={"email": user.email, "name": user.display_name})
    return _invitation(user)


@transaction.atomic
def renew_invitation(*, user: User, actor: Actor, now: datetime) -> Invitation:
    """Return a fresh link that sets a password: for an invitation that lapsed, or for somebody without access to their mail."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(actor=actor, verb="renew-invitation", subject=user, now=now)
    return _invitation(user)


def _invitation(user: User) -> Invitation:
    return Invitation(user=user, uid=user_pk_to_url_str(user), token=default_token_generator.make_token(user))


def _create(*, email: str, display_name: str, language: str = "en", person: Person | None = None, demonstration: bool = False) -> User:
    if account_of_email(email):
        raise AccountExists(_("There is already an account with this e-mail address."))
    user = User(
        email=email.strip().lower(),
        display_name=display_name.strip(),
        language=language,
        person=person,
        is_demonstration=demonstration,
        search_key=fold(f"{display_name} {email}"),
    )
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def create_administrator(*, email: str, display_name: str, password: str, actor: Actor, now: datetime) -> User:
    """Make an account with a password and the administrator's role, or give both to the account that has this address.

    Raises ValidationError for a weak password.
    """
    user = account_of_email(email) or _create(email=email, display_name=display_name)
    validate_password(password, user)
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    record(actor=actor, verb="create-administrator", subject=user, now=now, details={"email": user.email})
    if not assignments_on(user, localdate(now)).filter(role=RoleName.ADMINISTRATOR).exists():
        assign_role(user=user, role=Role.ADMINISTRATOR, actor=actor, now=now)
    return user


@transaction.atomic
def create_demonstration_account(
    *, email: str, display_name: str, password: str, role: Role, actor: Actor, now: datetime, **scope: Any
) -> User:
    """Make an account that can sign in under demonstration settings only. Raises NotADemonstration elsewhere."""
    if not settings.GOLIARD_DEMO:
        raise NotADemonstration("Demonstration accounts are made under demonstration settings only (GOLIARD_DEMO).")
    user = _create(email=email, display_name=display_name, demonstration=True)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor=actor, verb="create-demonstration-account", subject=user, now=now, details={"email": user.email})
    assign_role(user=user, role=role, actor=actor, now=now, **scope)
    return user


@transaction.atomic
def link_person(*, user: User, actor: Actor, now: datetime) -> Person | None:
    """Link an account without a person to the student or member of staff who has its e-mail address; None where that is not clear.

    Clear is: one person with an enrolment or an appointment has this address, and no other account signs in for them.
    """
    locked = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
    if locked.person_id is not None:
        return locked.person
    known = Q(enrolments__isnull=False) | Q(appointments__isnull=False)
    found = list(Person.objects.filter(known, emails__email=locked.email, merged_into=None).distinct()[:2])
    if len(found) != 1 or User.objects.filter(person=found[0]).exists():
        return None
    locked.person = found[0]
    locked.save(update_fields=["person"])
    record(actor=actor, verb="link-person", subject=locked, now=now, details={"person": found[0].pk})
    return found[0]


@transaction.atomic
def assign_role(
    *,
    user: User,
    role: Role,
    actor: Actor,
    now: datetime,
    unit: OrganizationalUnit | None = None,
    organisation: Organisation | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleAssignment:
    """Give an account a role from `valid_from` (today where none is given) up to and including `valid_until`.

    Raises ValidationError for a faculty officer without a home unit, a partner contact without an organisation, or a scope on another role.
    """
    assignment = RoleAssignment(
        user=user,
        role=role.value,
        unit=unit,
        organisation=organisation,
        valid_from=valid_from or localdate(now),
        valid_until=valid_until,
    )
    _refuse_backwards(assignment)
    assignment.full_clean()
    assignment.save()
    record(actor=actor, verb="assign-role", subject=user, now=now, details=_role_details(assignment))
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, actor: Actor, now: datetime, reason: str = "") -> RoleAssignment:
    """End a role after `last_day`. Raises LastAdministrator where nobody would be administrator the day after, RoleEndsBeforeItStarts."""
    before = assignment.valid_until
    assignment.valid_until = last_day
    _refuse_backwards(assignment)
    assignment.save(update_fields=["valid_until"])
    if assignment.role == RoleName.ADMINISTRATOR:
        _refuse_without_administrator(max(localdate(now), last_day))
    details = {**_role_details(assignment), "valid_until": {"before": before, "after": last_day}}
    record(actor=actor, verb="end-role", subject=assignment.user, now=now, reason=reason, details=details)
    return assignment


@transaction.atomic
def deactivate_account(*, user: User, actor: Actor, now: datetime, reason: str) -> User:
    """Close an account: no sign-in, and open sessions end with their next request. Raises LastAdministrator."""
    was_administrator = administrators_on(localdate(now)).filter(pk=user.pk).exists()
    user.is_active = False
    user.save(update_fields=["is_active"])
    if was_administrator:
        _refuse_without_administrator(localdate(now))
    record(actor=actor, verb="deactivate-account", subject=user, now=now, reason=reason)
    return user


@transaction.atomic
def reactivate_account(*, user: User, actor: Actor, now: datetime, reason: str) -> User:
    """Open a closed account again, with the roles that it still has."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor=actor, verb="reactivate-account", subject=user, now=now, reason=reason)
    return user


@transaction.atomic
def forget_second_factor(*, user: User, actor: Actor, now: datetime, reason: str) -> int:
    """Remove authenticator app and recovery codes of somebody who lost both; return how many there were.

    The password alone then signs in, and roles that need a second factor wait until there is a new one.
    """
    removed, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
    record(actor=actor, verb="forget-second-factor", subject=user, now=now, reason=reason)
    return int(removed)


def _refuse_backwards(assignment: RoleAssignment) -> None:
    if assignment.valid_from and assignment.valid_until and assignment.valid_until < assignment.valid_from:
        raise RoleEndsBeforeItStarts(_("A role cannot end before its first day."))


def _refuse_without_administrator(day: date) -> None:
    """Refuse, after the change was written and before it commits, a change that leaves nobody the day after."""
    if not administrators_on(day + timedelta(days=1)).exists():
        raise LastAdministrator(_("This is the last administrator: give another account that role first."))


def _role_details(assignment: RoleAssignment) -> dict[str, Any]:
    return {
        "role": assignment.role,
        "unit": assignment.unit_id,
        "organisation": assignment.organisation_id,
        "valid_from": assignment.valid_from,
        "valid_until": assignment.valid_until,
    }
