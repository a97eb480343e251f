"""Names: no drawer for everything, and no model or service with a word that the glossary does not know."""

from __future__ import annotations

import ast
import re

from tests.architecture.checks.use_cases import is_use_case
from tests.architecture.source import Module

DRAWERS = {
    "base",
    "bases",
    "common",
    "core",
    "helper",
    "helpers",
    "lib",
    "manager",
    "managers",
    "misc",
    "shared_utils",
    "stuff",
    "util",
    "utils",
}
DRAWER_ALLOWED = {"goliard.project.settings.base": "Django's own word for the settings that others extend"}
SMALL_WORDS = {"a", "and", "as", "at", "by", "for", "from", "in", "is", "not", "of", "on", "or", "the", "to", "with"}
NO_MODEL = ("Error", "Exception", "QuerySet", "Manager", "Choices", "Enum", "Protocol")  # what else a models module may hold


def drawers(module: Module) -> list[str]:
    """Module names that say nothing about what is inside."""
    last = module.name.rsplit(".", 1)[-1]
    return (
        [f"{module.path}: a module is named after what it holds, not {last}"]
        if last in DRAWERS and module.name not in DRAWER_ALLOWED
        else []
    )


def glossary_words(text: str) -> set[str]:
    """Every word of the glossary in lower case, singular and as written; `CooperationCondition` counts whole and in its parts."""
    words = set(re.findall(r"[A-Za-z0-9]+", text))
    parts = {part for word in words for part in _parts(word)}
    return {variant for word in words | parts for variant in (word.lower(), _singular(word.lower()))}


def unknown_words(module: Module, known: set[str]) -> list[str]:
    """Models and use cases of an app with a word that is not in the glossary."""
    if module.app and module.part == "models":
        named = [node for node in module.tree.body if isinstance(node, ast.ClassDef) and _is_model(module, node)]
    elif module.app and module.part == "services":
        functions = [node for node in module.tree.body if isinstance(node, ast.FunctionDef)]
        named = [node for node in functions if not node.name.startswith("_") and is_use_case(node)]
    else:
        return []
    return [
        module.at(node, f"docs/glossary.md does not know '{word}' of {node.name}") for node in named for word in _unknown(node.name, known)
    ]


def _is_model(module: Module, node: ast.ClassDef) -> bool:
    bases = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    parents = [module.full_name(base).rsplit(".", 1)[-1] for base in bases]
    return bool(parents) and not any(parent.endswith(NO_MODEL) for parent in parents) and not _is_abstract(node)


def _is_abstract(node: ast.ClassDef) -> bool:
    return any(isinstance(inner, ast.ClassDef) and inner.name == "Meta" and "abstract = True" in ast.unparse(inner) for inner in node.body)


def _unknown(name: str, known: set[str]) -> list[str]:
    words = [part.lower() for part in _parts(name)]
    if name.lower() in known:
        return []
    return [word for word in words if word not in SMALL_WORDS and word not in known and _singular(word) not in known]


def _parts(name: str) -> list[str]:
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s") if not word.endswith("ss") else word
