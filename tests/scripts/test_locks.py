"""The check of the lock files can fail."""

from __future__ import annotations

import pytest
from scripts.locks import differing, missing, pins, problems_of

GOOD = "django==5.2.19 \\\n    --hash=sha256:aa\nDjango_Ninja==1.7 ; python_version > '3' \\\n    --hash=sha256:bb\n"


def test_a_good_lock_is_left_alone() -> None:
    assert pins(GOOD) == {"django": "5.2.19", "django-ninja": "1.7"}
    assert problems_of("x.lock", GOOD) == []
    assert missing("x.lock", GOOD, ["django>=5.2,<5.3", "django-ninja[extra]>=1"]) == []


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        ("--extra-index-url https://example.org\n" + GOOD, "x.lock:1: an index address"),
        (GOOD + "x @ https://example.org/x.whl\n", "x.lock:5: an index address"),
        (GOOD + "lxml==6.1\n", "x.lock: lxml has no hash"),
    ],
)
def test_a_bad_lock_is_found(lock: str, problem: str) -> None:
    assert problems_of("x.lock", lock) == [problem]


def test_a_package_that_is_not_pinned_is_found() -> None:
    assert missing("x.lock", GOOD, ["lxml>=6"]) == ["x.lock: lxml of pyproject.toml is not pinned: make lock"]


def test_versions_that_differ_between_locks_are_found() -> None:
    assert differing("x.lock", GOOD, GOOD.replace("5.2.19", "5.2.20")) == ["x.lock: django differs from requirements-dev.lock: make lock"]
