"""What an entry holds, and that nobody changes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from goliard.apps.journal.changes import changes, snapshot
from goliard.apps.journal.models import EntryDetails, EntryIsImmutable, JournalEntry, UnsealedEntry
from goliard.apps.journal.queries import Lag, history_of, history_of_all, sealer_lag
from goliard.apps.journal.sealing import seal
from goliard.apps.journal.services import RecordedOutsideTransaction, erase_details, record
from goliard.rules.access.actor import Actor, system

NOW = dt.datetime(2022, 10, 3, 9, 30, 15, 123456, tzinfo=dt.UTC)
OFFICER = Actor("user:officer")
PROJECT = ("projects.project", "12")

pytestmark = pytest.mark.django_db


def entry(**given) -> JournalEntry:
    return record(**{"actor": OFFICER, "verb": "publish-project", "subject": PROJECT, "now": NOW, **given})


def test_an_entry_says_who_what_when_and_why() -> None:
    made = JournalEntry.objects.get(pk=entry(reason="The National Agency's letter came in.").pk)
    assert (made.actor, made.verb, made.subject_type, made.subject_id) == ("user:officer", "publish-project", "projects.project", "12")
    assert (made.recorded_at, made.reason, made.details_digest) == (NOW, "The National Agency's letter came in.", "")
    assert not EntryDetails.objects.exists()


def test_details_come_back_in_plain_types() -> None:
    given = {"period": dt.date(2022, 8, 1), "amount": Decimal("449.50"), "title": {"before": "Sterren", "after": "Étoiles"}}
    made = entry(details=given)
    assert made.erasable.as_dict == {"period": "2022-08-01", "amount": "449.50", "title": {"before": "Sterren", "after": "Étoiles"}}
    assert len(made.details_digest) == 64


def test_the_same_details_twice_have_different_digests() -> None:
    assert entry(details={"a": 1}).details_digest != entry(details={"a": 1}).details_digest


def test_a_saved_row_names_itself() -> None:
    row = ContentType.objects.create(app_label="funding", model="call")
    assert (entry(subject=row).subject_type, entry(subject=row).subject_id) == ("contenttypes.contenttype", str(row.pk))


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"subject": ContentType(app_label="a", model="b")}, ValueError),
        ({"verb": ""}, ValueError),
        ({"now": dt.datetime(2022, 1, 1)}, ValueError),  # noqa: DTZ001 -- a naive moment is what is refused
        ({"details": {"what": object()}}, TypeError),
    ],
)
def test_what_is_refused_leaves_nothing(given, error) -> None:
    with pytest.raises(error):
        entry(**given)
    assert JournalEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_use_case() -> None:
    with pytest.raises(RecordedOutsideTransaction):
        entry()
    with transaction.atomic():
        entry()
        transaction.set_rollback(True)
    assert JournalEntry.objects.count() == 0


def test_history_is_newest_first_and_only_of_its_subject() -> None:
    first, second = entry(verb="create-project"), entry(verb="publish-project")
    other = entry(subject=("projects.project", "13"))
    assert list(history_of(PROJECT)) == [second, first]
    assert list(history_of_all([PROJECT, ("projects.project", "13")])) == [other, second, first]
    assert list(history_of_all([])) == []


def test_history_with_details_is_one_query(django_assert_num_queries) -> None:
    for number in range(30):
        entry(details={"number": number})
    with django_assert_num_queries(1):
        assert [row.erasable.as_dict["number"] for row in history_of(PROJECT)] == list(range(29, -1, -1))


def test_models_and_their_managers_refuse_to_change_a_row() -> None:
    made = entry()
    made.verb = "something-else"
    for attempt in (
        made.save,
        made.delete,
        lambda: JournalEntry.objects.update(verb="x"),
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.bulk_update([made], ["verb"]),
    ):
        with pytest.raises(EntryIsImmutable):
            attempt()
    assert JournalEntry.objects.get().verb == "publish-project"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_journalentry SET verb = 'x'",
        "DELETE FROM journal_journalentry",
        "UPDATE journal_seal SET entry_count = 2",
        "DELETE FROM journal_seal",
        "UPDATE journal_sealedentry SET position = 7",
        "DELETE FROM journal_sealedentry",
    ],
)
def test_the_database_refuses_to_change_what_is_sealed(statement) -> None:
    entry()
    seal(now=NOW)
    with pytest.raises(DatabaseError, match="the journal is immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert JournalEntry.objects.get().verb == "publish-project"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
def test_postgresql_refuses_to_truncate_what_is_sealed() -> None:
    entry()
    seal(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="the journal is immutable"), transaction.atomic():
            cursor.execute("TRUNCATE journal_journalentry CASCADE")


def test_erasure_removes_details_and_says_so() -> None:
    kept, gone = entry(details={"name": "kept"}), entry(details={"name": "gone"})
    removed = erase_details(entries=[gone], subject=("people.person", "5"), actor=system("erasure"), now=NOW, reason="Retention ended.")
    assert removed == 1
    assert list(EntryDetails.objects.exclude(entry__verb="erase-details").values_list("entry_id", flat=True)) == [kept.pk]
    told = history_of(("people.person", "5")).get()
    assert (told.actor, told.verb, told.reason, told.erasable.as_dict) == (
        "system:erasure",
        "erase-details",
        "Retention ended.",
        {"entries": [gone.pk]},
    )


def test_lag_counts_what_waits_and_since_when() -> None:
    assert sealer_lag() == Lag(waiting=0, since=None)
    entry(now=NOW + dt.timedelta(minutes=1))
    entry()
    assert sealer_lag() == Lag(waiting=2, since=NOW)
    seal(now=NOW)
    assert sealer_lag() == Lag(waiting=0, since=None)
    assert UnsealedEntry.objects.count() == 0


def test_changes_name_each_field_before_and_after() -> None:
    row = ContentType.objects.create(app_label="funding", model="call")
    before = snapshot(row)
    row.model = "fundingcall"
    assert before == {"app_label": "funding", "model": "call"}
    assert changes(before, snapshot(row)) == {"model": {"before": "call", "after": "fundingcall"}}
    assert changes({}, {"title": "x"}) == {"title": {"before": None, "after": "x"}}
    assert snapshot(row, ["model"]) == {"model": "fundingcall"}
