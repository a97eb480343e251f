"""The OpenAPI 3.1 document: what Ninja reads off the code, with the problems, headers and keys that the entrance adds."""

from __future__ import annotations

from functools import cache
from typing import Any

from goliard.api.problems import MEDIA_TYPE, TITLES
from goliard.api.v1.version import API
from goliard.api.v1.words import OPERATIONS, PARAMETERS

PREFIX = "/api/v1/"
_READS, _WRITES = (400, 401, 403, 422, 429), (400, 401, 403, 409, 413, 415, 422, 429)
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "code", "detail", "errors"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "in Dutch or English, as Accept-Language prefers"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "the word that a program may rely on"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "rule", "message", "source"],
                "additionalProperties": False,
                "properties": {name: {"type": "string"} for name in ("field", "rule", "message", "source")},
            },
        },
    },
}
_HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    429: {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}, "required": True}},
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": PARAMETERS["Idempotency-Key"].en,
    "schema": {"type": "string", "pattern": "^[!-~]{1,100}$", "minLength": 1, "maxLength": 100},
}


@cache
def document() -> dict[str, Any]:
    """Return the document; it says the same whoever asks."""
    made: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=PREFIX))
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(operation, reads=method == "get", has_place="{" in path)
    made["components"]["schemas"]["Problem"] = _PROBLEM
    return made


def _complete(operation: dict[str, Any], *, reads: bool, has_place: bool) -> None:
    statuses = {*(_READS if reads else _WRITES), *({404} if has_place else ())}
    operation["summary"] = OPERATIONS[operation["operationId"]].en
    operation["responses"] = {str(status): said for status, said in operation["responses"].items()} | {
        str(status): _refusal(status) for status in sorted(statuses)
    }
    for parameter in operation["parameters"]:
        _say_nothing_of_null(parameter)
    if not reads:
        operation["parameters"] = [*operation["parameters"], _KEY]


def _say_nothing_of_null(parameter: dict[str, Any]) -> None:
    """A parameter is there or not: it is never null."""
    schema = parameter["schema"]
    if others := [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]:
        schema.update(*others)
    schema.pop("title", None)


def _refusal(status: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "description": TITLES[status].en,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return said | ({"headers": _HEADERS[status]} if status in _HEADERS else {})
