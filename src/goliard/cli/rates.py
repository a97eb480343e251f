"""`goliard rates`: the tables behind `goliard budget`, to read, to start an own one from, and to check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goliard.cli.grant_options import chosen_table, say
from goliard.rules.grants.carry_forward import carry_forward
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import published_table, shipped
from goliard.rules.grants.toml_dump import dump_table, version


@click.group(name="rates", short_help="The tables of rates.")
def command() -> None:
    """Tables of rates: one file an action and a call, every figure with its status and sources."""


@command.command(name="list")
def list_tables() -> None:
    """List the shipped tables, with how many figures of each are unverified or missing."""
    for action, call in shipped():
        print(_overview(published_table(action, call)))


@command.command()
@click.argument("action")
@click.argument("call", type=int)
def show(action: str, call: int) -> None:
    """Print a shipped table as TOML: `goliard rates show KA171 2022 > own.toml` begins an own one."""
    print(dump_table(chosen_table(action, call, None, "en")), end="")


@command.command()
@click.argument("action")
@click.argument("call", type=int)
@click.argument("to_call", type=int)
def carry(action: str, call: int, to_call: int) -> None:
    """Print a shipped table under another call, every figure marked as not verified: for a call whose figures are not out."""
    print(dump_table(carry_forward(chosen_table(action, call, None, "en"), to_call)), end="")


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check an own table: exit code 0 and its version, or 2 and what is wrong with it."""
    table = chosen_table(None, None, file, "en")
    print(_overview(table))
    for figure in table.figures:
        if figure.status is Status.MISSING:
            say(f"missing: {figure.label}")
    sys.exit(0)


def _overview(table: Table) -> str:
    statuses = [figure.status for figure in table.figures]
    missing = statuses.count(Status.MISSING)
    unverified = sum(not status.is_verified for status in statuses) - missing
    return f"{table.action} {table.call}  {len(statuses)} figures, {unverified} unverified, {missing} missing  {version(table)[:12]}"
