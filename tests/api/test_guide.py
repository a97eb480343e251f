"""The page that tells people what there is to ask."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from goliard.api.guide import shape_of
from goliard.api.v1.document import document
from goliard.api.v1.words import OPERATIONS, PARAMETERS, TAGS


@pytest.fixture(params=["nl", "en"])
def page(db, request) -> str:
    answer = Client().get(f"/{request.param}/api/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_operation_stands_on_the_page(page: str) -> None:
    told = re.findall(r"<h3 id=\"[a-z-]+\"><code>([A-Z]+ /api/v1/[^<]+)</code>", page)
    assert sorted(told) == sorted(f"{method.upper()} {path}" for path, methods in document()["paths"].items() for method in methods)


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(page: str) -> None:
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []
    assert "<script" not in page.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_the_words_are_those_of_the_document_no_more_and_no_less() -> None:
    operations = [operation for methods in document()["paths"].values() for operation in methods.values()]
    assert {operation["operationId"] for operation in operations} == set(OPERATIONS)
    assert {parameter["name"] for operation in operations for parameter in operation["parameters"]} <= set(PARAMETERS)
    assert {tag for operation in operations for tag in operation["tags"]} == set(TAGS)


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 200}, "1–200"),
        ({"enum": ["a", "b"]}, "a | b"),
        ({"type": "string", "format": "date"}, "date"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Condition"}}, "[Condition]"),
    ],
)
def test_shapes_in_words(schema, shape) -> None:
    assert shape_of(schema) == shape
