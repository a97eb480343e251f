"""The body of every refusal on the network: one message for the other developer, any number for the other user."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import ARCHITECTURE
from goliard.ewp_codec.reading import Parsed, open_document
from goliard.ewp_codec.writing import new_document, to_bytes


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """What went wrong. `user_messages` are meant for a person at the asking side and stay empty for technical faults."""

    developer_message: str
    user_messages: tuple[LocalizedText, ...] = ()


def parse_error_response(body: bytes, limits: Limits = ANSWER) -> Parsed[ErrorResponse]:
    """Read an error. Raises `RefusedDocument` where the body is no error response, such as a proxy's web page."""
    reader, faults = open_document(body, "error-response", ARCHITECTURE, limits)
    error = ErrorResponse(reader.text("developer-message", required=True), reader.localized("user-message"))
    reader.close()
    return Parsed(error, faults.as_tuple())


def render_error_response(error: ErrorResponse) -> bytes:
    """Write an error. Raises `Unwritable`."""
    writer = new_document("error-response", ARCHITECTURE)
    writer.text("developer-message", error.developer_message)
    writer.localized("user-message", error.user_messages)
    return to_bytes(writer)
