"""Write files whole or not at all: first beside their place under another name, then all renamed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex


class WriteProblem(Exception):
    """A file that cannot be written; the message names it."""


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write every text as UTF-8, or none and raise `WriteProblem`. What is no regular file (a pipe, /dev/stdout) is written directly.

    A link is followed: the file behind it is replaced, and the link stays.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            if not path.exists() or path.is_file():
                waiting[path] = _beside(path, text)
        for path, text in texts.items():
            if path in waiting:
                waiting[path].replace(path.resolve())
            else:
                path.write_text(text, encoding="utf-8", newline="")
    except OSError as problem:
        raise WriteProblem(f"{problem.filename}: {problem.strerror}") from problem
    finally:
        for draft in waiting.values():
            with contextlib.suppress(FileNotFoundError):
                draft.unlink()


def _beside(path: Path, text: str) -> Path:
    whole = path.resolve()
    draft = whole.with_name(f".{whole.name[:200]}.{token_hex(4)}")
    try:
        with draft.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise WriteProblem(f"{path}: {problem.strerror}") from problem
    return draft
