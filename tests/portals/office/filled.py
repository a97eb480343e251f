"""What a browser would send for a form of the office as it stands."""

from __future__ import annotations

from typing import Any


def filled(context: Any, **changes: str) -> dict[str, Any]:
    """Return the data of the form in `context` with `changes`."""
    data: dict[str, Any] = {"seen": context["seen"]}
    forms = [context["form"]]
    for _part, formset in context["parts"]:
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if field.widget_type == "checkbox":
                if value:
                    data[field.html_name] = "on"
            elif value is not None and field.widget_type not in {"file", "clearablefile"}:
                data[field.html_name] = str(value)
    return data | changes
