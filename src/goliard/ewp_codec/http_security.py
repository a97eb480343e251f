"""How an API is secured: the `http-security` element of a manifest entry (sec-intro 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from goliard.ewp_codec.documents import local_name, namespace_of
from goliard.ewp_codec.namespaces import SECURITY
from goliard.ewp_codec.reading import ElementReader
from goliard.ewp_codec.writing import ElementWriter


@dataclass(frozen=True, slots=True)
class SecurityMethod:
    """One method: the name and namespace of its element, and attributes of older methods."""

    name: str
    namespace: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HttpSecurity:
    """The methods an endpoint allows. Empty encryption means TLS; empty client authentication means a method that no longer exists."""

    client_authentication: tuple[SecurityMethod, ...] = ()
    server_authentication: tuple[SecurityMethod, ...] = ()
    request_encryption: tuple[SecurityMethod, ...] = ()
    response_encryption: tuple[SecurityMethod, ...] = ()


def _method(name: str, specification: str) -> SecurityMethod:
    return SecurityMethod(name, f"https://github.com/erasmus-without-paper/ewp-specs-sec-{specification}/tree/stable-v1")


CLIENT_SIGNATURE: Final = _method("httpsig", "cliauth-httpsig")
CLIENT_ANONYMOUS: Final = _method("anonymous", "cliauth-none")
SERVER_CERTIFICATE: Final = _method("tlscert", "srvauth-tlscert")
SERVER_SIGNATURE: Final = _method("httpsig", "srvauth-httpsig")

#: What every private endpoint of ours declares: signed requests; answers under a TLS certificate, and signed when asked; TLS encryption.
SIGNED: Final = HttpSecurity((CLIENT_SIGNATURE,), (SERVER_CERTIFICATE, SERVER_SIGNATURE))

#: Methods whose elements are empty.
_KNOWN = frozenset(
    {CLIENT_SIGNATURE, CLIENT_ANONYMOUS, SERVER_CERTIFICATE, SERVER_SIGNATURE, _method("tls", "reqencr-tls"), _method("tls", "resencr-tls")}
)

_PARTS = (
    ("client-auth-methods", "client_authentication"),
    ("server-auth-methods", "server_authentication"),
    ("request-encryption-methods", "request_encryption"),
    ("response-encryption-methods", "response_encryption"),
)


def parse_http_security(reader: ElementReader) -> HttpSecurity:
    """Read an `http-security` element; the reader must have been opened with the security namespace inside."""
    security = HttpSecurity(**{field: tuple(_methods(reader, element)) for element, field in _PARTS})
    reader.close()
    return security


def write_http_security(writer: ElementWriter, security: HttpSecurity) -> None:
    """Write the content of an `http-security` element; the writer must have been opened with the security namespace inside."""
    for element, field in _PARTS:
        methods: tuple[SecurityMethod, ...] = getattr(security, field)
        if methods:
            inner = writer.child(element)
            for method in methods:
                if method.namespace in {"", SECURITY}:
                    raise inner.refuse(f"names {method.name}, which is no method of another namespace")
                if method.attributes and SecurityMethod(method.name, method.namespace) in _KNOWN:
                    raise inner.refuse(f"gives {method.name} attributes that it does not have")
                written = inner.foreign(method.name, method.namespace)
                for name, value in method.attributes:
                    written.attribute(name, value)


def _methods(parent: ElementReader, name: str) -> Iterator[SecurityMethod]:
    reader = parent.child(name)
    if reader is None:
        return
    if len(reader.element) == 0:
        reader.fault("names no method")
    for method in reader.anyone():
        namespace = namespace_of(method.element)
        if namespace in {"", SECURITY}:
            method.fault("is no method of another namespace")
        bare = SecurityMethod(local_name(method.element), namespace)
        if bare in _KNOWN:
            method.close_empty()
            yield bare
        else:
            attributes = tuple((str(key), str(value)) for key, value in method.element.attrib.items())
            yield SecurityMethod(bare.name, namespace, attributes)
    reader.close()
