"""The API does what its document says: generated requests, good and bad, get no undocumented answer and break nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.api.conftest import Machine
from tests.factories.agreements import an_agreement
from tests.factories.university import University

from goliard.api.v1.document import document
from goliard.project.wsgi import application

FEW = settings(
    max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)  # the same requests in every run
# the token is always ours: what is asked without one is a check of its own
CONFIG = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
BRIEF = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}, "phases": {"coverage": {"enabled": False}}})
schemathesis.openapi.format(
    "academic-year", st.builds(lambda first, step: f"{first}/{first + step}", st.integers(2000, 2090), st.integers(0, 1))
)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=CONFIG)

there = schema.include(path_regex="{key}")
# the edges of every parameter were asked above: once is enough in every run
there_briefly = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=BRIEF).include(path_regex="{key}")
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """A request through WSGI looks at the connection, which is in the middle of a test; Django's own client does this too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asking(university: University, machine, settings) -> Machine:
    """A machine that may do everything, as often as it likes, where there is something to find."""
    settings.GOLIARD_API_PER_MINUTE = 1_000_000
    an_agreement(university, state="in-effect")
    an_agreement(university, key="another")
    return machine(may_write=True, sees_people=True)


def ask(case: schemathesis.Case, asking: Machine) -> None:
    """Send a generated request. A write that fits the document may still be refused by a rule (422): only what is read must be accepted."""
    cache.clear()  # wrong tokens are part of what is sent: each request is the first of its address
    headers = {"Authorization": asking.headers["authorization"], "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, excluded_checks=[] if case.method == "GET" else [positive_data_acceptance])


@schema.parametrize()
@FEW
def test_generated_requests_get_documented_answers(case: schemathesis.Case, asking: Machine) -> None:
    ask(case, asking)


@there_briefly.parametrize()
@FEW
def test_generated_requests_about_what_is_there_get_documented_answers(case: schemathesis.Case, asking: Machine) -> None:
    case.path_parameters["key"] = "partner" if "/partners/" in case.path else "another"
    ask(case, asking)


@pytest.mark.campaign
@schema.parametrize()
@MANY
def test_many_generated_requests_get_documented_answers(case: schemathesis.Case, asking: Machine) -> None:
    ask(case, asking)


@pytest.mark.campaign
@there.parametrize()
@MANY
def test_many_generated_requests_about_what_is_there_get_documented_answers(case: schemathesis.Case, asking: Machine) -> None:
    case.path_parameters["key"] = "partner" if "/partners/" in case.path else "another"
    ask(case, asking)


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
    "GET /api/v1/agreements/{key}/versions/{number}/sealed",
    "POST /api/v1/agreements",
    "PATCH /api/v1/agreements/{key}",
    "PUT /api/v1/agreements/{key}/draft",
    "POST /api/v1/agreements/{key}/steps",
    "GET /api/v1/partners",
    "GET /api/v1/partners/{key}",
    "GET /api/v1/places",
    "GET /api/v1/exchange-counts",
    "PUT /api/v1/exchange-counts",
    "POST /api/v1/student-feed",
}
