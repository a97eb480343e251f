"""Echo 2.0: says back who the asker is known to be, and what it said."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.namespaces import ECHO
from goliard.ewp_codec.reading import Parsed, open_document
from goliard.ewp_codec.writing import new_document, to_bytes


@dataclass(frozen=True, slots=True)
class Echo:
    """`hei_ids` are the institutions that the asker's key covers; `echoes` keep their order and their doubles."""

    hei_ids: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()


def parse_echo(body: bytes, limits: Limits = ANSWER) -> Parsed[Echo]:
    """Read the answer of echo. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "response", ECHO, limits)
    echo = Echo(reader.texts("hei-id"), reader.texts("echo"))
    reader.close()
    return Parsed(echo, faults.as_tuple())


def render_echo(echo: Echo) -> bytes:
    """Write the answer of echo. Raises `Unwritable`, also for an echo that XML cannot carry (control characters)."""
    writer = new_document("response", ECHO)
    writer.texts("hei-id", echo.hei_ids)
    writer.texts("echo", echo.echoes)
    return to_bytes(writer)
