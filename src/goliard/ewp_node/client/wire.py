"""One request over HTTPS and its answer, exactly as they stand on the wire: no redirect, no cookie, no proxy, bounded in size and time.

The address is resolved once and only public ones are called (`GOLIARD_EWP_PRIVATE=yes` opens private ones, for a network on one machine),
so that no entry of a catalogue makes us talk to our own house.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from threading import Timer
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from goliard.ewp_codec.documents import ANSWER, Limits, RefusedDocument, read_body
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.client.failures import CannotAsk, Unreachable

CONNECT = 10.0  # seconds for each address of a host
WHOLE = 60.0  # seconds from the first byte sent to the last one read
CHUNK = 64 * 1024
_IN_PATH = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: host, port and target; `host_header` as it is sent and signed."""

    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """The Host header: the port stands there unless it is that of https."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == 443 else f"{name}:{self.port}"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def place_of(url: str) -> Place:
    """Return where an address of the catalogue leads. Raises CannotAsk for anything but an https address of a host."""
    try:
        parts: SplitResult = urlsplit(url.strip())
        port = parts.port or 443
    except ValueError:
        raise CannotAsk(f"{url} is no address") from None
    if parts.scheme.lower() != "https" or not parts.hostname or parts.username is not None:
        raise CannotAsk(f"{url} is no https address of a host")
    target = quote(parts.path or "/", safe=_IN_PATH) + (f"?{quote(parts.query, safe=_IN_PATH + '?')}" if parts.query else "")
    return Place(parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname, port, target)


def exchange(request: Request, place: Place, limits: Limits = ANSWER, *, is_chosen_by_us: bool = False) -> Heard:
    """Send a request and return its answer. Raises Unreachable, and CannotAsk for a host without a public address.

    A place that is chosen by us stands in our configuration and in no catalogue: it may lie inside our own house.
    """
    connection = _Connection(place, _address(place, is_private_allowed=is_chosen_by_us or settings.GOLIARD_EWP_PRIVATE))
    watch = Timer(WHOLE, connection.break_off)
    watch.daemon = True
    watch.start()
    try:
        return _exchange(connection, request, limits)
    except RefusedDocument as refused:
        raise Unreachable(str(refused)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        told = f"no answer within {WHOLE:.0f} seconds" if connection.is_broken_off else _told(error)
        raise Unreachable(f"{place.host_header}: {told}") from error
    finally:
        watch.cancel()
        connection.close()


def _exchange(connection: _Connection, request: Request, limits: Limits) -> Heard:
    connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers:
        connection.putheader(name, value)
    if request.method in {"POST", "PUT"}:
        connection.putheader("Content-Length", str(len(request.body)))
    connection.endheaders(request.body or None)
    answer = connection.getresponse()
    body = read_body(iter(lambda: answer.read(CHUNK), b""), limits)
    return Heard(answer.status, tuple(answer.getheaders()), body)


class _Connection(http.client.HTTPSConnection):
    """A connection to one address that was chosen before; the certificate must still name the host."""

    def __init__(self, place: Place, address: str) -> None:
        self._tls = tls_context()
        super().__init__(place.host, place.port, timeout=CONNECT, context=self._tls)
        self._address = address
        self.is_broken_off = False

    def connect(self) -> None:
        """Connect to the chosen address."""
        plain = socket.create_connection((self._address, self.port), CONNECT)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self.sock.settimeout(WHOLE)
        if self.is_broken_off:  # while there was nothing yet to break off
            raise TimeoutError

    def break_off(self) -> None:
        """End whatever is still being said, from another thread."""
        self.is_broken_off = True
        if (sock := self.sock) is not None:
            with contextlib.suppress(OSError):  # it ended by itself
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _address(place: Place, *, is_private_allowed: bool) -> str:
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(f"{place.host}: {_told(error)}") from error
    for *_, address in found:
        text = str(address[0])
        if is_private_allowed or is_public(text):
            return text
    raise CannotAsk(f"{place.host} has no public address; a partner is not called inside our own house")


def is_public(address: str) -> bool:
    """Whether an address lies outside every private, local and reserved range."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not (mapped or found).is_multicast


def tls_context() -> ssl.SSLContext:
    """Return the context in which certificates are checked: the system's authorities, and those of `GOLIARD_EWP_CA`."""
    return _context(str(settings.GOLIARD_EWP_CA))


@lru_cache(maxsize=4)
def _context(authorities: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authorities:
        context.load_verify_locations(authorities)
    return context


def _told(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {error.verify_message}"
    return str(error) or type(error).__name__
