"""`goliard ewp …`: tools for the Erasmus Without Paper network. `hash` needs neither database nor configuration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from goliard.cli.ewp_network import network
from goliard.cli.ewp_node import catalogue, check, keys, manifest, work


@click.group(name="ewp")
def command() -> None:
    """Tools for the Erasmus Without Paper network."""


@command.command(name="hash")
@click.argument("file", type=click.File("rb"))
@click.option("--text", "with_text", is_flag=True, help="Print under each line the text that is hashed.")
@click.option(
    "--schemas",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="GOLIARD_EWP_SCHEMAS",
    help="Folder with the official schemas: validate against them too.",
)
def hash_command(file: BinaryIO, *, with_text: bool, schemas: Path | None) -> None:
    """Print the hash of every agreement in FILE: one line an agreement, the hash first, then its iia-id.

    FILE is the answer of `iias get` (version 7) or a bare <iia>; `-` reads standard input. The file is hashed as found, each <iia> as a
    document of its own; an agreement without iia-id shows as `-`. What the file does against its schema goes to standard error and does
    not change the exit code. Exit code 2: the file cannot be read safely (a DTD, another encoding than it says, far too large) or holds
    no agreement at all.
    """
    from goliard.ewp_codec.documents import ANSWER, RefusedDocument
    from goliard.ewp_codec.iias.conditions_hash import hash_iias

    name = getattr(file, "name", "-")
    body = file.read(ANSWER.bytes + 1)
    try:
        hashed = hash_iias(body)
        for fault in _faults(body, schemas):
            click.echo(f"{name}: {fault}", err=True)
    except RefusedDocument as refused:
        click.echo(f"{name}: {refused}", err=True)
        sys.exit(2)
    if not hashed and b"iias-get-response" not in body:
        click.echo(f"{name}: no <iia> in this file", err=True)
        sys.exit(2)
    for iia in hashed:
        if iia.declared not in {"", iia.hash}:
            click.echo(f"{name}: {_printable(iia.iia_id) or '-'} declares another hash: {_printable(iia.declared)}", err=True)
        click.echo(f"{iia.hash} {_printable(iia.iia_id) or '-'}".encode())
        if with_text:
            click.echo(iia.text.encode())


def _faults(body: bytes, schemas: Path | None) -> list[str]:
    from goliard.ewp_codec.iias.faults import iia_faults
    from goliard.ewp_codec.schemas import SchemaFolder

    faults = [str(fault) for fault in iia_faults(body)]
    if schemas is not None:
        faults += SchemaFolder(schemas).faults(body)
    return faults


def _printable(text: str) -> str:
    """An id from a foreign file on one line of a terminal: blanks trimmed, control characters visible."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text.strip())


for each in (keys, manifest, catalogue, work, check, network):
    command.add_command(each)
