"""Institutions as the registry knows them: the `hei` element of manifests and of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.other_ids import OtherId, parse_other_ids, write_other_ids
from goliard.ewp_codec.reading import ElementReader
from goliard.ewp_codec.writing import ElementWriter


@dataclass(frozen=True, slots=True)
class RegisteredHei:
    """An institution of the network, with its names and other identifiers."""

    hei_id: str
    names: tuple[LocalizedText, ...]
    other_ids: tuple[OtherId, ...] = ()


def parse_registered_hei(reader: ElementReader) -> RegisteredHei:
    """Read a `hei` element."""
    hei_id = reader.attribute("id", required=True).strip()
    other_ids = parse_other_ids(reader)
    hei = RegisteredHei(hei_id, reader.localized("name", at_least=1), other_ids)
    reader.close()
    return hei


def write_registered_hei(writer: ElementWriter, hei: RegisteredHei) -> None:
    """Write the content of a `hei` element. Raises `Unwritable`."""
    writer.attribute("id", hei.hei_id)
    write_other_ids(writer, hei.other_ids)
    writer.localized("name", hei.names, at_least=1)
