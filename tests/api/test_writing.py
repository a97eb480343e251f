"""What a system may write: drafts, steps, numbers. Nothing half, nothing twice, and the journal knows which token it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.api.conftest import Machine
from tests.api.test_entrance import told
from tests.factories.agreements import an_agreement
from tests.factories.university import University

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.queries import names_of_actors
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition, ExchangeCount
from goliard.apps.journal.models import JournalEntry
from goliard.apps.journal.queries import history_of

NEW: dict[str, Any] = {"key": "new-2027", "kind": "exchange", "title": "New exchange", "partners": [{"key": "partner"}]}
CONDITION: dict[str, Any] = {
    "kind": "student-studies", "sending": {"key": "home", "unit": "science"}, "receiving": {"key": "partner"},
    "first_year": "2027/2028", "last_year": "2029/2030", "mobilities_per_year": 4, "amount": "40.0", "eqf_levels": [7, 6],
    "subjects": [{"isced_f": "0533", "clarification": "Astronomy"}], "languages": [{"language": "en", "level": "B2"}],
    "shares": [{"unit": "observatory", "places": 1}],
}  # fmt: skip
TEXT = {"terms_nl": "", "terms_en": "Housing is arranged.", "conditions": [CONDITION]}


def faults(answer) -> list[tuple[str, str]]:
    return [(each["field"], each["rule"]) for each in answer.json()["errors"]]


def test_a_draft_with_its_text(university: University, writer: Machine) -> None:
    answer = writer.send("post", "agreements", NEW | {"unit": "science", "starts_on": "2027-09-01", "text": TEXT})
    assert answer.status_code == 201
    assert answer.json() == writer.get("agreements/new-2027").json()
    row = Agreement.objects.get(key="new-2027")
    assert (row.state, row.owner, str(row.starts_on)) == ("draft", university.science, "2027-09-01")
    assert [party.organisation.key for party in row.parties.all()] == ["home", "partner"]
    kept = answer.json()["being_made"]
    assert (kept["version"]["number"], kept["version"]["state"], kept["terms_en"]) == (1, "draft", "Housing is arranged.")
    assert kept["conditions"] == [{
        "position": 1, "kind": "student-studies", "sending": {"key": "home", "hei_id": None, "unit": "science"},
        "receiving": {"key": "partner", "hei_id": None, "unit": None}, "first_year": "2027/2028", "last_year": "2029/2030",
        "mobilities_per_year": 4, "amount": "40", "amount_unit": "months", "eqf_levels": [6, 7],
        "subjects": [{"isced_f": "0533", "clarification": "Astronomy"}],
        "languages": [{"language": "en", "level": "B2", "isced_f": ""}], "is_blended": False, "other_terms": "",
        "shares": [{"unit": "observatory", "places": 1}],
    }]  # fmt: skip


def test_the_journal_names_the_owner_and_the_token(university, writer) -> None:
    writer.send("post", "agreements", NEW)
    entry = history_of(Agreement.objects.get()).get()
    assert (entry.verb, entry.actor) == ("add", writer.made.token.actor_id)
    assert names_of_actors([entry.actor]) == {entry.actor: "Officer International Relations (Test)"}


@pytest.mark.parametrize(
    ("change", "status", "expected"),
    [
        ({"partners": []}, 422, [("partners", "too-short")]),
        ({"partners": [{"key": "absent"}]}, 422, [("partners.0.key", "unknown-key")]),
        ({"partners": [{"key": "partner", "unit": "science"}]}, 422, [("partners.0.unit", "unknown-key")]),
        ({"unit": "absent"}, 422, [("unit", "unknown-key")]),
        ({"title": ""}, 422, [("title", "string-too-short")]),
        ({"key": "with space"}, 422, [("key", "string-pattern-mismatch")]),
        ({"starts_on": "2027-02-30"}, 422, [("starts_on", "date-parsing")]),
        ({"starts_on": 0}, 422, [("starts_on", "date-parsing")]),
        ({"notice_months": "6"}, 422, [("notice_months", "int-type")]),
        ({"is_public": "yes"}, 422, [("is_public", "bool-type")]),
        ({"state": "in-effect"}, 422, [("state", "extra-forbidden")]),
        ({"starts_on": "2027-09-01", "ends_on": "2027-08-31"}, 422, [("", "field")]),
        ({"text": {"conditions": [CONDITION | {"sending": {"key": "absent"}}]}}, 422, [("text.conditions.0.sending.key", "unknown-key")]),
    ],
)
def test_a_draft_that_is_not_in_order_is_not_made(university, writer, change, status, expected) -> None:
    answer = writer.send("post", "agreements", NEW | change)
    assert (answer.status_code, faults(answer)) == (status, expected)
    assert not Agreement.objects.exists()
    assert not JournalEntry.objects.filter(verb="add").exists()


def test_a_key_that_is_there_already_is_a_conflict(university, writer) -> None:
    writer.send("post", "agreements", NEW)
    assert told(writer.send("post", "agreements", NEW)) == (409, "there-already")
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{", (400, "not-json")),
        ("", (415, "unknown-content-type")),
        ("[]", (422, "invalid")),
        ('{"title": NaN}', (400, "not-json")),
        ('{"title": "a\\u0000b"}', (400, "not-json")),
        ('{"title": "\\ud800"}', (400, "not-json")),
        (b'{"title": "\xff"}', (400, "not-json")),
        ("[" * 100_000, (400, "not-json")),
        ("9" * 5_000, (400, "not-json")),
    ],
)
def test_a_body_that_cannot_be_read_says_so(university, writer, body, expected) -> None:
    answer = writer.client.generic("POST", "/api/v1/agreements", body, "application/json", headers=writer.headers)
    assert told(answer) == expected


def test_other_kinds_of_content_and_too_much_of_it_are_refused(university, writer) -> None:
    form = writer.client.generic("POST", "/api/v1/agreements", "key=a", "application/x-www-form-urlencoded", headers=writer.headers)
    assert told(form) == (415, "unknown-content-type")
    large = json.dumps(NEW | {"title": "x" * (5 * 1024 * 1024)})
    assert told(writer.client.generic("POST", "/api/v1/agreements", large, "application/json", headers=writer.headers)) == (
        413,
        "too-large",
    )


def test_what_is_not_sent_stays(university, writer) -> None:
    an_agreement(university)
    answer = writer.send("patch", "agreements/partner-2026", {"title": "Renamed", "notice_months": 6})
    assert answer.status_code == 200
    row = Agreement.objects.get()
    assert (row.title, row.notice_months, str(row.ends_on), row.is_public) == ("Renamed", 6, "2029-08-31", True)
    assert "renamed" in row.search_key
    writer.send("patch", "agreements/partner-2026", {"ends_on": None})
    assert Agreement.objects.get().ends_on is None
    assert writer.send("patch", "agreements/partner-2026", {}).status_code == 200
    assert history_of(row).count() == 2


def test_the_text_of_a_draft_is_replaced_as_a_whole(university, writer) -> None:
    an_agreement(university)
    answer = writer.send("put", "agreements/partner-2026/draft", TEXT)
    assert answer.status_code == 200
    assert [each["mobilities_per_year"] for each in answer.json()["being_made"]["conditions"]] == [4]
    assert CooperationCondition.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"receiving": {"key": "absent"}}, [("conditions.1.receiving.key", "unknown-key")]),
        ({"sending": {"key": "home", "unit": "absent"}}, [("conditions.1.sending.unit", "unknown-key")]),
        ({"subjects": [{"isced_f": "9999"}]}, [("conditions.1.subjects.0.isced_f", "invalid-value")]),
        ({"shares": [{"unit": "science", "places": 9}]}, [("shares", "shares")]),
        ({"sending": {"key": "partner"}}, [("", "field")]),
        ({"amount": "many"}, [("conditions.1.amount", "string-pattern-mismatch")]),
        ({"eqf_levels": [9]}, [("conditions.1.eqf_levels.0", "less-than-equal")]),
        ({"last_year": "2029/2031"}, [("conditions.1.last_year", "academic-year")]),
    ],
)
def test_a_text_that_is_not_in_order_changes_nothing(university, writer, change, expected) -> None:
    an_agreement(university)
    answer = writer.send("put", "agreements/partner-2026/draft", {"conditions": [CONDITION, CONDITION | change]})
    assert (answer.status_code, faults(answer)) == (422, expected)
    assert [row.mobilities_per_year for row in CooperationCondition.objects.all()] == [2, 2]


def test_a_text_that_was_agreed_stands_until_it_is_amended(university, writer) -> None:
    an_agreement(university, state="in-effect")
    assert told(writer.send("put", "agreements/partner-2026/draft", TEXT)) == (409, "no-draft")
    answer = writer.send("post", "agreements/partner-2026/steps", {"action": "amend"})
    assert (answer.status_code, answer.json()["being_made"]["version"]["number"]) == (200, 2)
    assert writer.send("put", "agreements/partner-2026/draft", TEXT).status_code == 200
    assert AgreementVersion.objects.get(number=1).conditions.count() == 2


def test_a_draft_is_proposed_and_taken_back(university, writer) -> None:
    an_agreement(university)
    assert writer.send("post", "agreements/partner-2026/steps", {"action": "propose"}).json()["state"] == "proposed"
    assert told(writer.send("post", "agreements/partner-2026/steps", {"action": "propose"})) == (409, "not-from-here")
    assert writer.send("post", "agreements/partner-2026/steps", {"action": "recall"}).json()["state"] == "draft"
    ended = writer.send("post", "agreements/partner-2026/steps", {"action": "end", "reason": "No answer."})
    assert ended.json()["state"] == "ended"
    assert [(e.verb, e.reason) for e in history_of(Agreement.objects.get())[:2]] == [
        ("end-agreement", "No answer."),
        ("recall-agreement", ""),
    ]


def test_what_could_not_be_approved_is_not_proposed_and_every_reason_is_told(university, writer) -> None:
    an_agreement(university)
    writer.send("put", "agreements/partner-2026/draft", {"conditions": [CONDITION | {"languages": [], "eqf_levels": []}]})
    answer = writer.send("post", "agreements/partner-2026/steps", {"action": "propose"})
    assert told(answer) == (422, "refused")
    assert {each["rule"] for each in answer.json()["errors"]} == {"language", "eqf"}
    assert Agreement.objects.get().state == "draft"


@pytest.mark.parametrize("action", ["agree", "start", "renew", "", None])
def test_what_binds_the_university_is_for_a_person(university, writer, action) -> None:
    an_agreement(university, state="proposed")
    assert told(writer.send("post", "agreements/partner-2026/steps", {"action": action})) == (422, "invalid")
    assert Agreement.objects.get().state == "proposed"


COUNT = {
    "partner": "partner",
    "academic_year": "2025/2026",
    "direction": "outgoing",
    "kind": "student-studies",
    "people": 3,
    "months": "15",
}


def test_a_number_is_made_and_then_replaced(university, writer) -> None:
    first = writer.send("put", "exchange-counts", COUNT)
    assert (first.status_code, first.json()) == (201, COUNT | {"unit": None, "source": "imported"})
    again = writer.send("put", "exchange-counts", COUNT | {"people": 5, "months": None})
    assert (again.status_code, again.json()["people"], again.json()["months"]) == (200, 5, None)
    assert writer.send("put", "exchange-counts", COUNT | {"unit": "law", "people": 1}).status_code == 201
    assert [(row.unit_id, row.people) for row in ExchangeCount.objects.order_by("pk")] == [(None, 5), (university.law.pk, 1)]
    assert history_of(ExchangeCount.objects.order_by("pk").first()).count() == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"partner": "absent", "unit": "absent"}, [("partner", "unknown-key"), ("unit", "unknown-key")]),
        ({"people": -1}, [("people", "greater-than-equal")]),
        ({"academic_year": "2025"}, [("academic_year", "academic-year")]),
    ],
)
def test_a_number_that_is_not_in_order_is_not_written(university, writer, change, expected) -> None:
    answer = writer.send("put", "exchange-counts", COUNT | change)
    assert (answer.status_code, faults(answer)) == (422, expected)
    assert not ExchangeCount.objects.exists()


def test_a_repeated_request_under_one_key_writes_once(university, writer, machine) -> None:
    first = writer.send("post", "agreements", NEW, **{"idempotency-key": "run-1"})
    again = writer.send("post", "agreements", NEW, **{"idempotency-key": "run-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert Agreement.objects.count() == 1
    assert JournalEntry.objects.filter(verb="add").count() == 1
    other = writer.send("post", "agreements", NEW | {"key": "another"}, **{"idempotency-key": "run-1"})
    assert told(other) == (409, "idempotency-key-used")
    elsewhere = machine(may_write=True).send("post", "agreements", NEW | {"key": "another"}, **{"idempotency-key": "run-1"})
    assert elsewhere.status_code == 201  # another token's keys are its own


def test_a_refused_request_may_be_repaired_under_the_same_key(university, writer) -> None:
    assert writer.send("post", "agreements", NEW | {"partners": [{"key": "absent"}]}, **{"idempotency-key": "k"}).status_code == 422
    assert writer.send("post", "agreements", NEW, **{"idempotency-key": "k"}).status_code == 201


@pytest.mark.parametrize("key", ["", "with space", "x" * 101, "é"])
def test_a_key_is_readable(university, writer, key) -> None:
    assert told(writer.send("post", "agreements", NEW, **{"idempotency-key": key})) == (400, "bad-idempotency-key")


WRITES = [
    ("post", "agreements", NEW),
    ("patch", "agreements/partner-2026", {"title": "x"}),
    ("put", "agreements/partner-2026/draft", TEXT),
    ("post", "agreements/partner-2026/steps", {"action": "propose"}),
    ("put", "exchange-counts", COUNT),
    ("post", "student-feed", {"students": []}),
]


@pytest.mark.parametrize(("method", "path", "content"), WRITES)
def test_a_token_that_reads_writes_nothing(university, reader, machine, method, path, content) -> None:
    an_agreement(university)
    for asking in (reader, machine(role=TokenRole.AUDITOR)):
        assert told(asking.send(method, path, content)) == (403, "token-reads-only")
    assert told(Machine().send(method, path, content)) == (401, "token-missing")


def test_a_token_of_a_faculty_writes_for_its_own_units_only(university, machine) -> None:
    """Science may make and edit its own drafts; those of law are not there for it, nor are numbers and students of the university."""
    science = machine(role=TokenRole.FACULTY_OFFICER, unit=university.science, may_write=True)
    assert told(science.send("post", "agreements", NEW)) == (403, "not-yours")
    assert told(science.send("post", "agreements", NEW | {"unit": "law"})) == (403, "not-yours")
    assert science.send("post", "agreements", NEW | {"unit": "observatory"}).status_code == 201
    assert science.send("patch", "agreements/new-2027", {"title": "Renamed"}).status_code == 200
    law = an_agreement(university)
    Agreement.objects.filter(pk=law.pk).update(owner=university.law)
    assert told(science.send("patch", "agreements/partner-2026", {"title": "x"})) == (404, "not-found")
    assert told(science.send("put", "exchange-counts", COUNT)) == (403, "role-refused")
    assert told(science.send("post", "student-feed", {"students": []})) == (403, "role-refused")
    Agreement.objects.filter(key="new-2027").update(state="in-effect")
    assert told(science.send("post", "agreements/new-2027/steps", {"action": "end"})) == (403, "role-refused")
    assert list(Agreement.objects.order_by("key").values_list("key", "title")) == [
        ("new-2027", "Renamed"),
        ("partner-2026", "Exchange with Partner"),
    ]
