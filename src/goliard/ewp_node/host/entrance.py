"""The one door: a WSGI application in front of Django's, so that nobody redirects, translates, compresses or signs in before an endpoint.

Most of an answer's time is its signature; what a page needs (request objects, signals, middleware) would double the rest.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.utils import timezone

from goliard.apps.network.queries import Standing, standing
from goliard.apps.network.services.answers import log_answer
from goliard.ewp_codec.catalogue import Catalogue
from goliard.ewp_codec.error_response import ErrorResponse, render_error_response
from goliard.ewp_codec.request_parameters import BadParameters, RequestParameters, parse_parameters
from goliard.ewp_codec.signatures.answers import Answer, sign_answer
from goliard.ewp_codec.signatures.refusals import CHALLENGE, SignatureRefused, UnknownKey
from goliard.ewp_codec.signatures.requests import Request, VerifiedRequest, unverified_answer_headers, verify_request
from goliard.ewp_node.host.endpoints import ENDPOINTS
from goliard.ewp_node.host.inquiries import Endpoint, Inquiry, NotPermitted, Reply
from goliard.ewp_node.host.wire import Environ, StartResponse, TooLarge, heard, respond
from goliard.ewp_node.identity import PREFIX, is_open, our_host, unlocked_key
from goliard.ewp_node.manifest import NoManifest
from goliard.ewp_node.trust import catalogue_with

logger = logging.getLogger(__name__)

#: How long what the database says of keys and catalogue holds: nothing beside the hours in which the network learns of a new key.
HOLDS = timedelta(seconds=1)


class NetworkEntrance:
    """Answers everything below `/ewp/` itself, once `GOLIARD_EWP_URL` is set; everything else goes on to the application behind it."""

    def __init__(
        self, application: Callable[[Environ, StartResponse], Iterable[bytes]], *, clock: Callable[[], datetime] = timezone.now
    ) -> None:
        self._application, self._clock = application, clock
        self._standing: tuple[datetime, Standing] | None = None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the network, or pass the request on."""
        if not (is_open() and environ.get("PATH_INFO", "").startswith(PREFIX)):
            return self._application(environ, start_response)
        if not connection.in_atomic_block:  # a test asks from within a transaction, which ends with its connection
            connection.close_if_unusable_or_obsolete()  # as Django does where a request begins
        return self._answer(environ, start_response, self._clock())

    def _answer(self, environ: Environ, start_response: StartResponse, now: datetime) -> Iterable[bytes]:
        """Answer one request: with what it asks, or with an `error-response`; signed where it asks for that."""
        begun = time.perf_counter()
        name = environ["PATH_INFO"].removeprefix(PREFIX).rstrip("/")
        try:
            message = heard(environ)
        except TooLarge as large:
            return respond(_refusal(413, str(large)), Answer(), start_response)
        talk = Talk(self._how_we_stand, self._look_again)
        reply = _reply(environ, message, ENDPOINTS.get(name), talk, now)
        if "authorization" in dict(message.headers):
            _log(name, talk, reply, begun, now)
        return respond(reply, _signed(message, talk, reply, now), start_response)

    def _how_we_stand(self, now: datetime) -> Standing:
        """What the database said within the last second, or says now."""
        held = self._standing
        return self._look_again(now) if held is None or not timedelta() <= now - held[0] < HOLDS else held[1]

    def _look_again(self, now: datetime) -> Standing:
        """What the database says now."""
        self._standing = (now, standing(now))
        return self._standing[1]


