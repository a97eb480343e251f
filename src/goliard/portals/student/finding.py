"""What every screen of an application begins with: whose it is, and the way through its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.queries import account_of
from goliard.apps.accounts.services import link_person
from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_act_as_applicant, may_open_application, may_write_application
from goliard.apps.applications.queries.applications import applications, closed_to, last_moment_of
from goliard.apps.applications.queries.eligibility import Verdict, person_facts, verdicts_of
from goliard.apps.applications.queries.form import facts_of_application, facts_of_wishes, wished_destinations
from goliard.apps.applications.queries.stays import asks_stay
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Person
from goliard.portals.shared.doors import refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences
from goliard.portals.student.audience import address, audience_of
from goliard.rules.applications.completeness import application_faults
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Reason, Text

TYPED = Reason(
    "application.on-paper",
    Text(
        "Het bureau typt deze aanmelding over van papier. Klopt er iets niet? Laat het het bureau weten.",
        "The office types this application from paper. Is something wrong? Tell the office.",
    ),
)


@dataclass(frozen=True)
class Part:
    """A task of the application: its route, its title, and whether something is missing in it."""

    key: str
    route: str
    title: Promise
    is_done: bool = False
    is_optional: bool = False


PARTS = (
    Part("wishes", "student:wishes", _("Wishes")),
    Part("stay", "student:stay", _("Planned stay")),
    Part("questions", "student:questions", _("Questions")),
    Part("documents", "student:documents", _("Documents")),
    Part("approval", "student:approval", _("Line manager")),
    Part("circumstances", "student:circumstances", _("Fewer opportunities"), is_optional=True),
    Part("review", "student:review", _("Check and submit")),
)


def person_of(request: ActorRequest) -> Person | None:
    """Return the person behind the account; an account without one is linked to who has its e-mail address in the feeds."""
    user = account_of(request.actor)
    if user is None or user.person is not None:
        return user.person if user else None
    return link_person(user=user, actor=request.actor, now=timezone.now())


def find_own(request: ActorRequest, public_id: str) -> Application:
    """Return the actor's own application; 404 where there is none, 403 where it is somebody else's, whoever types it."""
    row: Application = get_object_or_404(applications(), public_id=public_id)
    return _of_audience(request, row, allowed=may_act_as_applicant(request.actor, row))


def find(request: ActorRequest, public_id: str) -> Application:
    """Return an application to read for its applicant and for who types it from paper; a form only from who may write it."""
    row: Application = get_object_or_404(applications(), public_id=public_id)
    may = may_write_application if request.method == "POST" else may_open_application
    return _of_audience(request, row, allowed=may(request.actor, row))


def find_to_write(request: ActorRequest, public_id: str) -> Application:
    """Return it as `find` does, with no more than a form's request needs: the service reads the row again when it locks it."""
    row: Application = get_object_or_404(Application.objects.select_related("round", "person__account"), public_id=public_id)
    return _of_audience(request, row, allowed=may_write_application(request.actor, row))


def _of_audience(request: ActorRequest, row: Application, *, allowed: bool) -> Application:
    refuse_unless(allowed)
    if not audience_of(request).takes(row.round):
        raise Http404
    return row


def parts_of(application: Application) -> list[Part]:
    """Return the tasks that the round asks for, in order."""
    asked = {"stay": asks_stay(application.round), "approval": application.round.asks_approval}
    return [part for part in PARTS if asked.get(part.key, True)]


def following(request: ActorRequest, application: Application, here: str) -> str:
    """Return the address of the task after this one."""
    keys = [part.key for part in parts_of(application)]
    return address(request, keys[keys.index(here) + 1], public_id=application.public_id)


def verdicts_for(application: Application, *, only: Collection[int] | None = None) -> list[Verdict]:
    """Return the verdict on every destination of the round today, or on those few."""
    day = timezone.now().astimezone(ZoneInfo(application.round.zone)).date()
    return verdicts_of(application.round, person_facts(application.person, application.standing, day), day, only=only)


def faults_of(application: Application, verdicts: list[Verdict] | None = None) -> tuple[Reason, ...]:
    """Return everything that keeps this from being handed in."""
    if verdicts is None:
        verdicts = verdicts_for(application, only=wished_destinations(application))
    return application_faults(facts_of_application(application, verdicts))


def wish_faults(application: Application, verdicts: list[Verdict]) -> tuple[Reason, ...]:
    """Return what is missing or wrong in the wishes."""
    return tuple(fault for fault in application_faults(facts_of_wishes(application, verdicts)) if fault.field == "wishes")


def frame(request: ActorRequest, application: Application, here: str, faults: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return what every screen of an application shows around its task."""
    lacking = {fault.field for fault in faults}
    parts = [replace(part, is_done=part.key not in lacking) for part in parts_of(application)]
    keys = [part.key for part in parts]
    following = keys.index(here) + 1 if here in keys else len(keys)
    return {
        **kept_open(request, application),
        "typist": not may_act_as_applicant(request.actor, application),
        "audience": audience_of(request),
        "parts": parts,
        "here": here,
        "next_part": parts[following] if following < len(parts) else None,
        "until": last_moment_of(application),
    }


def kept_open(request: ActorRequest, application: Application) -> dict[str, Any]:
    """Return the application, its round, and whether who asks may still change it (else why not)."""
    closed = closed_to(application, timezone.now())
    if not may_write_application(request.actor, application):
        closed = TYPED
    is_withdrawn = application.state == ApplicationState.WITHDRAWN
    return {
        "application": application,
        "round": application.round,
        "closed": None if is_withdrawn else closed,
        "may_change": closed is None and not is_withdrawn,
    }


def told(refused: Refused | TransitionRefused) -> list[str]:
    """Return the sentences of a refusal in the page's language."""
    if isinstance(refused, Refused):
        return sentences(refused.reasons)
    return [refused.reason.in_language(get_language() or "en")]


def tell(request: ActorRequest, refused: Refused | TransitionRefused) -> None:
    """Show a refusal on the next page."""
    for sentence in told(refused):
        messages.error(request, sentence)


def seen_in(request: ActorRequest) -> int:
    """Return the revision from which the form was begun, or that which its writer chose to overwrite."""
    given = request.POST.get("over") or request.POST.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 9 else -1
