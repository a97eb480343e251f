"""References by name to a later app: foreign keys written as text, which import contracts do not see."""

from __future__ import annotations

import ast
import configparser
import re
from functools import lru_cache

from tests.architecture.source import ROOT, Module

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
REFERENCE = re.compile(r"^([a-z_]+)\.([A-Z]\w*)$")


@lru_cache
def steps() -> dict[str, int]:
    """Each app of the journey with its place, read from the import contract; apps that stand side by side share a place."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = [
        line
        for line in contracts["importlinter:contract:journey"]["layers"].splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]
    return {name: place for place, line in enumerate(reversed(layers)) for name in re.findall(r"\((\w+)\)", line)}


def later_references(module: Module) -> list[str]:
    """Foreign keys, and models fetched by name, that point at a later step of the journey or at one beside it."""
    if module.app not in steps():
        return []
    found = []
    for name, call in module.calls():
        called = name.rsplit(".", 1)[-1]
        if called not in RELATIONS | {"get_model"}:
            continue
        arguments = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in {"to", "through", "app_label"})]
        labels = [label for argument in arguments if (label := _label(argument, bare=called == "get_model"))]
        found += [
            module.at(call, f"{module.app} comes before {label} on the journey") for label in labels if not _may_know(module.app, label)
        ]
    return found


def _label(argument: ast.expr, *, bare: bool) -> str:
    if isinstance(argument, ast.Attribute) and argument.attr == "AUTH_USER_MODEL":
        return "accounts"
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        if match := REFERENCE.match(argument.value):
            return match[1]
        if bare and argument.value in steps():
            return argument.value
    return ""


def _may_know(app: str, label: str) -> bool:
    places = steps()
    return label == app or label not in places or places[label] < places[app]
