"""`goliard demo`: the demonstration university on one's own machine, from nothing to a served page."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goliard.cli.demo_call import fill_calls
from goliard.cli.demo_kinds import fill_kinds
from goliard.cli.demo_rounds import fill_rounds
from goliard.cli.prepare import prepare
from goliard.cli.serve import refuse_taken_port, serve

if TYPE_CHECKING:
    from goliard.apps.accounts.demonstration import DemonstrationAccount

UNIVERSITY = Path(__file__).resolve().parents[1] / "demo" / "university"
AGREEMENTS = UNIVERSITY.with_name("agreements")  # invented ones, marked as such wherever they count
FACULTY, PARTNER = "leiden-science", "essti"


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Put the data back as they were, and stop. Stop a running demonstration first.")
def command(port: int, *, reset: bool) -> None:
    """Prepare, load the demonstration university into an empty database, print address and sign-ins, serve."""
    _only_demonstration()
    if reset:
        _remove_data()
    else:
        refuse_taken_port("127.0.0.1", port)
    prepare()
    accounts = fill()
    if reset:
        click.echo("The demonstration stands as at the beginning: `make demo` serves it.")
        return
    _welcome(port, accounts)
    serve(host="127.0.0.1", port=port)


def fill() -> tuple[DemonstrationAccount, ...]:
    """Load the demonstration university where there is no home institution yet, and its invented agreements where there are none.

    Returns the demonstration accounts.
    """
    from django.utils import timezone

    from goliard.apps.accounts.demonstration import create_demonstration_accounts
    from goliard.apps.agreements.models import Agreement
    from goliard.apps.institutions.models import Organisation, OrganizationalUnit
    from goliard.apps.institutions.queries import home_institution
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    actor = system("demonstration")
    if home_institution() is None:
        load_folder(folder=UNIVERSITY, actor=actor, now=timezone.now())
    faculty = OrganizationalUnit.objects.filter(key=FACULTY).first()
    partner = Organisation.objects.filter(key=PARTNER).first()
    if faculty is None or partner is None:  # somebody's own data stand in this database: no sign-ins are made for it
        return ()
    if not Agreement.objects.exists():
        load_folder(folder=AGREEMENTS, actor=actor, now=timezone.now())
    accounts = create_demonstration_accounts(faculty=faculty, partner=partner, actor=actor, now=timezone.now())
    fill_calls(actor=actor, now=timezone.now())
    fill_rounds(actor=actor, now=timezone.now())
    fill_kinds(actor=actor, now=timezone.now())
    return accounts


def _only_demonstration() -> None:
    from goliard.cli.django_setup import setup

    setup()
    from django.conf import settings

    if not settings.GOLIARD_DEMO:
        raise click.ClickException("These settings are no demonstration (GOLIARD_DEMO); nothing was done.")


def _remove_data() -> None:
    """Remove the embedded database and the stored files; any other database is left alone."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        raise click.ClickException("Only the embedded database is reset; empty this one yourself.")
    file = Path(database["NAME"])
    for each in (file, *(file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm", "-journal"))):
        each.unlink(missing_ok=True)
    shutil.rmtree(settings.DATA / "files", ignore_errors=True)


def _welcome(port: int, accounts: tuple[DemonstrationAccount, ...]) -> None:
    address = f"http://127.0.0.1:{port}"
    click.echo(f"\nGoliard: {address}/en/  {address}/nl/   (Ctrl-C stops it)")
    if accounts:
        click.echo(f"Sign in at {address}/en/account/sign-in/ with the password {accounts[0].password}")
        width = max(len(account.email) for account in accounts)
        for account in accounts:
            click.echo(f"  {account.email:{width}}  {account.display_name}")
    sys.stdout.flush()
