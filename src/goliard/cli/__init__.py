"""`goliard …`: one module per command family, loaded only when it is called.

A family that needs the database calls `goliard.cli.django_setup.setup()` first; pure families (budget, place, ewp hash) never load Django.
"""

from __future__ import annotations

import importlib

import click

import goliard

# command name -> module under goliard.cli that defines a click command `command`
COMMANDS: dict[str, str] = {
    "backup": "backup",
    "budget": "budget",
    "createadmin": "createadmin",
    "demo": "demo",
    "dump": "dump",
    "ewp": "ewp",
    "feed": "feed",
    "grant": "grant",
    "imports": "imports",
    "journal": "journal",
    "letters": "letters",
    "load": "load",
    "place": "place",
    "placements": "placements",
    "prepare": "prepare",
    "rates": "rates",
    "remind": "remind",
    "restore": "restore",
    "serve": "serve",
}


class LazyCommands(click.Group):
    """A group that imports a command's module only when the command is asked for, so that `goliard place` starts without Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(f"goliard.cli.{module}").command
        return command


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(goliard.__version__, prog_name="goliard")
def main() -> None:
    """The software of a university's international exchange office."""
