"""What goes wrong is told as `application/problem+json` (RFC 9457), in Dutch or English, with the field where there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import get_language

from goliard.rules.values.texts import Text

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: Text("Verzoek niet begrepen", "Request not understood"),
    401: Text("Geen geldig token", "No valid token"),
    403: Text("Niet toegestaan", "Not allowed"),
    404: Text("Niet gevonden", "Not found"),
    405: Text("Methode niet mogelijk", "Method not possible"),
    409: Text("Past niet bij de stand van zaken", "Does not fit how things stand"),
    413: Text("Te groot", "Too large"),
    415: Text("Soort inhoud niet bekend", "Kind of content not known"),
    422: Text("Inhoud niet aanvaard", "Content not accepted"),
    429: Text("Te veel verzoeken", "Too many requests"),
    500: Text("Er ging hier iets mis", "Something broke here"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the field (`conditions.0.kind`; empty for the whole), the rule, the sentence, its source."""

    field: str
    rule: str
    message: Text
    source: str = ""


@dataclass(eq=False)
class Problem(Exception):
    """Ends the request with this answer. `code` is the word that a program may rely on; sentences may change."""

    status: int
    code: str
    detail: Text
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.code}"


def rendered(problem: Problem) -> HttpResponse:
    """Return the answer in the language that is active."""
    language = get_language() or "en"
    content = {
        "type": "about:blank",
        "title": TITLES[problem.status].in_language(language),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail.in_language(language),
        "errors": [
            {"field": each.field, "rule": each.rule, "message": each.message.in_language(language), "source": each.source}
            for each in problem.faults
        ],
    }
    return HttpResponse(
        json.dumps(content, ensure_ascii=False).encode(), status=problem.status, content_type=MEDIA_TYPE, headers=dict(problem.headers)
    )


def not_found(what: Text | None = None) -> Problem:
    """Nothing stands at this address that this token may see."""
    said = what or Text("Op dit adres staat niets dat dit token mag zien.", "Nothing stands at this address that this token may see.")
    return Problem(404, "not-found", said)


def forbidden(said: Text, code: str = "forbidden") -> Problem:
    """The token is known, and may not do this."""
    return Problem(403, code, said)
