"""The API does what its document says: generated requests, good and bad, get no undocumented answer and break nothing."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from tests.api.conftest import Machine
from tests.factories.agreements import an_agreement
from tests.factories.university import University

from goliard.api.v1.document import document
from goliard.project.wsgi import application

FEW = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)  # the same requests in every run
schemathesis.openapi.format(
    "academic-year", st.builds(lambda first, step: f"{first}/{first + step}", st.integers(2000, 2090), st.integers(0, 1))
)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=SchemathesisConfig())


@pytest.fixture
def asking(university: University, machine, settings) -> Machine:
    """A machine that may do everything, as often as it likes, where there is something to find."""
    settings.GOLIARD_API_PER_MINUTE = 1_000_000
    an_agreement(university, state="in-effect")
    an_agreement(university, key="another")
    return machine(may_write=True, sees_people=True)


@schema.parametrize()
@FEW
def test_generated_requests_get_documented_answers(case, asking: Machine) -> None:
    cache.clear()  # wrong tokens are part of what is sent: each request is the first of its address
    case.call_and_validate(headers={"Authorization": asking.headers["authorization"], "Accept-Encoding": "identity"})


def test_the_document_is_there_for_everybody_and_names_every_operation() -> None:
    answer = Client().get("/api/v1/openapi.json")
    told = answer.json()
    assert (answer.status_code, told["openapi"], told["info"]["version"]) == (200, "3.1.0", "1.0.0")
    assert {f"{method.upper()} {path}" for path, methods in told["paths"].items() for method in methods} == OPERATIONS


def test_every_operation_asks_for_a_token_and_declares_its_problems() -> None:
    for operations in document()["paths"].values():
        for method, operation in operations.items():
            assert operation["security"] == [{"Token": []}]
            expected = {"400", "401", "403", "422", "429"} | (set() if method == "get" else {"409", "413", "415"})
            assert expected <= set(operation["responses"])


OPERATIONS = {
    "GET /api/v1/agreements",
    "GET /api/v1/agreements/{key}",
    "GET /api/v1/partners",
    "GET /api/v1/partners/{key}",
    "GET /api/v1/places",
    "GET /api/v1/exchange-counts",
}
