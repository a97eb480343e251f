"""One application over all partnerships: checked, made final, submitted once, and kept byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook
from tests.factories.calls import NOW, OFFICER, a_selected_interest, a_writer, actor_of, an_application, an_open_call, answered

from goliard.apps.funding.models import ApplicationFile, ProjectApplication
from goliard.apps.funding.queries.applications import findings, whole_of
from goliard.apps.funding.services.applications import move_application, open_application, save_partnership
from goliard.apps.funding.services.interests import withdraw_interest
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
LATE = dt.datetime(2027, 2, 6, 12, tzinfo=dt.UTC)


def two_partnerships() -> ProjectApplication:
    stage = an_open_call()
    for number in (1, 2):
        a_selected_interest(stage, a_writer(f"writer{number}@example.org"), title=f"Idea {number} =1+1")
    application = an_application(stage)
    for each in whole_of(application).partnerships:
        answered(each.interest)
    return application


def test_flows_are_taken_over_once_and_the_whole_is_priced_as_one_plan() -> None:
    application = two_partnerships()
    open_application(call=application.call, actor=OFFICER, now=NOW)
    whole = whole_of(application)
    assert [[row.number for row in each.rows] for each in whole.partnerships] == [[1, 2], [3, 4]]
    assert whole.budget.mobilities == 6
    regions = {name.en: total for name, _cells, total in whole.regions}
    assert set(regions) == {"Sub-Saharan Africa", "the application as a whole"}
    assert sum(regions.values()) == whole.budget.cents
    assert sum(each.cents for each in whole.partnerships) == regions["Sub-Saharan Africa"]
    assert [each for each in findings(whole) if each.is_fault] == []


def test_what_was_submitted_is_kept_in_three_forms_with_their_hashes() -> None:
    application = two_partnerships()
    for action in ("finalise", "submit"):
        application = move_application(application=application, action=action, actor=OFFICER, now=NOW)
    kept = {each.kind: each.stored for each in ApplicationFile.objects.select_related("stored")}
    bodies = {kind: default_storage.open(stored.storage_name).read() for kind, stored in kept.items()}
    assert all(hashlib.sha256(bodies[kind]).hexdigest() == stored.sha256 for kind, stored in kept.items())
    assert bodies["pdf"].startswith(b"%PDF-")
    told = json.loads(bodies["json"])
    assert told["budget"]["total_cents"] == application.asked_cents == ProjectApplication.objects.get().asked_cents
    assert len(told["partnerships"]) == 2
    assert (told["language"], told["partnerships"][0]["title"]["nl"]) == ("en", "Sterren boven Ethiopië")
    sheets = load_workbook(io.BytesIO(bodies["xlsx"]))
    assert [sheets["Flows"].cell(2, column).value for column in (1, 2, 4)] == ["Idea 1 =1+1", "incoming", 2]
    entry = JournalEntry.objects.get(verb="submit-application")
    assert entry.erasable.as_dict["json"] == kept["json"].sha256
    with pytest.raises(TransitionRefused):
        move_application(application=application, action="submit", actor=OFFICER, now=NOW)


def test_the_files_are_in_the_language_of_the_national_agency() -> None:
    application = two_partnerships()
    move_application(application=application, action="finalise", actor=OFFICER, now=NOW)
    application = move_application(application=application, action="submit", actor=OFFICER, now=NOW, language="nl")
    kept = {each.kind: each.stored for each in ApplicationFile.objects.select_related("stored")}
    assert application.language == "nl"
    assert kept["pdf"].name.endswith("-application-nl.pdf")
    sheets = load_workbook(io.BytesIO(default_storage.open(kept["xlsx"].storage_name).read()))
    assert sheets.sheetnames == ["Samenvatting", "Partnerschappen", "Stromen", "Prioriteiten", "Antwoorden", "Begrotingsregels"]
    assert [sheets["Stromen"].cell(2, column).value for column in (1, 2, 3)] == [
        "Sterren boven Ethiopië", "inkomend", "masterstudenten: studie",
    ]  # fmt: skip
    unverified = [row[0].value for row in sheets["Samenvatting"].iter_rows() if row[0].value == "Niet geverifieerde cijfers"]
    assert unverified, "the workbook says which figures nobody has seen in print"


def test_what_is_incomplete_or_late_is_not_submitted_and_nothing_is_kept() -> None:
    stage = an_open_call()
    a_selected_interest(stage)
    application = an_application(stage)
    with pytest.raises(Refused) as refused:
        move_application(application=application, action="finalise", actor=OFFICER, now=NOW)
    assert refused.value.reasons[0].because.en == "Stars over Ethiopia (ET): Question 1 has no answer yet."
    answered(whole_of(application).partnerships[0].interest)
    move_application(application=application, action="finalise", actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as refused:
        move_application(application=application, action="submit", actor=OFFICER, now=LATE)
    assert [reason.rule for reason in refused.value.reasons] == ["deadline-passed"]
    assert ProjectApplication.objects.get().state == "final"
    assert ApplicationFile.objects.count() == 0


def test_staff_write_until_the_final_version_is_due_and_nobody_after_it_is_final() -> None:
    stage = an_open_call()
    interest = a_selected_interest(stage)
    application = an_application(stage)
    with pytest.raises(Refused) as refused:
        save_partnership(interest=interest, answers={}, flows=(), seen=interest.revision, actor=actor_of(interest.owner), now=LATE)
    assert [reason.rule for reason in refused.value.reasons] == ["deadline-passed"]
    interest = answered(interest)
    move_application(application=application, action="finalise", actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        withdraw_interest(interest=interest, reason="", actor=actor_of(interest.owner), now=NOW)
    with pytest.raises(Refused) as refused:
        answered(interest)
    assert [reason.rule for reason in refused.value.reasons] == ["application-shut"]
