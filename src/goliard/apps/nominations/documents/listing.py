"""The list of one destination as rows for CSV, and as PDF/A-2b."""

from __future__ import annotations

import json
from importlib import resources

import typst

from goliard.apps.institutions.models import Organisation
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.queries.lists import told_to_partner
from goliard.apps.rounds.models import RoundDestination
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.texts import Text

COLUMNS = (
    Text("Nummer", "Number"), Text("Naam", "Name"), Text("E-mail", "E-mail"), Text("Opleiding", "Programme"), Text("Niveau", "Level"),
    Text("Vakgebied (ISCED-F)", "Subject (ISCED-F)"), Text("Semester", "Semester"), Text("Staat", "State"),
)  # fmt: skip
TITLE = Text("Nominaties {year}", "Nominations {year}")
TERMS = {
    "any": Text("", ""),
    "autumn": Text("herfst", "autumn"),
    "spring": Text("voorjaar", "spring"),
    "year": Text("heel jaar", "whole year"),
}
STATES = {
    "sent": Text("genomineerd", "nominated"), "confirmed": Text("bevestigd", "confirmed"), "refused": Text("geweigerd", "refused"),
}  # fmt: skip


def list_rows(destination: RoundDestination, language: str) -> list[list[str]]:
    """Return the heading and one row for each person that the partner was told of."""
    rows = told_to_partner(destination).prefetch_related("offer__application__person__emails")
    return [[column.in_language(language) for column in COLUMNS], *(_row(row, language) for row in rows)]


def list_pdf(destination: RoundDestination, language: str) -> bytes:
    """Return the list as PDF/A-2b."""
    home = Organisation.objects.filter(is_home=True).first()
    heading, *rows = list_rows(destination, language)
    until = destination.nominate_by
    deadline = Text(f"Termijn: {until:%d-%m-%Y}", f"Deadline: {until.isoformat()}").in_language(language) if until else ""
    data = {
        "lang": language,
        "title": TITLE.in_language(language).format(year=destination.round.academic_year),
        "home": home.name(language) if home else "",
        "partner": destination.name(language),
        "deadline": deadline,
        "heading": heading,
        "rows": rows,
    }
    template = resources.files(__package__).joinpath("listing.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf: bytes = typst.compile(template, format="pdf", sys_inputs=inputs, pdf_standards="a-2b")
    return pdf


def _row(row: Nomination, language: str) -> list[str]:
    application = row.offer.application
    standing, emails = application.standing, application.person.emails.all()
    return [
        str(row.public_id)[:8],
        application.person.full_name,
        emails[0].email if emails else "",
        standing.title(language) if standing else "",
        EqfLevel(application.enrolment.cycle).label.in_language(language) if application.enrolment else "",
        standing.subject if standing else "",
        TERMS[row.offer.pool.term].in_language(language),
        STATES[row.state].in_language(language),
    ]
