"""The source tree as the architecture checks read it: modules with their syntax tree, templates with their text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "goliard"


@dataclass(frozen=True)
class Module:
    """A Python module: its dotted name, its path from the repository's root, and its text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> list[tuple[str, int]]:
        """Every absolute name that the module imports, with its line: `from a.b import c` gives `a.b.c`."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        return found

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported local name stands for: `from datetime import datetime as dt` gives `dt` → `datetime.datetime`."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(
                    {
                        alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0]
                        for alias in node.names
                    }
                )
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
        return found

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the full dotted name of what is called, as far as the text tells it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield self.full_name(node.func), node

    def full_name(self, node: ast.expr) -> str:
        """`dt.now` → `datetime.datetime.now`; parts that are not names read `()`."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.full_name(node.value)}.{node.attr}"
        if isinstance(node, ast.Call):
            return f"{self.full_name(node.func)}()"
        return "()"

    def at(self, node: ast.AST | int, sentence: str) -> str:
        """A finding: where, and what is wrong there."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.path}:{line}: {sentence}"

    def within(self, *packages: str) -> bool:
        """Whether the module is, or lies in, one of the packages."""
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)

    @property
    def app(self) -> str:
        """The app that the module belongs to, or an empty string."""
        parts = self.name.split(".")
        return parts[2] if parts[:2] == ["goliard", "apps"] and len(parts) > 2 else ""

    @property
    def part(self) -> str:
        """The part of the app or portal: `services` for `goliard.apps.people.services.merge`."""
        parts = self.name.split(".")
        return parts[3] if len(parts) > 3 else ""


@dataclass(frozen=True)
class Template:
    """A template: its path from the repository's root, and its text."""

    path: str
    text: str

    def at(self, line: int, sentence: str) -> str:
        """A finding: where, and what is wrong there."""
        return f"{self.path}:{line}: {sentence}"


@lru_cache
def modules() -> tuple[Module, ...]:
    """Every module of the product, migrations left out: Django writes those."""
    return tuple(_module(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def _module(path: Path) -> Module:
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
    return Module(name, path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@lru_cache
def templates() -> tuple[Template, ...]:
    """Every HTML, SVG and text template of the product."""
    found = sorted(path for path in SOURCE.rglob("*") if "templates" in path.parts and path.suffix in {".html", ".svg", ".txt"})
    return tuple(Template(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found)


def sample(name: str, text: str) -> Module:
    """A small module made up for a test of a check."""
    return Module(name, f"src/{name.replace('.', '/')}.py", text)
