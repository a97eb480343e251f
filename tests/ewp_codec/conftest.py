"""What the tests of the codec share: the official schemas and examples, and ready-made agreements."""

from __future__ import annotations

from pathlib import Path

import pytest

from goliard.ewp_codec.schemas import SchemaFolder


@pytest.fixture(scope="session")
def schemas(shared: Path) -> SchemaFolder:
    return SchemaFolder(shared / "ewp/schemas")


@pytest.fixture(scope="session")
def examples(shared: Path) -> Path:
    return shared / "ewp/examples"
