"""Save the stay that somebody plans, and the host that they found. Drafts are not journalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from goliard.apps.applications.models import Application, OwnHost, PlannedSession, PlannedStay
from goliard.apps.applications.queries.stays import host_of, stay_of
from goliard.apps.applications.services.locking import locked_open
from goliard.apps.institutions.models import Country
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

MOST_SESSIONS = 30
HOST_TEXTS = {"name": 250, "website": 200, "city": 120, "contact_name": 250, "contact_email": 254, "tasks": 5000}


@dataclass(frozen=True, slots=True)
class StayWords:
    """A stay as it is written: sessions as topic and hours (to a tenth), the host by the fields of `OwnHost`, its country as ISO code."""

    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    host_group: str = ""
    sessions: Sequence[tuple[str, Decimal | None]] = ()
    host: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_stay(*, application: Application, words: StayWords, seen: int, actor: Actor, now: datetime) -> Application:
    """Save the stay as it stands; what is missing is told when it is handed in. `seen` is the revision that was begun from.

    Raises ChangedMeanwhile where another window saved in between, Refused for what is late, a purpose that the round does not take, too
    many sessions, and an address of the host's supervisor that is none.
    """
    row = locked_open(application, now)
    if row.stay_revision != seen:
        if _told(row) == words:
            return row  # the same text twice: nobody is overwritten
        raise ChangedMeanwhile
    if reasons := _faults(row, words):
        raise Refused(reasons)
    stay, _made = PlannedStay.objects.get_or_create(application=row)
    stay.purpose, stay.starts_on, stay.ends_on = words.purpose, words.starts_on, words.ends_on
    stay.host_group = words.host_group.strip()[:250]
    stay.save()
    stay.sessions.all().delete()
    PlannedSession.objects.bulk_create(
        PlannedSession(stay=stay, position=position, topic=topic.strip()[:200], hours_tenths=None if hours is None else int(hours * 10))
        for position, (topic, hours) in enumerate(words.sessions, 1)
    )
    if words.host:
        _save_host(row, words.host)
    row.stay_revision, row.saved_at = seen + 1, now
    row.save(update_fields=["stay_revision", "saved_at"])
    return row


def _save_host(row: Application, words: Mapping[str, str]) -> None:
    host = OwnHost.objects.filter(application=row).first() or OwnHost(application=row)
    for name, longest in HOST_TEXTS.items():
        setattr(host, name, words.get(name, "").strip()[:longest])
    host.country = Country.objects.filter(iso2=words.get("country", "")).first()
    hours = words.get("hours_week", "")
    host.hours_week = int(hours) if hours.isdecimal() and 0 < int(hours[:4]) <= 80 else None
    host.save()


def _told(row: Application) -> StayWords:
    stay, host = stay_of(row), host_of(row)
    told = {}
    if host is not None:
        told = {name: getattr(host, name) for name in HOST_TEXTS}
        told |= {"country": host.country.iso2 if host.country else "", "hours_week": str(host.hours_week or "")}
    if stay is None:
        return StayWords(host=told)
    sessions = [(each.topic, each.hours) for each in stay.sessions.all()]
    return StayWords(stay.purpose, stay.starts_on, stay.ends_on, stay.host_group, sessions, told)


def _faults(row: Application, words: StayWords) -> list[Reason]:
    found = []
    if words.purpose and words.purpose not in row.round.purpose_list:
        found.append(_wrong("Hiervoor is deze ronde niet.", "This round is not for that.", "purpose"))
    if len(words.sessions) > MOST_SESSIONS:
        most = MOST_SESSIONS
        found.append(_wrong(f"Hoogstens {most} sessies.", f"At most {most} sessions.", "sessions"))
    if any(hours is not None and not 0 <= hours <= 1000 for _topic, hours in words.sessions):
        found.append(_wrong("Uren liggen tussen 0 en 1000.", "Hours lie between 0 and 1000.", "sessions"))
    if email := words.host.get("contact_email", "").strip():
        try:
            validate_email(email)
        except ValidationError:
            found.append(_wrong("Dit is geen e-mailadres.", "This is no e-mail address.", "contact_email"))
    website = words.host.get("website", "").strip()
    if website and not website.startswith(("http://", "https://")):
        found.append(_wrong("Een website begint met https://.", "A website begins with https://.", "website"))
    return found


def _wrong(nl: str, en: str, field: str) -> Reason:
    return Reason("application.stay", Text(nl, en), field=field)
