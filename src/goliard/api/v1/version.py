"""The API of version 1: its routers, and how what a use case refuses becomes a problem."""

from __future__ import annotations

import json
from typing import Any, cast

from django.core.exceptions import ValidationError as FieldsRefused
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from goliard.api.problems import Fault, Problem, not_found, rendered
from goliard.api.v1 import agreement_writes, counts, partners, places, student_feed
from goliard.api.validation import invalid
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text


class TextOnly(Parser):
    """Reads JSON of which every string can be stored: no NUL, no half a character."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body holds. Raises ValueError, which Ninja turns into a 400."""
        found = json.loads(request.body, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
        if b"\\u0000" in request.body or b"\x00" in request.body:
            raise ValueError("NUL")
        return found


def _no_number(name: str) -> None:
    raise ValueError(name)


API = NinjaAPI(
    title="Goliard",
    version="1.0.0",
    description="Agreements, partners, places and exchange counts of the exchange office, for the other systems of the university.",
    openapi_url=None,
    docs_url=None,
    servers=[{"url": "/", "description": "this installation"}],
    parser=TextOnly(),
    urls_namespace="goliard-api-v1",
)
# the writes of agreements stand on the router of their reads: an address has one view
for router in (agreement_writes.router, partners.router, places.router, counts.router, student_feed.router):
    API.add_router("", router)


@API.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return rendered(cast(Problem, problem))


@API.exception_handler(ValidationError)
def _invalid(request: HttpRequest, found: Any) -> HttpResponse:
    return rendered(invalid(found.errors))


@API.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """Ninja raises it for a body that is no JSON, and for nothing else here."""
    said = Text("De inhoud is geen JSON die wij kunnen lezen.", "The content is no JSON that we can read.")
    return rendered(Problem(400, "not-json", said))


@API.exception_handler(Http404)
def _absent(request: HttpRequest, error: Any) -> HttpResponse:
    return rendered(not_found())


@API.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Any) -> HttpResponse:
    faults = tuple(Fault(reason.field, reason.rule, reason.because, reason.source) for reason in refused.reasons)
    return rendered(Problem(422, "refused", faults[0].message if faults else Text("Geweigerd.", "Refused."), faults))


@API.exception_handler(FieldsRefused)
def _fields(request: HttpRequest, refused: Any) -> HttpResponse:
    """A model's own words, in the language that is active."""
    by_field = refused.message_dict if hasattr(refused, "error_dict") else {"__all__": refused.messages}
    faults = tuple(
        Fault("" if name == "__all__" else name, "field", Text(message, message)) for name, said in by_field.items() for message in said
    )
    if _is_taken(refused):
        return rendered(Problem(409, "there-already", faults[0].message, faults))
    return rendered(Problem(422, "refused", faults[0].message, faults))


def _is_taken(refused: FieldsRefused) -> bool:
    lists = refused.error_dict.values() if hasattr(refused, "error_dict") else [refused.error_list]
    return any(each.code in {"unique", "unique_together"} for errors in lists for each in errors)


@API.exception_handler(IntegrityError)
def _taken_meanwhile(request: HttpRequest, error: Any) -> HttpResponse:
    said = Text("Een ander verzoek schreef dit tegelijk: lees het opnieuw.", "Another request wrote this at the same time: read it again.")
    return rendered(Problem(409, "changed-meanwhile", said))


@API.exception_handler(InvalidValue)
def _invalid_value(request: HttpRequest, invalid_value: Any) -> HttpResponse:
    return rendered(Problem(422, "invalid", invalid_value.text))


@API.exception_handler(TransitionRefused)
def _not_from_here(request: HttpRequest, refused: Any) -> HttpResponse:
    return rendered(Problem(409, "not-from-here", refused.reason))


@API.exception_handler(ChangedMeanwhile)
def _changed(request: HttpRequest, error: Any) -> HttpResponse:
    said = Text("Iemand anders heeft dit intussen gewijzigd: lees het opnieuw.", "Somebody else changed this meanwhile: read it again.")
    return rendered(Problem(409, "changed-meanwhile", said))
