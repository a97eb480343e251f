"""Ask a referee by a link, and take the recommendation in, once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from goliard.apps.agreements.services.partner_links import hash_of_secret
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import closed_to, last_moment_of
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.scoring.letters import RECOMMENDATION
from goliard.apps.scoring.models import Recommendation
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

AFTER_DEADLINE = timedelta(days=7)  # a referee has a week more than the applicant
LONGEST = 5000
Page = Callable[[str], str]  # from the secret of a link to the address of the page


@transaction.atomic
def ask_recommendation(*, application: Application, referee: str, email: str, page: Page, actor: Actor, now: datetime) -> Recommendation:
    """Send a referee a link that works until a week after the deadline. The secret stands in the letter only.

    Raises Refused when the round asks for no more recommendations, is closed to the applicant, the address is none, is the applicant's own,
    or was asked before.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("round", "person").get(pk=application.pk)
    if reasons := _ask_faults(row, referee, email, now):
        raise Refused(reasons)
    secret = secrets.token_urlsafe(32)
    until = last_moment_of(row) + AFTER_DEADLINE
    made = Recommendation.objects.create(
        application=row, referee=referee.strip(), email=email.strip().lower(), secret_hash=hash_of_secret(secret), asked_at=now,
        expires_at=until,
    )  # fmt: skip
    values = {
        "applicant": row.person.full_name, "link": page(secret), "referee": made.referee, "round": row.round.title(row.language),
        "until": f"{until.astimezone(ZoneInfo(row.round.zone)):%d-%m-%Y %H:%M} ({row.round.zone})",
    }  # fmt: skip
    queue_letter(letter=RECOMMENDATION.key, address=made.email, language=row.language, values=values, about=made, now=now)
    record(actor=actor, verb="ask-recommendation", subject=row, now=now, details={"recommendation": made.pk})
    return made


def open_recommendation(*, secret: str, now: datetime) -> Recommendation | None:
    """Return what a link opens, or None: unknown and expired links are refused alike."""
    rows = Recommendation.objects.select_related("application__round", "application__person")
    found = rows.filter(secret_hash=hash_of_secret(secret)).first()
    return found if found is not None and now <= found.expires_at else None


@transaction.atomic
def give_recommendation(*, recommendation: Recommendation, relation: str, text: str, actor: Actor, now: datetime) -> Recommendation:
    """Take the recommendation in, once. Raises Refused for an empty or far too long text, when it was given, and when it is late."""
    locked = Recommendation.objects.select_for_update(of=("self",)).select_related("application").get(pk=recommendation.pk)
    if locked.given_at is not None or now > locked.expires_at:
        raise Refused([Reason("recommendation-shut", Text("Deze aanbeveling is gesloten.", "This recommendation is shut."))])
    if not text.strip() or len(text) > LONGEST:
        said = Text(f"Schrijf een tekst van hoogstens {LONGEST} tekens.", f"Write a text of at most {LONGEST} characters.")
        raise Refused([Reason("recommendation-text", said, field="text")])
    locked.relation, locked.text, locked.given_at = relation.strip()[:200], text.strip(), now
    locked.save(update_fields=["relation", "text", "given_at"])
    record(actor=actor, verb="give-recommendation", subject=locked.application, now=now, details={"recommendation": locked.pk})
    return locked


def _ask_faults(row: Application, referee: str, email: str, now: datetime) -> list[Reason]:
    found = [late] if (late := closed_to(row, now)) else []
    if row.recommendations.count() >= row.round.recommendations:
        most = row.round.recommendations
        text = Text(f"Deze ronde vraagt {most} aanbeveling(en).", f"This round asks for {most} recommendation(s).")
        found.append(Reason("recommendations-enough", text))
    try:
        validate_email(email.strip())
    except ValidationError:
        found.append(Reason("referee-email", Text("Geef een e-mailadres.", "Give an e-mail address."), field="email"))
    if not referee.strip():
        found.append(Reason("referee-name", Text("Geef een naam.", "Give a name."), field="referee"))
    address = email.strip().lower()
    own = {each.lower() for each in row.person.emails.values_list("email", flat=True)}
    if address in own or row.recommendations.filter(email=address).exists():
        text = Text("Dit is je eigen adres, of al gevraagd.", "This is your own address, or was asked before.")
        found.append(Reason("referee-twice", text, field="email"))
    return found
