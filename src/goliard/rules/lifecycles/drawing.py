"""Draw a lifecycle as a diagram and a table, for the documentation."""

from __future__ import annotations

from goliard.rules.lifecycles.transition import Lifecycle


def drawn(lifecycle: Lifecycle) -> str:
    """Return a lifecycle as Markdown: a Mermaid state diagram, then one table row a transition."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {_id(lifecycle.initial)}"]
    lines += [f"    {_id(each.source)} --> {_id(each.target)}: {each.action}" for each in lifecycle.transitions]
    lines += ["```", "", "| from | action | to | by | nl | en |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {each.source} | {each.action} | {each.target} | {', '.join(sorted(each.by))} | {each.label.nl} | {each.label.en} |"
        for each in lifecycle.transitions
    ]
    return "\n".join(lines) + "\n"


def _id(state: str) -> str:
    return state.replace("-", "_")
