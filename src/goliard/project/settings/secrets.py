"""The secret key of a single machine: made once, kept beside the database, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """Return `GOLIARD_SECRET_KEY`, or the key in `data/secret-key`, made there (mode 600) when absent."""
    if key := os.environ.get("GOLIARD_SECRET_KEY"):
        return key
    path = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
