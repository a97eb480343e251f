"""The shape of services and policies, and models without logic in `save`."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import Module

SILENT_NOQA = re.compile(r"# noqa(?!.* (--? |\()\S)")
SAVE_ALLOWED = {
    "goliard.apps.journal.models": "rows of the journal refuse to be saved twice; it decides nothing",
}


def _public_functions(module: Module) -> list[ast.FunctionDef]:
    return [node for node in module.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def argument_names(node: ast.FunctionDef) -> set[str]:
    """Every argument of a function by name."""
    return {argument.arg for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]}


def is_use_case(node: ast.FunctionDef) -> bool:
    """Whether a service is a use case: somebody does it. Others help use cases, or compute what they store."""
    return "actor" in argument_names(node)


def service_arguments(module: Module) -> list[str]:
    """A use case (it has an actor) takes keyword-only arguments, and no service takes a request."""
    if not module.app or module.part != "services":
        return []
    found = []
    for node in _public_functions(module):
        if is_use_case(node) and (node.args.posonlyargs or node.args.args):
            found.append(module.at(node, f"{node.name}: a use case takes keyword-only arguments"))
        if {"request", "session"} & argument_names(node):
            found.append(module.at(node, f"{node.name}: services know no request and no session"))
    return found


def policy_names(module: Module) -> list[str]:
    """Policies are questions: `may_…`, or a filter of what an actor may see: `visible_…`."""
    if not module.app or module.part != "policies":
        return []
    named = [node for node in _public_functions(module) if not node.name.startswith(("may_", "visible_"))]
    return [module.at(node, f"{node.name}: a policy starts with may_") for node in named]


def logic_in_save(module: Module) -> list[str]:
    """Models hold fields, constraints and cheap properties: `save` and `delete` are Django's own."""
    if not module.app or module.part != "models" or module.name in SAVE_ALLOWED:
        return []
    classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    methods = [node for one in classes for node in one.body if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}]
    return [module.at(node, f"no logic in {node.name}: a service does it") for node in methods]


def suppressions(module: Module) -> list[str]:
    """A suppressed warning carries its reason: `# noqa: S105 -- why`."""
    lines = enumerate(module.text.splitlines(), 1)
    return [module.at(number, "a noqa says why: # noqa: CODE -- reason") for number, line in lines if SILENT_NOQA.search(line)]
