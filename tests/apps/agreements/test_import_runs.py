"""Imports in the background: followed while they run, done exactly once whatever happens to the worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.factories.university import a_small_university

from goliard.apps.agreements.choices import ImportMode
from goliard.apps.agreements.models import Agreement, ImportRun
from goliard.apps.agreements.services.imports.columns import KNOWN, recognised
from goliard.apps.agreements.services.imports.importing import keep_import_file
from goliard.apps.agreements.services.imports.runs import LOST_AFTER, Superseded, ask_import, claim_import, run_import, run_imports
from goliard.apps.agreements.services.imports.sheets import read_sheet
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import system

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TABLE = "Kenmerk;Partner;Soort;Begindatum;Einddatum;Uit\n" + "".join(f"a-{n};Partner;mou;1-9-20{n:02};31-8-2029;\n" for n in range(10, 20))


def asked(table: str = TABLE, mode: ImportMode = ImportMode.ALL) -> ImportRun:
    stored = keep_import_file(content=table.encode(), name="table.csv", actor=system("test"), now=NOW)
    sheet = read_sheet(table.encode(), KNOWN)
    return ask_import(stored=stored, mapped=recognised(sheet), mode=mode, rows=len(sheet.rows), actor=system("officer"), now=NOW)


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_is_written_outside_the_transaction() -> None:
    a_small_university()
    run = asked()
    seen: list[tuple[int, str, bool]] = []

    def clock() -> datetime:
        run.refresh_from_db()
        seen.append((run.rows_read, run.state, connection.in_atomic_block))
        return NOW

    assert run_imports(worker="one", clock=clock) == 1
    run.refresh_from_db()
    assert (run.state, run.agreements, run.rows_imported, run.faults) == ("done", 10, 10, 0)
    reading = [(rows, inside) for rows, state, inside in seen if state == "reading"]
    assert [rows for rows, _inside in reading][:3] == [0, 0, 1]
    assert max(rows for rows, _inside in reading) == 10
    assert not any(inside for _rows, inside in reading)
    assert [(rows, inside) for rows, state, inside in seen if state == "writing"] == [(10, True)]
    assert JournalEntry.objects.get(verb="import-agreements").actor == "system:officer"


@pytest.mark.django_db
def test_a_dead_worker_leaves_nothing_and_another_one_takes_over() -> None:
    a_small_university()
    asked()
    first = claim_import(worker="one", now=NOW)
    assert first is not None
    assert claim_import(worker="two", now=NOW) is None, "it is being worked on"
    later = NOW + LOST_AFTER + timedelta(seconds=1)
    assert run_imports(worker="two", clock=lambda: later) == 1
    with pytest.raises(Superseded):
        run_import(first, lambda: later)
    assert Agreement.objects.count() == 10
    assert JournalEntry.objects.filter(verb="import-agreements").count() == 1


@pytest.mark.django_db
def test_what_breaks_off_three_times_is_given_up_and_the_next_one_runs() -> None:
    a_small_university()
    run = asked()
    moment = NOW
    for _attempt in range(3):
        assert claim_import(worker="dies", now=moment) is not None
        moment += LOST_AFTER + timedelta(seconds=1)
    asked("Partner;Soort;Begindatum;Einddatum\nPartner;mou;1-9-2024;31-8-2029\n")
    assert run_imports(worker="two", clock=lambda: moment) == 1
    run.refresh_from_db()
    assert (run.state, run.reasons[0][1]) == ("refused", "The import broke off three times; tell whoever runs Goliard.")
    assert Agreement.objects.count() == 1


@pytest.mark.django_db
def test_faults_refuse_all_and_the_run_says_why() -> None:
    a_small_university()
    run = asked(TABLE + "b;Nobody;mou;1-9-2024;31-8-2029;\n")
    run_imports(worker="one", clock=lambda: NOW)
    run.refresh_from_db()
    assert (run.state, run.ended_at) == ("refused", NOW)
    assert run.reasons == [["Er zijn rijen met fouten; er is niets ingevoerd.", "Some rows have faults; nothing was imported."]]
    assert not Agreement.objects.exists()


@pytest.mark.django_db
def test_what_came_in_since_the_plan_is_seen() -> None:
    a_small_university()
    first, second = asked(), asked()
    assert first.pk != second.pk, "the same table, uploaded twice"
    run_imports(worker="one", clock=lambda: NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.state, second.state] == ["done", "refused"]
    assert Agreement.objects.count() == 10
