"""What we write, byte for byte. Published agreements are approved and kept as bytes, so a change here is a change that partners see.

After a change that is meant, `python -m tests.ewp_codec.test_golden_documents` writes the files anew; read the difference first.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.seeds import documents

from goliard.ewp_codec.documents import local_name, read_document
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.schemas import SchemaFolder

GOLDEN = Path(__file__).parent / "golden"
HASHED_TEXT = "iias-get-response.hashed.txt"


def written() -> dict[str, bytes]:
    """Every file by name: the documents, one element a line so that a difference can be read, and the hashed text of the agreement."""
    found = {f"{local_name(read_document(body))}.xml": body.replace(b"><", b">\n<") + b"\n" for body in documents()}
    (hashed,) = hash_iias(documents()[0])
    found[HASHED_TEXT] = f"{hashed.hash}\n".encode() + hashed.text.replace("__", "_\n_").encode() + b"\n"
    return found


@pytest.mark.parametrize("name", sorted(written()))
def test_what_we_write_has_not_changed(name: str) -> None:
    assert written()[name].decode() == (GOLDEN / name).read_bytes().decode()


def test_every_file_is_still_written() -> None:
    assert sorted(file.name for file in GOLDEN.iterdir()) == sorted(written())


@pytest.mark.parametrize("body", [pytest.param(body, id=local_name(read_document(body))) for body in documents()])
def test_what_we_write_is_valid(body: bytes, schemas: SchemaFolder) -> None:
    assert schemas.faults(body) == ()


if __name__ == "__main__":
    for name, content in written().items():
        (GOLDEN / name).write_bytes(content)
