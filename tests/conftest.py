"""What every test may use, and the database that the suite runs on.

`GOLIARD_TEST_DATABASE=postgresql` starts a PostgreSQL for the run and selects the tests that touch a database,
without those that drive a browser: all others gave their answer on SQLite.

The tables of the tests on SQLite are made once for the sources as they are (`tests/migrated.py`): every other process copies them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from tests.migrated import Migrated
from tests.postgresql import running_postgresql

from goliard.project.translations import compile_catalogues

ON_POSTGRESQL = os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
WITHOUT_DATABASE = frozenset({"rules", "ewp_codec", "fast"})  # folders of pure code: PostgreSQL has nothing to say there
HERE = Path(__file__).resolve().parent
_running = ExitStack()

# an example that is slow on a busy machine is no failure: times are measured in the benchmarks
hypothesis_settings.register_profile("goliard", deadline=None)
hypothesis_settings.load_profile("goliard")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations and start the database, once: the processes of a parallel run inherit both."""
    if hasattr(config, "workerinput"):
        return
    compile_catalogues()
    if ON_POSTGRESQL and not config.option.collectonly:
        host = str(_running.enter_context(running_postgresql()))
        os.environ["GOLIARD_TEST_HOST"] = host
        settings.DATABASES["default"]["HOST"] = host


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database."""
    _running.close()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On PostgreSQL, do not even read the tests of pure code."""
    return True if ON_POSTGRESQL and _is_pure(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, keep the tests that touch a database."""
    if not ON_POSTGRESQL:
        impure = [item.nodeid for item in items if _is_pure(item.path) and _touches_database(item)]
        if impure:
            raise pytest.UsageError(f"tests of pure code ask no database (the run on PostgreSQL would leave them out): {', '.join(impure)}")
        return
    kept = [item for item in items if _touches_database(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _is_pure(path: Path) -> bool:
    return path.is_relative_to(HERE) and bool(WITHOUT_DATABASE & set(path.relative_to(HERE).parts[:1]))


def _touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def _migrated(django_test_environment: None, django_db_modify_db_settings: None) -> Iterator[Migrated]:
    """The tables, before Django opens the database of the tests."""
    with Migrated() as migrated:
        yield migrated


@pytest.fixture(scope="session")
def django_db_setup(_migrated: Migrated, django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the tables for the next process, where this one had to make them."""
    with django_db_blocker.unblock():
        _migrated.keep()


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Every test begins in the language of the settings: a request of the test before it leaves its own behind."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout (schemas, rule data); tests that need it skip where it is absent."""
    checkout = Path(__file__).resolve().parents[1]
    for folder in (checkout.parent / "shared", checkout.parent.parent / "shared"):  # the second for a linked work tree
        if folder.is_dir():
            return folder
    return pytest.skip("the folder of reference data (../shared) is not on this machine")
