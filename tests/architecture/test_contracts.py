"""The import contracts can break: a made-up tree that breaks each of them once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

BREACHES = {
    "A higher ring knows a lower one": ("rules/values/money.py", "import goliard.apps.people"),
    "Only the node and the commands": ("portals/office/views.py", "import goliard.ewp_codec.iia"),
    "Rules, codec and fast twins never load Django": ("fast/days.py", "import django"),
    "Values know no rule": ("rules/values/period.py", "import goliard.rules.grants"),
    "A later step of the journey": ("apps/people/queries.py", "import goliard.apps.projects"),
    "Inside an app": ("apps/people/models.py", "import goliard.apps.people.services"),
    "Portals share only portals.shared": ("portals/public/views.py", "import goliard.portals.office"),
}
PACKAGES = (
    "project",
    "cli",
    "portals",
    "api",
    "ewp_node",
    "demo",
    "apps",
    "ewp_codec",
    "fast",
    "rules",
    "rules/values",
    "rules/grants",
    "portals/office",
)
PACKAGES += ("portals/public", "apps/people", "apps/projects")
MODULES = ("ewp_codec/iia.py", "apps/people/services.py")


def lint(tree: Path) -> str:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--config",
        ROOT / ".importlinter",
        "--no-cache",
    ]
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False).stdout


def planted(tree: Path, breaches: dict[str, tuple[str, str]]) -> Path:
    root = tree / "goliard"
    for package in ("", *PACKAGES):
        (root / package).mkdir(parents=True, exist_ok=True)
        (root / package / "__init__.py").touch()
    for module in MODULES:
        (root / module).touch()
    for module, line in breaches.values():
        (root / module).write_text(f"{line}\n")
    return tree


def test_each_contract_breaks_where_it_should(tmp_path: Path) -> None:
    report = lint(planted(tmp_path, BREACHES))
    kept = [
        name for name in BREACHES if not any(line.startswith(name) and line.rstrip().endswith("BROKEN") for line in report.splitlines())
    ]
    assert kept == [], report


def test_contracts_hold_for_a_tree_without_breaches(tmp_path: Path) -> None:
    assert "Contracts: 7 kept, 0 broken." in lint(planted(tmp_path, {}))
