"""The checks that run no test, one after another, each named; a failing one does not hide the next (`make check-static`).

`check.py NAME …` runs only the named ones.
"""

from __future__ import annotations

import subprocess
import sys
import time

PYTHON = sys.executable
CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "contracts": [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "types": [PYTHON, "-m", "mypy"],
    "migrations": [PYTHON, "scripts/migrations.py"],
    "translations": [PYTHON, "scripts/translations.py", "check"],
    "locks": [PYTHON, "scripts/locks.py"],
}


def main(names: list[str]) -> int:
    """Run the named checks (all when none is named) and return 1 when one failed."""
    failed = []
    for name in names or list(CHECKS):
        started = time.monotonic()
        done = subprocess.run(CHECKS[name], capture_output=True, text=True, check=False)
        took = time.monotonic() - started
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({took:.1f} s)", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
