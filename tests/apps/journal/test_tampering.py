"""Every kind of tampering, and what verify says of it. A tamperer here may drop triggers: the chain must find it all the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from goliard.apps.journal import triggers
from goliard.apps.journal.hashing import hash_of_entry, hash_of_seal
from goliard.apps.journal.models import EntryDetails, JournalEntry, Seal, SealedEntry
from goliard.apps.journal.queries import head
from goliard.apps.journal.sealing import seal
from goliard.apps.journal.services import erase_details, record
from goliard.apps.journal.verification import Finding, Kind, verify
from goliard.rules.access.actor import Actor, system

NOW = dt.datetime(2022, 10, 3, 9, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def chain() -> list[JournalEntry]:
    """Three seals of three entries each, and nothing that holds a tamperer."""
    entries = []
    for batch in range(3):
        entries += [
            record(actor=Actor("user:officer"), verb="edit", subject=("projects.project", str(n)), now=NOW, details={"batch": batch})
            for n in range(3)
        ]
        assert seal(now=NOW + dt.timedelta(minutes=batch)) == 3
    triggers.remove(connection)
    return entries


def test_an_untouched_chain_is_whole(chain) -> None:
    verdict = verify(kept_head=str(head()))
    assert (verdict.seals, verdict.entries, verdict.unsealed, verdict.findings) == (3, 9, 0, [])


def test_an_empty_journal_is_whole() -> None:
    assert verify().is_whole
    assert head() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "user:another"),
        ("verb", "x"),
        ("subject_type", "x"),
        ("subject_id", "99"),
        ("reason", "x"),
        ("recorded_at", NOW + dt.timedelta(seconds=1)),
        ("details_digest", "0" * 64),
    ],
)
def test_a_changed_column_is_found(chain, column, value) -> None:
    sql(f"UPDATE journal_journalentry SET {column} = %s WHERE id = %s", value, chain[4].pk)
    assert Finding(Kind.CHANGED, f"entry {chain[4].pk} of seal 2") in verify().findings


def test_a_removed_entry_is_found(chain) -> None:
    sql("DELETE FROM journal_entrydetails WHERE entry_id = %s", chain[4].pk)
    sql("DELETE FROM journal_journalentry WHERE id = %s", chain[4].pk)
    assert verify().findings == [Finding(Kind.REMOVED, f"entry {chain[4].pk} of seal 2")]


def test_an_entry_removed_with_its_place_is_found(chain) -> None:
    sql("DELETE FROM journal_sealedentry WHERE entry_id = %s", chain[4].pk)
    sql("DELETE FROM journal_entrydetails WHERE entry_id = %s", chain[4].pk)
    sql("DELETE FROM journal_journalentry WHERE id = %s", chain[4].pk)
    assert verify().findings == [Finding(Kind.REMOVED, "1 of the 3 entries of seal 2")]


def test_a_seal_removed_from_the_middle_is_found(chain) -> None:
    sql("DELETE FROM journal_seal WHERE number = 2")
    assert verify().findings == [Finding(Kind.REMOVED, "seals 2 to 2")]


def test_reordered_places_are_found(chain) -> None:
    first, second = chain[3].pk, chain[4].pk
    sql("UPDATE journal_sealedentry SET position = 9 WHERE entry_id = %s", first)
    sql("UPDATE journal_sealedentry SET position = 0 WHERE entry_id = %s", second)
    sql("UPDATE journal_sealedentry SET position = 1 WHERE entry_id = %s", first)
    assert verify().findings == [Finding(Kind.REORDERED, "seal 2")]


def test_two_entries_that_change_places_are_found(chain) -> None:
    first, second = chain[3].pk, chain[4].pk
    sql("UPDATE journal_journalentry SET subject_id = '1' WHERE id = %s", first)
    sql("UPDATE journal_journalentry SET subject_id = '0' WHERE id = %s", second)
    assert verify().findings == [Finding(Kind.CHANGED, f"entry {first} of seal 2"), Finding(Kind.CHANGED, f"entry {second} of seal 2")]


def test_an_entry_slipped_into_a_seal_is_found(chain) -> None:
    late = record(actor=Actor("user:officer"), verb="slip-in", subject=("projects.project", "0"), now=NOW)
    sql("INSERT INTO journal_sealedentry (entry_id, seal_id, position, entry_hash) VALUES (%s, 2, 3, %s)", late.pk, hash_of_entry(late))
    assert verify().findings == [Finding(Kind.SEAL_CHANGED, "seal 2")]


def test_a_changed_entry_with_a_matching_place_is_found(chain) -> None:
    sql("UPDATE journal_journalentry SET verb = 'x' WHERE id = %s", chain[4].pk)
    forged = hash_of_entry(JournalEntry.objects.get(pk=chain[4].pk))
    sql("UPDATE journal_sealedentry SET entry_hash = %s WHERE entry_id = %s", forged, chain[4].pk)
    assert verify().findings == [Finding(Kind.SEAL_CHANGED, "seal 2")]


def test_a_changed_seal_breaks_the_chain_after_it(chain) -> None:
    sql("UPDATE journal_seal SET hash = %s WHERE number = 2", "f" * 64)
    assert verify().findings == [Finding(Kind.SEAL_CHANGED, "seal 2"), Finding(Kind.SEAL_CHANGED, "seal 3 does not follow seal 2")]


def test_a_seal_forged_from_its_entries_breaks_the_chain_after_it(chain) -> None:
    forge_seal(2, verb="x")
    assert verify().findings == [Finding(Kind.SEAL_CHANGED, "seal 3 does not follow seal 2")]


def test_a_chain_rewritten_to_its_end_is_found_with_a_kept_head(chain) -> None:
    kept = str(head())
    forge_seal(3, verb="x")
    assert verify().is_whole  # nothing inside can tell
    assert verify(kept_head=kept).findings == [Finding(Kind.HEAD_MISSING, kept)]


def test_a_cut_tail_is_found_with_a_kept_head(chain) -> None:
    kept = str(head())
    sql("DELETE FROM journal_sealedentry WHERE seal_id = 3")
    sql("DELETE FROM journal_seal WHERE number = 3")
    for entry in chain[6:]:
        sql("DELETE FROM journal_entrydetails WHERE entry_id = %s", entry.pk)
        sql("DELETE FROM journal_journalentry WHERE id = %s", entry.pk)
    assert verify().is_whole  # nothing inside can tell
    assert verify(kept_head=kept).findings == [Finding(Kind.HEAD_MISSING, kept)]


def test_a_tail_cut_carelessly_is_found_without_a_head(chain) -> None:
    sql("DELETE FROM journal_seal WHERE number = 3")
    assert verify().findings == [Finding(Kind.REMOVED, "seal 3")]


def test_an_older_head_still_holds(chain) -> None:
    kept = str(head())
    record(actor=Actor("user:officer"), verb="go-on", subject=("projects.project", "0"), now=NOW)
    seal(now=NOW)
    assert verify(kept_head=kept).is_whole


@pytest.mark.parametrize("kept", ["3", "x:y", "3:" + "0" * 64, "99:" + "0" * 64])
def test_a_head_that_never_was_is_missing(chain, kept) -> None:
    assert verify(kept_head=kept).findings == [Finding(Kind.HEAD_MISSING, kept)]


def test_changed_details_are_found(chain) -> None:
    EntryDetails.objects.filter(pk=chain[4].pk).update(content='{"batch":7}')
    assert verify().findings == [Finding(Kind.DETAILS_CHANGED, f"entry {chain[4].pk}")]


def test_details_that_vanished_are_found_and_erased_ones_are_not(chain) -> None:
    EntryDetails.objects.filter(pk=chain[4].pk).delete()
    erase_details(entries=[chain[5]], subject=("people.person", "5"), actor=system("erasure"), now=NOW, reason="Retention ended.")
    verdict = verify()
    assert verdict.findings == [Finding(Kind.DETAILS_MISSING, f"entry {chain[4].pk}")]
    assert (verdict.erased, verdict.unsealed) == (1, 1)


def forge_seal(number: int, *, verb: str) -> None:
    """Change the first entry of a seal, then make the seal agree with it, as somebody with the source code would."""
    place = SealedEntry.objects.filter(seal_id=number).order_by("position")[0]
    sql("UPDATE journal_journalentry SET verb = %s WHERE id = %s", verb, place.entry_id)
    forged = hash_of_entry(JournalEntry.objects.get(pk=place.entry_id))
    sql("UPDATE journal_sealedentry SET entry_hash = %s WHERE entry_id = %s", forged, place.entry_id)
    row = Seal.objects.get(number=number)
    hashes = SealedEntry.objects.filter(seal_id=number).order_by("position").values_list("entry_hash", flat=True)
    chained = hash_of_seal(number=number, previous_hash=row.previous_hash, sealed_at=row.sealed_at, entry_hashes=hashes)
    sql("UPDATE journal_seal SET hash = %s WHERE number = %s", chained, number)
