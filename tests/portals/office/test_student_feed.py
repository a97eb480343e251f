"""The office takes in a feed: upload, look, take in; faults stop all of it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.university import a_small_university
from tests.portals.public.reading import words

from goliard.apps.documents.models import StoredFile
from goliard.apps.people.models import Enrolment

pytestmark = pytest.mark.django_db
HEAD = "student_number,family_name,email,programme,cycle,unit,enrolled_from,as_of\n"
GOOD = HEAD + "s1,One,s1@example.org,B-AST,bachelor,observatory,2024-09-01,2026-11-01\n"


def uploaded(officer: Client, content: str) -> str:
    answer = officer.post("/en/office/student-feed/", {"file": SimpleUploadedFile("students.csv", content.encode())})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer["Location"])


def test_upload_look_and_take_in(officer: Client) -> None:
    a_small_university()
    address = uploaded(officer, GOOD)
    said = words(officer.get(address).content.decode())
    assert "New 1 Changed 0" in said
    assert Enrolment.objects.count() == 0
    assert officer.post(address).status_code == 302
    assert Enrolment.objects.get().programme == "B-AST"
    assert StoredFile.objects.count() == 0, "the file itself is personal data and is not kept"


def test_a_fault_stops_all_of_it(officer: Client) -> None:
    a_small_university()
    address = uploaded(officer, GOOD + "s2,Two,s2@example.org,B-AST,bachelor,nowhere,2024-09-01,2026-11-01\n")
    for answer in (officer.get(address), officer.post(address)):
        assert answer.status_code == 422
        assert "row 3, column unit: No unit with the key “nowhere”." in words(answer.content.decode())
    assert Enrolment.objects.count() == 0


def test_what_is_no_table_is_refused_at_the_door(officer: Client) -> None:
    picture = SimpleUploadedFile("students.csv", b"\x89PNG\r\n\x1a\n")
    assert officer.post("/en/office/student-feed/", {"file": picture}).status_code == 422
    assert officer.post("/en/office/student-feed/").status_code == 422
    assert officer.get("/en/office/student-feed/students.csv").content.startswith(b"student_number,given_name,")
