"""The one door of the API: a middleware in front of sessions, languages of pages and forms, so that none of them answers a machine."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, ResolverMatch, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from goliard.api.callers import ApiRequest, caller_of
from goliard.api.problems import Problem, not_found, rendered
from goliard.api.v1.document import PREFIX, document
from goliard.api.v1.version import API
from goliard.apps.accounts.services.answers import Answer, KeyUsedOtherwise, answer_once
from goliard.rules.values.texts import Text

logger = logging.getLogger(__name__)
MOST_BYTES = 5 * 1024 * 1024
ROOT = "/api/"
DOCUMENT = f"{PREFIX}openapi.json"
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
_KEY = re.compile(r"[!-~]{1,100}")
_PLACE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


class ApiEntrance:
    """Answers everything below `/api/` itself; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._answer = GZipMiddleware(cast(Any, ConditionalGetMiddleware(cast(Any, answer))))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a machine, or pass the request on."""
        if request.path_info.startswith(ROOT):
            return cast(HttpResponse, self._answer(request))
        return self._get_response(request)


def answer(request: HttpRequest) -> HttpResponse:
    """Answer one request: with what it asks, or with a problem, in the language that it accepts."""
    language = _language(request)
    is_head = request.method == "HEAD"
    if is_head:
        request.method = "GET"
    with translation.override(language):
        try:
            response = _answered(cast(ApiRequest, request))
        except Problem as problem:
            response = rendered(problem)
        except Exception:
            logger.exception("the API failed")
            said = Text("De fout ligt bij ons, en staat in ons logboek.", "The fault is ours, and stands in our log.")
            response = rendered(Problem(500, "broken", said))
    if is_head:
        response.content = b""
    response["Content-Language"] = language
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    return response


def _answered(request: ApiRequest) -> HttpResponse:
    request.asked_at = timezone.now()
    if request.path_info == DOCUMENT and request.method == "GET":
        return JsonResponse(document())
    match, operation = _operation(request)
    request.caller = caller_of(request, request.asked_at)
    _refuse_unknown_parameters(request, operation)
    if request.method not in WRITES:
        return cast(HttpResponse, match.func(request, *match.args, **match.kwargs))
    _require_body(request, operation)
    return _once(request, lambda: cast(HttpResponse, match.func(request, *match.args, **match.kwargs)))


def _operation(request: HttpRequest) -> tuple[ResolverMatch, dict[str, Any]]:
    """Return the view and what the document says of it. Raises Problem: 404, or 405 with the methods that there are."""
    try:
        match = _resolver().resolve(request.path_info)
    except Resolver404:
        raise not_found() from None
    operations = document()["paths"].get(PREFIX + _PLACE.sub(r"{\1}", match.route))
    if operations is None:
        raise not_found()
    operation = operations.get((request.method or "").lower())
    if operation is None:
        allowed = ", ".join(sorted(method.upper() for method in operations))
        said = Text(f"Hier kan alleen: {allowed}.", f"Possible here: {allowed}.")
        raise Problem(405, "method-not-possible", said, headers={"Allow": allowed})
    return match, cast("dict[str, Any]", operation)


@cache
def _resolver() -> URLResolver:
    patterns, _app, _namespace = API.urls
    return URLResolver(RegexPattern(rf"^{PREFIX}"), cast(Any, patterns))


def _refuse_unknown_parameters(request: HttpRequest, operation: dict[str, Any]) -> None:
    """A parameter that nobody reads would be a filter that silently does nothing."""
    known = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
    if unknown := sorted(set(request.GET) - known):
        names = ", ".join(name[:40] for name in unknown[:5])
        raise Problem(400, "unknown-parameter", Text(f"Onbekende parameters: {names}.", f"Unknown parameters: {names}."))
    if any("\x00" in value or not _is_text(value) for values in request.GET.lists() for value in values[1]):
        raise Problem(400, "not-a-text", Text("Een parameter bevat tekens die geen tekst zijn.", "A parameter holds what is no text."))


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _require_body(request: HttpRequest, operation: dict[str, Any]) -> None:
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        too_large = size > MOST_BYTES or len(request.body) > MOST_BYTES
    except RequestDataTooBig:
        too_large = True
    if too_large:
        raise Problem(413, "too-large", Text("Een verzoek is hoogstens 5 MB groot.", "A request is 5 MB at most."))
    known = operation.get("requestBody", {}).get("content", {})
    if known and (request.content_type or "") not in known:
        names = ", ".join(known)
        raise Problem(415, "unknown-content-type", Text(f"Stuur de inhoud als {names}.", f"Send the content as {names}."))


def _once(request: ApiRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do a write once, however often a caller repeats it under the same `Idempotency-Key`."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    if not _KEY.fullmatch(key):
        said = Text("Een Idempotency-Key heeft 1 tot 100 leesbare tekens.", "An Idempotency-Key has 1 to 100 readable characters.")
        raise Problem(400, "bad-idempotency-key", said)
    answers: list[HttpResponse] = []

    def done() -> Answer:
        answers.append(act())
        return Answer(answers[0].status_code, answers[0].content.decode())

    whole = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    try:
        kept = answer_once(
            token=request.caller.token, key=key, request_hash=hashlib.sha256(whole).hexdigest(), now=request.asked_at, act=done
        )
    except KeyUsedOtherwise:
        said = Text("Deze Idempotency-Key hoorde bij een ander verzoek.", "This Idempotency-Key belonged to another request.")
        raise Problem(409, "idempotency-key-used", said) from None
    if not kept.is_repeated:
        return answers[0]
    return HttpResponse(
        kept.body.encode(), status=kept.status, content_type="application/json; charset=utf-8", headers={"Idempotency-Replayed": "true"}
    )


def _language(request: HttpRequest) -> str:
    """Dutch or English, as `Accept-Language` prefers; English where it names neither."""
    accepted = (code[:2] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((code for code in accepted if code in {"nl", "en"}), "en")
