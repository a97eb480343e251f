"""Installations of their own, driven as an administrator drives them: by the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import migrated

SOURCE = Path(__file__).resolve().parents[2] / "src"
ON_POSTGRESQL = os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql"
PATIENCE = 600  # seconds: for a command that hangs, not for one on a busy machine
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
FILL = """
    import io
    from django.utils import timezone
    from goliard.apps.documents.choices import Purpose
    from goliard.apps.documents.services import store_file
    from goliard.apps.journal.sealing import seal
    from goliard.apps.people.models import Person
    from goliard.rules.access.actor import system
    from goliard.rules.values.retention import RetentionClass
    for n in range(3):
        store_file(stream=io.BytesIO(b"%PDF-1.7 " + b"x" * n), name=f"{n}.pdf", purpose=Purpose.DOCUMENT,
                   retention=RetentionClass.PUBLIC, actor=system("test"), now=timezone.now())
    Person.objects.create(given_name="Zoë", family_name="Åström", native_name="Зоя")
    seal(now=timezone.now())
"""


@dataclass(frozen=True)
class Installation:
    """A data folder and a database, of which nothing else knows."""

    folder: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLIARD_", "DJANGO_"))}
        own = {
            "GOLIARD_DATA": str(self.folder),
            "GOLIARD_DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "goliard.project.settings.demo",
            "PYTHONPATH": str(SOURCE),
        }
        return {**kept, **own}

    def goliard(self, *arguments: object, stdin: str = "", expect: int = 0) -> str:
        """Run `goliard …` and return what it printed, errors included."""
        done = subprocess.run(
            [sys.executable, "-m", "goliard", *map(str, arguments)],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr

    def python(self, code: str, **environment: str) -> str:
        """Run code with Django loaded and return what it printed."""
        script = "from goliard.cli.django_setup import setup; setup()\n" + textwrap.dedent(code)
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


class Installations:
    """Makes installations; those that are migrated or filled are copies of one that was made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates: dict[str, Installation] = {}

    def empty(self) -> Installation:
        """A folder, and a database without tables."""
        return self._new()

    def migrated(self) -> Installation:
        """Tables, and nothing in them."""
        if ON_POSTGRESQL:
            return self._new(migrated.ON_POSTGRESQL)
        kept = migrated.kept_file()
        if kept is None:  # nobody has asked for the database of the tests
            if "migrated" not in self.templates:
                self.templates["migrated"] = self.empty()
                self.templates["migrated"].python(MIGRATE)
            return self._copy("migrated")
        made = self._new()
        shutil.copy(kept, made.folder / "goliard.sqlite3")
        return made

    def prepared(self) -> Installation:
        """As `goliard prepare` leaves it: tables, reference data, static files."""
        if "prepared" not in self.templates:
            made = self.templates["prepared"] = self.empty()
            assert "reference data: ready" in made.goliard("prepare")
        return self._copy("prepared")

    def filled(self) -> Installation:
        """An administrator, three files and a person, all sealed."""
        if "filled" not in self.templates:
            made = self.templates["filled"] = self.migrated()
            made.goliard("createadmin", "--email", "admin@example.org", "--password-stdin", stdin="a long enough sentence\n")
            made.python(FILL)
        return self._copy("filled")

    def _new(self, template: str = "template1") -> Installation:
        name = f"i{uuid.uuid4().hex[:12]}"
        folder = self.folder / name
        folder.mkdir()
        return Installation(folder, _created(name, template) if ON_POSTGRESQL else _sqlite(folder))

    def _copy(self, of: str) -> Installation:
        template = self.templates[of]
        name = f"i{uuid.uuid4().hex[:12]}"
        folder = self.folder / name
        shutil.copytree(template.folder, folder)
        return Installation(folder, _created(name, template.database_url.rpartition("/")[2]) if ON_POSTGRESQL else _sqlite(folder))


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'goliard.sqlite3'}"


@pytest.fixture(scope="session")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installations]:
    made = Installations(tmp_path_factory.mktemp("installations"))
    yield made
    if ON_POSTGRESQL:
        _drop_all()


def _server() -> str:
    return os.environ["GOLIARD_TEST_HOST"]


def _created(name: str, template: str = "template1") -> str:
    import psycopg

    with psycopg.connect(host=_server(), user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
    return f"postgresql://postgres@{_server().replace('/', '%2F')}/{name}"


def _drop_all() -> None:
    import psycopg

    with psycopg.connect(host=_server(), user="postgres", dbname="postgres", autocommit=True) as server:
        for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'i____________'").fetchall():
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
