"""`verify`: whether the journal still says what was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models

from goliard.apps.journal.hashing import FIRST_PREVIOUS, digest_of_details, hash_of_entry, hash_of_seal
from goliard.apps.journal.models import EntryDetails, JournalEntry, Seal, SealedEntry
from goliard.apps.journal.services import ERASE_DETAILS


class Kind(StrEnum):
    """What can be wrong."""

    CHANGED = "changed"  # an entry's row differs from what was sealed
    REMOVED = "removed"  # an entry, its place in a seal, or a whole seal is gone
    REORDERED = "reordered"  # the same rows, in another order than was sealed
    SEAL_CHANGED = "seal changed"  # a seal's own row differs
    DETAILS_CHANGED = "details changed"
    DETAILS_MISSING = "details missing"  # gone without an erasure that says so
    HEAD_MISSING = "head missing"  # the kept head is no longer in the chain: an end was cut off, or the chain was rewritten


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    kind: Kind
    where: str


@dataclass(slots=True)
class Verdict:
    """What verify saw. `unsealed` entries are no fault, but nothing can vouch for them yet."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(*, kept_head: str = "") -> Verdict:
    """Read the whole journal, seal by seal, and report every row that was changed, removed or reordered.

    `kept_head` is a line that `goliard journal head` printed earlier (`number:hash`): where it is not in the chain, the end was cut off.
    """
    verdict = Verdict(unsealed=JournalEntry.objects.filter(sealed__isnull=True).count())
    hashes: dict[int, str] = {}
    previous_number, previous_hash = 0, FIRST_PREVIOUS
    for row in Seal.objects.order_by("number").iterator():
        verdict.seals += 1
        hashes[row.number] = row.hash
        if row.number != previous_number + 1:
            verdict.findings.append(Finding(Kind.REMOVED, f"seals {previous_number + 1} to {row.number - 1}"))
        elif row.previous_hash != previous_hash:
            verdict.findings.append(Finding(Kind.SEAL_CHANGED, f"seal {row.number} does not follow seal {previous_number}"))
        verdict.findings.extend(_faults_of_seal(row, verdict))
        previous_number, previous_hash = row.number, row.hash
    verdict.findings.extend(Finding(Kind.REMOVED, f"seal {number}") for number in _seals_without_row())
    verdict.findings.extend(_faults_of_details(verdict))
    if kept_head and not _holds(kept_head, hashes):
        verdict.findings.append(Finding(Kind.HEAD_MISSING, kept_head))
    return verdict


def _faults_of_seal(row: Seal, verdict: Verdict) -> Iterator[Finding]:
    places = list(SealedEntry.objects.filter(seal_id=row.number).order_by("position").values_list("entry_id", "entry_hash"))
    entries = JournalEntry.objects.in_bulk([entry_id for entry_id, _ in places])
    verdict.entries += len(places)
    rows_are_whole = True
    for entry_id, sealed_hash in places:
        if entry_id not in entries:
            rows_are_whole = False
            yield Finding(Kind.REMOVED, f"entry {entry_id} of seal {row.number}")
        elif hash_of_entry(entries[entry_id]) != sealed_hash:
            rows_are_whole = False
            yield Finding(Kind.CHANGED, f"entry {entry_id} of seal {row.number}")
    chained = hash_of_seal(
        number=row.number,
        previous_hash=row.previous_hash,
        sealed_at=row.sealed_at,
        entry_hashes=[sealed_hash for _, sealed_hash in places],
    )
    if len(places) < row.entry_count:
        yield Finding(Kind.REMOVED, f"{row.entry_count - len(places)} of the {row.entry_count} entries of seal {row.number}")
    elif chained != row.hash and rows_are_whole:
        yield Finding(_kind_of_broken_seal(row, places), f"seal {row.number}")
    elif chained != row.hash:
        yield Finding(Kind.SEAL_CHANGED, f"seal {row.number}")


def _kind_of_broken_seal(row: Seal, places: list[tuple[int, str]]) -> Kind:
    """Tell an order that was changed from a seal that was: entries are sealed in the order of their ids."""
    in_order = [sealed_hash for _, sealed_hash in sorted(places)]
    as_sealed = hash_of_seal(number=row.number, previous_hash=row.previous_hash, sealed_at=row.sealed_at, entry_hashes=in_order)
    return Kind.REORDERED if as_sealed == row.hash else Kind.SEAL_CHANGED


def _seals_without_row() -> list[int]:
    """Numbers of seals that entries point to and that are gone (a cut tail that left its entries' places behind)."""
    known = Seal.objects.filter(number=models.OuterRef("seal_id"))
    lost = SealedEntry.objects.filter(~models.Exists(known)).order_by("seal_id").values_list("seal_id", flat=True).distinct()
    newest = Seal.objects.aggregate(newest=models.Max("number"))["newest"] or 0
    return [number for number in lost if number > newest]  # gaps below are reported by the walk


def _faults_of_details(verdict: Verdict) -> Iterator[Finding]:
    erased = _erased_entries()
    with_details = JournalEntry.objects.exclude(details_digest="").select_related("erasable").order_by("pk")
    for entry in with_details.iterator(chunk_size=1000):
        details = getattr(entry, "erasable", None)
        if details is None and entry.pk in erased:
            verdict.erased += 1
        elif details is None:
            yield Finding(Kind.DETAILS_MISSING, f"entry {entry.pk}")
        elif digest_of_details(salt=details.salt, content=details.content) != entry.details_digest:
            yield Finding(Kind.DETAILS_CHANGED, f"entry {entry.pk}")


def _erased_entries() -> set[int]:
    erasures = EntryDetails.objects.filter(entry__verb=ERASE_DETAILS)
    return {entry_id for erasure in erasures for entry_id in erasure.as_dict["entries"]}


def _holds(kept_head: str, hashes: dict[int, str]) -> bool:
    number, _, kept_hash = kept_head.partition(":")
    return number.isdigit() and hashes.get(int(number)) == kept_hash
