"""Which of our agreements a partner's copy may belong to: suggestions with reasons, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.rules.agreements.comparison import compare, match
from goliard.rules.agreements.copy import Copy
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agreement of ours with the same partner: its key, its copy, our id of it, and the numbers that people know it by."""

    key: int
    copy: Copy
    iia_id: str = ""
    codes: frozenset[str] = frozenset()
    is_mapped: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """A suggestion: how well it fits (the higher the better; 0 fits not at all), and why."""

    key: int
    score: int
    reasons: tuple[Text, ...]


def pairings(theirs: Copy, *, names: str, code: str, candidates: Iterable[Candidate]) -> tuple[Pairing, ...]:
    """Return the agreements to which a copy may belong, the likeliest first.

    `names` is the id of ours that the copy names, `code` the number by which the partner's people know it.
    """
    found = (_pairing(theirs, names, code, candidate) for candidate in candidates)
    return tuple(sorted(found, key=lambda each: (-each.score, each.key)))


def _pairing(theirs: Copy, names: str, code: str, candidate: Candidate) -> Pairing:
    score, reasons = 0, []
    if names and names == candidate.iia_id:
        score += 100
        reasons.append(Text("hun kopie noemt ons id", "their copy names our id"))
    if code and code.casefold() in {each.casefold() for each in candidate.codes}:
        score += 30
        reasons.append(Text(f"hetzelfde nummer: {code}", f"the same number: {code}"))
    pairs, only_ours, only_theirs = match(candidate.copy.conditions, theirs.conditions)
    alike = [(one, other) for one, other in pairs if {each.isced_f for each in one.subjects} & {each.isced_f for each in other.subjects}]
    everything = len(pairs) + len(only_ours) + len(only_theirs)
    if pairs:
        score += 20 * len(pairs) // everything + 20 * len(alike) // everything
        reasons.append(
            Text(
                f"{len(pairs)} van {everything} voorwaarden hebben dezelfde mobiliteit en richting, {len(alike)} ook hetzelfde vak",
                f"{len(pairs)} of {everything} conditions have the same mobility and direction, {len(alike)} also the same subject",
            )
        )
    if _years(candidate.copy) & _years(theirs):
        score += 5
        reasons.append(Text("de academische jaren overlappen", "the academic years overlap"))
    differences = compare(candidate.copy, theirs)
    if not differences:
        score += 20
        reasons.append(Text("de kopieën zeggen hetzelfde", "the copies say the same"))
    else:
        reasons.append(Text(f"verschillen: {len(differences)}", f"differences: {len(differences)}"))
    if candidate.is_mapped:
        score -= 50
        reasons.append(Text("al gekoppeld aan een andere kopie", "already mapped to another copy"))
    return Pairing(candidate.key, max(score, 0), tuple(reasons))


def _years(copy: Copy) -> set[int]:
    return {
        year for each in copy.conditions for year in range(each.first_year.first, min(each.last_year.first, each.first_year.first + 50) + 1)
    }
