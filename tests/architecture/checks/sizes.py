"""Sizes past which a file is read by nobody. The habit is far smaller (modules around 80 lines); a longer one states its reason here."""

from __future__ import annotations

import ast

from tests.architecture.source import Module, Template

MODULE_LINES = 400
FUNCTION_LINES = 60
TEMPLATE_LINES = 120
README_LINES = 20
LONGER = {  # path, or path::function → why it is better whole
    "src/goliard/fast/placement/deferred_acceptance.py::_loop": "one compiled loop over arrays; calls would copy its state",
}


def too_long(path: str, text: str, limit: int) -> list[str]:
    """A finding when the text has more lines than the limit and states no reason."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines, and {limit} is the most without a reason"] if lines > limit and path not in LONGER else []


def module_size(module: Module) -> list[str]:
    """A module past the limit."""
    return too_long(module.path, module.text, MODULE_LINES)


def template_size(template: Template) -> list[str]:
    """A template past the limit."""
    return too_long(template.path, template.text, TEMPLATE_LINES)


def function_sizes(module: Module) -> list[str]:
    """Functions past the limit."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and f"{module.path}::{node.name}" not in LONGER:
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(module.at(node, f"{node.name} has {lines} lines, and {FUNCTION_LINES} is the most without a reason"))
    return found
