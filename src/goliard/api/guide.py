"""The page for people who connect a system: what there is to ask, made from the document that machines read. No script, no third party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from goliard.api.problems import TITLES
from goliard.api.v1.document import PREFIX, document
from goliard.api.v1.paging import MOST
from goliard.api.v1.words import OPERATIONS, PARAMETERS, TAGS
from goliard.rules.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a field: its name, what it may hold, what it is."""

    name: str
    shape: str
    is_required: bool
    said: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation, told in the language of the page."""

    anchor: str
    method: str
    path: str
    said: str
    parameters: tuple[Line, ...]
    body: tuple[Line, ...]


def anyone(actor: Actor) -> bool:
    """Open to every visitor: the description is no secret."""
    return True


def guide(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters."""
    language = get_language() or "en"
    groups = {TAGS[tag].in_language(language): list(_entries(tag, language)) for tag in TAGS}
    problems = [(status, title.in_language(language)) for status, title in TITLES.items()]
    root = request.build_absolute_uri(PREFIX)
    example = f'curl -H "Authorization: Bearer $TOKEN" "{root}agreements?state=in-effect&limit=10"'
    context = {"groups": groups, "problems": problems, "example": example, "document": f"{PREFIX}openapi.json", "most": MOST}
    return render(request, "api/guide.html", context)


guide.door = anyone  # type: ignore[attr-defined]  # the tests of access read it


def _entries(tag: str, language: str) -> Iterator[Entry]:
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            if operation["tags"] == [tag]:
                name = operation["operationId"]
                yield Entry(
                    anchor=name.replace("_", "-"),
                    method=method.upper(),
                    path=path,
                    said=OPERATIONS[name].in_language(language),
                    parameters=tuple(_parameter(each, language) for each in operation["parameters"]),
                    body=tuple(_body(operation)),
                )


def _parameter(each: dict[str, Any], language: str) -> Line:
    return Line(each["name"], shape_of(each["schema"]), bool(each["required"]), PARAMETERS[each["name"]].in_language(language))


def _body(operation: dict[str, Any]) -> Iterator[Line]:
    """The fields of what is sent, one level deep: the document says the rest."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _named(content["schema"])
        for name, field in schema.get("properties", {}).items():
            yield Line(name, shape_of(field), name in schema.get("required", ()), "")


def _named(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    found: dict[str, Any] = document()["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema
    return found


def shape_of(schema: dict[str, Any]) -> str:
    """Return what a value may be, in the words of JSON: `a | b`, `1–200`, `date`, `[Condition]`."""
    if others := [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]:
        return " | ".join([*(shape_of(each) for each in others), *(["null"] if {"type": "null"} in schema["anyOf"] else [])])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']}–{schema['maximum']}"
    if schema.get("type") == "array":
        return f"[{shape_of(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", ""))
