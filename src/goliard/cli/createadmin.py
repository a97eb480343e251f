"""`goliard createadmin`: the first account of an installation, or a way back in."""

from __future__ import annotations

import sys

import click

from goliard.cli.django_setup import setup


@click.command()
@click.option("--email", required=True, help="The address that signs in.")
@click.option("--name", default="Administrator", show_default=True, help="The name that others see.")
@click.option("--forget-second-factor", is_flag=True, help="Remove a lost authenticator app and its recovery codes as well.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input instead of asking.")
def command(email: str, name: str, forget_second_factor: bool, password_stdin: bool) -> None:
    """Make an administrator, or give an existing account a password and the administrator's role."""
    setup()
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from goliard.apps.accounts import services
    from goliard.rules.access.actor import system

    password = _password(from_stdin=password_stdin)
    try:
        user = services.create_administrator(
            email=email, display_name=name, password=password, actor=system("createadmin"), now=timezone.now()
        )
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    if forget_second_factor:
        services.forget_second_factor(user=user, actor=system("createadmin"), now=timezone.now(), reason="goliard createadmin")
    click.echo(f"{user.email} is administrator")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