class TurnedAway(Exception):
    """The request gets no further than the door."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers or {}


@dataclass
class Talk:
    """What is known of an exchange while it goes on, for the log."""

    how_we_stand: Callable[[datetime], Standing]
    look_again: Callable[[datetime], Standing]
    hei_ids: tuple[str, ...] = ()
    verified: VerifiedRequest | None = None
    parameters: RequestParameters | None = None


def _reply(environ: Environ, message: Request, endpoint: Endpoint | None, talk: Talk, now: datetime) -> Reply:
    try:
        return _answered(environ, message, endpoint, talk, now)
    except TurnedAway as turned:
        return _refusal(turned.status, str(turned), turned.headers)
    except SignatureRefused as refused:
        return _refusal(refused.status, str(refused), CHALLENGE if refused.status == 401 else {})
    except (BadParameters, NotPermitted) as refused:
        return _refusal(403 if isinstance(refused, NotPermitted) else 400, str(refused))
    except NoManifest as missing:
        return _refusal(503, str(missing))
    except Exception:
        logger.exception("an endpoint of the network failed")
        return _refusal(500, "something is broken here; our log knows what")


def _answered(environ: Environ, message: Request, endpoint: Endpoint | None, talk: Talk, now: datetime) -> Reply:
    """Ask the endpoint, once method, transport, signature and key are in order."""
    if endpoint is None:
        raise TurnedAway(404, "there is no such endpoint; our manifest lists those that there are")
    if message.method not in endpoint.methods:
        raise TurnedAway(405, f"use {' or '.join(endpoint.methods)}", {"Allow": ", ".join(endpoint.methods)})
    if settings.SECURE_SSL_REDIRECT and not WSGIRequest(environ).is_secure():  # a proxy may say so in a header
        raise TurnedAway(403, "this endpoint answers over TLS only")
    if endpoint.signed:
        try:
            _recognise(message, talk, talk.how_we_stand(now), now)
        except UnknownKey:  # a catalogue may have come in within the last second: nobody is refused for what was
            _recognise(message, talk, talk.look_again(now), now)
    talk.parameters = _parameters(message)
    return endpoint.answer(Inquiry(talk.hei_ids, talk.parameters, now))


def _recognise(message: Request, talk: Talk, stand: Standing, now: datetime) -> None:
    trusted = catalogue_with(stand.catalogue)
    talk.verified = _verified(message, trusted, now)
    talk.hei_ids = trusted.heis_of_client_key(talk.verified.key_id)
    if not talk.hei_ids:
        raise TurnedAway(403, "the catalogue knows no institution that your key speaks for")


def _verified(message: Request, trusted: Catalogue, now: datetime) -> VerifiedRequest:
    verified = verify_request(message, key_of=trusted.client_key, now=now)
    if verified.headers["host"].partition(":")[0].lower() != our_host():  # the port is the proxy's business
        raise SignatureRefused(f"the signed Host header is not ours, which is {our_host()}")
    return verified


def _parameters(message: Request) -> RequestParameters:
    """A POST says everything in its form; what stands in its query string does not count."""
    if message.method == "GET":
        return parse_parameters(message.target.partition("?")[2].encode("latin-1", "replace"))
    kind = dict(message.headers).get("content-type", "").partition(";")[0].strip().lower()
    if message.body and kind != "application/x-www-form-urlencoded":
        raise BadParameters("the body of a POST is a form: application/x-www-form-urlencoded")
    return parse_parameters(message.body)


def _refusal(status: int, message: str, headers: dict[str, str] | None = None) -> Reply:
    printable = "".join(character if character.isprintable() else "?" for character in message)
    return Reply(render_error_response(ErrorResponse(printable)), status=status, headers=headers or {}, message=printable)


def _signed(message: Request, talk: Talk, reply: Reply, now: datetime) -> Answer:
    """The headers of a signature, none where no signed answer was asked for or no key can sign."""
    request_id, signature, is_wanted = _to_repeat(message, talk)
    if not is_wanted or not f"{request_id}{signature}".isascii():
        return Answer()
    stands = talk.how_we_stand(now)
    if not stands.key_id or (key := unlocked_key(stands.key_id, stands.encrypted_private)) is None:
        return Answer()
    return sign_answer(Answer((), reply.body), key=key, now=now, request_id=request_id, request_signature=signature)


def _to_repeat(message: Request, talk: Talk) -> tuple[str, str, bool]:
    """What a signed answer repeats of its request, and whether one is wanted: refusals are signed too, of requests that do not hold."""
    if (verified := talk.verified) is not None:
        return verified.request_id, verified.signature, verified.wants_signed_answer
    try:
        return unverified_answer_headers(message.headers)
    except SignatureRefused:
        return "", "", False


def _log(name: str, talk: Talk, reply: Reply, begun: float, now: datetime) -> None:
    log_answer(
        endpoint=name if name in ENDPOINTS else "(unknown)",
        status=reply.status,
        milliseconds=round((time.perf_counter() - begun) * 1000),
        now=now,
        hei_id=" ".join(talk.hei_ids),
        key_id="" if talk.verified is None else talk.verified.key_id,
        parameters=None if talk.parameters is None else talk.parameters.values,
        message=reply.message,
    )
