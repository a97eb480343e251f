"""Do the lock files pin every package with its hashes, name no index, and agree with one another and with pyproject.toml?"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def normal(name: str) -> str:
    """A package name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """Map each pinned package of a lock file's text to its version."""
    found = (PINNED.match(line) for line in lock.splitlines())
    return {normal(pin[1]): pin[2] for pin in found if pin}


def problems_of(name: str, lock: str) -> list[str]:
    """Index addresses, and pins without a hash."""
    found = [
        f"{name}:{number}: an index address" for number, line in enumerate(lock.splitlines(), 1) if "://" in line or "index-url" in line
    ]
    blocks = re.split(r"\n(?=\S)", lock)
    return found + [f"{name}: {pin[1]} has no hash" for block in blocks if (pin := PINNED.match(block)) and "--hash=sha256:" not in block]


def missing(name: str, lock: str, wanted: list[str]) -> list[str]:
    """Packages that pyproject.toml asks for and the lock file does not pin."""
    have = pins(lock)
    asked = [match[0] for text in wanted if (match := NAME.match(text))]
    return [f"{name}: {package} of pyproject.toml is not pinned: make lock" for package in asked if normal(package) not in have]


def differing(name: str, lock: str, dev: str) -> list[str]:
    """Packages whose version is another one than the developers'."""
    theirs = pins(dev)
    found = [package for package, version in pins(lock).items() if theirs.get(package, version) != version]
    return [f"{name}: {package} differs from requirements-dev.lock: make lock" for package in sorted(found)]


def main() -> int:
    """Print every problem and return 1 when there is one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
        "requirements-build.lock": project["dependency-groups"]["build"],
    }
    locks = {name: (ROOT / name).read_text() for name in groups}
    problems = [problem for name, lock in locks.items() for problem in problems_of(name, lock) + missing(name, lock, groups[name])]
    for name in ("requirements.lock", "requirements-build.lock"):
        problems += differing(name, locks[name], locks["requirements-dev.lock"])
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
