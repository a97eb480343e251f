"""An application in words that a hash can be made of: what is kept byte for byte when it is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.eligibility import Verdict
from goliard.apps.applications.queries.form import asked_questions, gather
from goliard.apps.applications.queries.stays import host_of, stay_of, wishes_own_host
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.people.models import Appointment
from goliard.rules.applications.lateness import told_moment
from goliard.rules.eligibility.facts import Person
from goliard.rules.values.texts import Reason

FORMAT = "goliard application 1"


def told_own(application: Application) -> dict[str, Any]:
    """Return what the applicant wrote: wishes, answers to what is asked, documents, stay, host. Special-category data never stand here."""
    gather([application], "preferences", "answers", "documents", "round__questions")
    return {
        "programme": application.enrolment.programme if application.enrolment else "",
        "wishes": [
            {
                "rank": wish.rank,
                "destination": str(wish.destination.public_id),
                "name": {"nl": wish.destination.name("nl"), "en": wish.destination.name("en")},
                "term": wish.term,
            }
            for wish in application.preferences.all()
        ],
        "answers": [
            {
                "question": each.question.pk,
                "text": {"nl": each.question.text_nl, "en": each.question.text_en},
                "destination": str(each.destination.public_id) if each.destination else None,
                "answer": each.answer,
            }
            for each in asked_questions(application)
        ],
        "documents": [
            {
                "document": row.requirement_id,
                "title": {"nl": row.requirement.title_nl, "en": row.requirement.title_en},
                "file": str(row.file.public_id),
                "name": row.file.name,
                "type": row.file.content_type,
                "size": row.file.size,
                "sha256": row.file.sha256,
            }
            for row in application.documents.all()
        ],
        **_plans(application),
    }


def told_submission(
    application: Application, own: dict[str, Any], *, number: int, received_at: datetime, facts: Person, verdicts: Sequence[Verdict]
) -> str:
    """Return the whole of what is kept: what was written, by whom, what the student system knew, and the verdict on every destination."""
    row, person = application.round, application.person
    return canonical_json(
        {
            "format": FORMAT,
            "application": {"number": application.pk, "id": str(application.public_id), "submission": number},
            "round": {"id": str(row.public_id), "key": row.key, "title": {"nl": row.title_nl, "en": row.title_en}},
            "received_at": received_at,
            "received": told_moment(received_at, row.zone),
            "applicant": {"given_name": person.given_name, "family_name": person.family_name, "native_name": person.native_name},
            "record": _record(application, facts),
            "own": own,
            **_on_paper(application),
            "eligibility": _eligibility(verdicts),
        }
    )


def _on_paper(application: Application) -> dict[str, Any]:
    if not application.is_on_paper:
        return {}
    return {"on_paper": {"received_on": application.paper_received_on, "reason": application.paper_reason}}


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan_hash(own: dict[str, Any]) -> str:
    """Return the hash of where somebody wants to go and for what: what a line manager approves. Other answers may change."""
    return digest(canonical_json({name: own[name] for name in ("wishes", "stay", "host") if name in own}))


def _plans(application: Application) -> dict[str, Any]:
    """The stay and the host, where the application has them: what a round does not ask stands nowhere."""
    told: dict[str, Any] = {}
    stay = stay_of(application) if application.round.purposes else None
    host = host_of(application) if wishes_own_host(application) else None
    if stay is not None:
        sessions = [{"topic": each.topic, "hours": each.hours} for each in stay.sessions.all()] if application.round.is_for_staff else []
        told["stay"] = {
            "purpose": stay.purpose, "starts_on": stay.starts_on, "ends_on": stay.ends_on, "host_group": stay.host_group,
            "sessions": sessions,
        }  # fmt: skip
    if host is not None:
        country = host.country.iso2 if host.country else ""
        names = ("name", "website", "city", "contact_name", "contact_email", "tasks", "hours_week")
        told["host"] = {**{name: getattr(host, name) for name in names}, "country": country}
    return told


def own_hash(own: dict[str, Any]) -> str:
    """Return the hash of what the applicant wrote: equal texts, equal hash."""
    return digest(canonical_json(own))


def _record(application: Application, facts: Person) -> dict[str, Any]:
    standing = application.standing
    return {
        "as_of": standing.as_of if standing else None,
        "unit": standing.unit.key if standing else "",
        "is_enrolled": facts.is_enrolled,
        "cycle": int(facts.cycle) if facts.cycle else None,
        "programme": facts.programme,
        "faculty": facts.faculty,
        "subject": facts.subject.code if facts.subject else "",
        "credits": facts.credits,
        "average": facts.average,
        "bachelor_average": facts.bachelor_average,
        "languages": sorted(f"{skill.language} {skill.level}" for skill in facts.languages),
        "nationalities": facts.nationalities,
        **(_staff_record(application.appointment) if application.appointment else {}),
    }


def _staff_record(appointment: Appointment) -> dict[str, Any]:
    """What the staff system adds for a member of staff."""
    function = {"nl": appointment.title("nl"), "en": appointment.title("en")}
    return {"is_staff": True, "staff_category": appointment.category, "seniority": appointment.seniority, "function": function}


def _eligibility(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Every destination with the numbers of its reasons; each different reason stands once, in both languages."""
    known: dict[Reason, int] = {}
    told = {str(each.destination.public_id): [known.setdefault(reason, len(known)) for reason in each.refusals] for each in verdicts}
    reasons = [{"rule": reason.rule, "nl": reason.because.nl, "en": reason.because.en} for reason in known]
    return {"destinations": told, "reasons": reasons}
