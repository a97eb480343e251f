"""What the commands about grants share: which table, which language, and how to stop."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from goliard.rules.grants.faults import TableFault
from goliard.rules.grants.figures import meaning_of
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import NoSuchTable, published_table
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.texts import Text

Command = TypeVar("Command", bound=Callable[..., Any])


def grant_options(command: Command) -> Command:
    """Add `--action`, `--call`, `--table` and `--lang`."""
    for option in (
        click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of sentences."),
        click.option("--table", "table_file", type=click.Path(path_type=Path), help="Rates of your own, instead of the shipped table."),
        click.option("--call", type=int, help="Year of the call, such as 2022."),
        click.option("--action", help="KA107, KA131 or KA171."),
    ):
        command = option(command)
    return command


def chosen_table(action: str | None, call: int | None, table_file: Path | None, lang: str) -> Table:
    """The table that the options name; ends the program with exit code 2 where there is none."""
    if table_file is None:
        if action is None or call is None:
            _stop(Text(nl="geef --action en --call, of --table", en="give --action and --call, or --table"), lang)
        return _published(action.upper(), call, lang)
    try:
        table = parse_table(table_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TableFault) as error:
        _stop(Text(nl=f"{table_file}: geen tabel: {error}", en=f"{table_file}: no table: {error}"), lang)
    if ((action or table.action).upper(), call or table.call) != (table.action, table.call):
        sentence = f"{table_file}: {table.action} {table.call}"
        _stop(
            Text(nl=f"de tabel is van een andere actie of call ({sentence})", en=f"the table is of another action or call ({sentence})"),
            lang,
        )
    return table


def _published(action: str, call: int, lang: str) -> Table:
    try:
        return published_table(action, call)
    except NoSuchTable as none:
        known = ", ".join(f"{name} {year}" for name, year in none.known)
        sentence = Text(nl=f"geen tabel voor {action} {call}; er zijn {known}", en=f"no table for {action} {call}; there are {known}")
        _stop(sentence, lang)


def missing_figures(figures: dict[str, str], lang: str) -> NoReturn:
    """Name the figures that are missing, and end the program with exit code 3."""
    label = Text(nl="ontbrekend cijfer", en="missing figure").in_language(lang)
    for name, note in figures.items():
        say(f"{label}: {in_words(name, lang)}" + (f" ({note})" if note else ""))
    sys.exit(3)


def warn_unverified(names: Iterable[str], lang: str) -> None:
    """Name the unverified figures on stderr."""
    label = Text(nl="let op: niet geverifieerd", en="warning: not verified").in_language(lang)
    for name in names:
        say(f"{label}: {in_words(name, lang)}")


def in_words(name: str, lang: str) -> str:
    """A figure's name, and what it means in the reader's language."""
    meaning = meaning_of(name)
    return f"{name}: {meaning.in_language(lang)}" if meaning else name


def print_document(document: dict[str, Any]) -> None:
    """Print JSON in UTF-8 on stdout, whatever the terminal speaks."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1).encode())


def print_text(text: str) -> None:
    """Print on stdout; what the terminal cannot write becomes a question mark, and not an accident."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def say(sentence: str) -> None:
    """One line on stderr."""
    print(sentence, file=sys.stderr)


def _stop(sentence: Text, lang: str) -> NoReturn:
    say(sentence.in_language(lang))
    sys.exit(2)
