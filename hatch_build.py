"""Build hook: a wheel (and an editable install) carries compiled translations, although only their sources are in the repository."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Compile `.po` to `.mo` with the same function that `goliard prepare` uses."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `artifacts` in pyproject.toml lets the ignored `.mo` files in."""
        module = Path(self.root) / "src" / "goliard" / "project" / "translations.py"
        spec = importlib.util.spec_from_file_location("goliard_translations", module)
        assert spec is not None
        assert spec.loader is not None
        translations = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(translations)
        translations.compile_catalogues(Path(self.root) / "src" / "goliard")
