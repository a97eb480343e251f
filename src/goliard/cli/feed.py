"""`goliard feed students FILE.csv` and `goliard feed staff FILE.csv`: what other systems know of people, all of it or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goliard.cli.django_setup import UNPREPARED, setup

TOLD = {
    "nl": ("De aanlevering is verwerkt.", "Er is niets verwerkt; er is niets veranderd.", "Proef: er is niets veranderd."),
    "en": ("The feed is taken in.", "Nothing was taken in; nothing was changed.", "Dry run: nothing was changed."),
}
COUNTED = {
    "nl": "{rows} rijen: {new} nieuw, {changed} gewijzigd, {unchanged} gelijk, {older} ouder dan wat bekend is",
    "en": "{rows} rows: {new} new, {changed} changed, {unchanged} the same, {older} older than what is known",
}


@click.group(name="feed", short_help="Take in what other systems know.")
def command() -> None:
    """Feeds from the systems of the institution."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what each row would do, and change nothing.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the report.")
def students(file: Path, lang: str, *, dry_run: bool) -> None:
    """Take in FILE, a CSV of students and results (docs/guides/students.md). A fault anywhere: exit code 2, and nothing changed."""
    _take(file, lang, of_staff=False, dry_run=dry_run)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what each row would do, and change nothing.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the report.")
def staff(file: Path, lang: str, *, dry_run: bool) -> None:
    """Take in FILE, a CSV of staff and appointments (docs/guides/staff.md). A fault anywhere: exit code 2, and nothing changed."""
    _take(file, lang, of_staff=True, dry_run=dry_run)


def _take(file: Path, lang: str, *, of_staff: bool, dry_run: bool) -> None:
    setup()
    from django.db import OperationalError, ProgrammingError
    from django.utils import timezone

    from goliard.apps.people.services.student_feed import STAFF, STUDENTS, FeedRefused, read_feed, take_staff_feed, take_student_feed
    from goliard.rules.access.actor import system

    try:
        rows = read_feed(file.read_bytes(), STAFF if of_staff else STUDENTS)
        take = take_staff_feed if of_staff else take_student_feed
        report = take(rows=rows, actor=system("feed"), now=timezone.now(), dry_run=dry_run)
    except FeedRefused as refused:
        for line in refused.lines(lang):
            click.echo(f"{file.name}, {line}", err=True)
        click.echo(TOLD[lang][1], err=True)
        sys.exit(2)
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(f"{UNPREPARED[lang]} ({error})") from error
    if dry_run:
        for effect in report.effects:
            click.echo(f"{effect.row}\t{effect.student}\t{effect.effect}\t{', '.join(effect.columns)}")
    counts = {name: getattr(report, name) for name in ("rows", "new", "changed", "unchanged", "older")}
    click.echo(COUNTED[lang].format(**counts))
    click.echo(TOLD[lang][2 if dry_run else 0])
