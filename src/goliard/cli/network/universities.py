"""The two universities of a network on one machine: invented institutions, each in a folder of its own, filled once."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from goliard.cli.network.authority import ADDRESS, LocalTls

DATA = Path(__file__).resolve().parents[2] / "demo" / "network"


@dataclass(frozen=True, slots=True)
class University:
    """One installation: the key of its folder of data, and its name in English."""

    key: str
    name: str

    @property
    def hei_id(self) -> str:
        """Its id in the network."""
        return f"{self.key}.example.org"


UNIVERSITIES = (
    University("northmere", "Fictional University of Northmere"),
    University("southhaven", "Fictional University of Southhaven"),
)


def environment(university: University, folder: Path, port: int, registry: str, tls: LocalTls) -> dict[str, str]:
    """Return the environment in which a university's commands run: what any installation sets, and what a network on one machine needs."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "goliard.project.settings.demo",
        "GOLIARD_DATA": str(folder / university.key),
        "GOLIARD_DATABASE_URL": "",
        "GOLIARD_EWP_URL": f"https://{ADDRESS}:{port}",
        "GOLIARD_EWP_ADMIN": f"network@{university.hei_id}",
        "GOLIARD_EWP_PROVIDER": f"{university.name} (illustrative)",
        "GOLIARD_EWP_CATALOGUE": registry,
        "GOLIARD_EWP_CA": str(tls.authority),
        "GOLIARD_EWP_PRIVATE": "yes",
        "GOLIARD_COOKIES": university.key,
    }


def fill(university: University) -> str:
    """Load the university's data, sign-ins and keys into the installation of this process, where they are not there yet.

    Returns the password of the sign-ins.
    """
    from django.utils import timezone

    from goliard.apps.accounts.demonstration import create_demonstration_accounts
    from goliard.apps.institutions.models import Organisation, OrganizationalUnit
    from goliard.apps.institutions.queries import home_institution
    from goliard.apps.network.choices import KeyUse
    from goliard.apps.network.queries import published_keys
    from goliard.apps.network.services.keys import create_key
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    actor, now = system("demonstration"), timezone.now()
    if home_institution() is None:
        load_folder(folder=DATA / university.key, actor=actor, now=now)
    accounts = create_demonstration_accounts(
        faculty=OrganizationalUnit.objects.get(key=f"{university.key}-science"),
        partner=Organisation.objects.filter(is_home=False).earliest("pk"),
        actor=actor,
        now=now,
    )
    for use in KeyUse:
        if not published_keys(now).filter(use=use).exists():
            create_key(use=use, actor=actor, now=now)
    return accounts[0].password


def copy_prepared(source: Path, target: Path) -> None:
    """Give a university a copy of an installation that is prepared and empty: two copies cost less than two preparations."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("secret*"))


def main() -> None:
    """Fill the installation of this process with the university that is named, and print the password of its sign-ins."""
    from goliard.cli.django_setup import setup

    setup()
    print(fill(next(each for each in UNIVERSITIES if each.key == sys.argv[1])))


if __name__ == "__main__":
    main()
