"""Compile a loop with numba where the `[fast]` extra is installed; without it the plain function stays."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar

AVAILABLE = find_spec("numba") is not None
F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function, compiled at its first call and kept on disk for the next process where that place can be written."""
    if not AVAILABLE:
        return function
    from numba import njit  # noqa: PLC0415 - an optional extra, half a second to load

    made: Any
    try:
        made = njit(cache=True)(function)
    except RuntimeError:  # no folder to keep the compiled code in
        made = njit(function)
    kept: F = made
    return kept
