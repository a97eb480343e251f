"""What every test may use, and the database that the suite runs on.

`GOLIARD_TEST_DATABASE=postgresql` starts a PostgreSQL for the run and selects the tests that touch a database,
without those that drive a browser: all others gave their answer on SQLite.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from tests.postgresql import running_postgresql

from goliard.project.translations import compile_catalogues

ON_POSTGRESQL = os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, keep the tests that touch a database."""
    if not ON_POSTGRESQL:
        return
    kept = [item for item in items if _touches_database(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


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
