"""Other identifiers of an institution, as manifests, the catalogue and the institutions API carry them: PIC, Erasmus code, charter."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.reading import ElementReader
from goliard.ewp_codec.writing import ElementWriter


@dataclass(frozen=True, slots=True)
class OtherId:
    """An identifier; `type` is `pic`, `erasmus`, `erasmus-charter`, `euc`, `previous-schac` or a local word."""

    type: str
    value: str


def parse_other_ids(parent: ElementReader) -> tuple[OtherId, ...]:
    """Read every `other-id` inside `parent`. Blanks inside a value count, as in Erasmus codes."""
    found = []
    for reader in parent.children("other-id"):
        found.append(OtherId(reader.attribute("type", required=True), reader.own_text().strip()))
        reader.close(mixed=True)
    return tuple(found)


def write_other_ids(parent: ElementWriter, other_ids: tuple[OtherId, ...]) -> None:
    """Write one `other-id` for each. Raises `Unwritable`."""
    for other in other_ids:
        parent.text("other-id", other.value).attribute("type", other.type)
