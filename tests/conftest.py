"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout (schemas, rule data); tests that need it skip where it is absent."""
    checkout = Path(__file__).resolve().parents[1]
    for folder in (checkout.parent / "shared", checkout.parent.parent / "shared"):  # the second for a linked work tree
        if folder.is_dir():
            return folder
    return pytest.skip("the folder of reference data (../shared) is not on this machine")
