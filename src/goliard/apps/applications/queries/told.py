"""An application in words that a hash can be made of: what is kept byte for byte when it is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.eligibility import Verdict
from goliard.apps.applications.queries.form import asked_questions, gather
from goliard.apps.journal.hashing import canonical_json
from goliard.rules.applications.lateness import told_moment
from goliard.rules.eligibility.facts import Person
from goliard.rules.values.texts import Reason

FORMAT = "goliard application 1"


def told_own(application: Application) -> dict[str, Any]:
    """Return what the applicant wrote: wishes, answers to what is asked, documents. Special-category data never stand here."""
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
            "eligibility": _eligibility(verdicts),
        }
    )


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def own_hash(own: dict[str, Any]) -> str:
    """Return the hash of what the applicant wrote: equal texts, equal hash."""
    return digest(canonical_json(own))


def _record(application: Application, facts: Person) -> dict[str, Any]:
    enrolment = application.enrolment
    return {
        "as_of": enrolment.as_of if enrolment else None,
        "unit": enrolment.unit.key if enrolment else "",
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
    }


def _eligibility(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Every destination with the numbers of its reasons; each different reason stands once, in both languages."""
    known: dict[Reason, int] = {}
    told = {str(each.destination.public_id): [known.setdefault(reason, len(known)) for reason in each.refusals] for each in verdicts}
    reasons = [{"rule": reason.rule, "nl": reason.because.nl, "en": reason.because.en} for reason in known]
    return {"destinations": told, "reasons": reasons}
