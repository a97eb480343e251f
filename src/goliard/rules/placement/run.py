"""One placement from beginning to end: allocate, refuse ties nobody ruled on, explain, audit, and name what it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from goliard.rules.placement.audit import AuditReport, audit
from goliard.rules.placement.choice import claims_of
from goliard.rules.placement.cut_offs import CutOff, cut_offs
from goliard.rules.placement.explain import Outcome, Wording, explain
from goliard.rules.placement.market import Market, MarketProblem, Wish
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, Policy, require_taken
from goliard.rules.placement.sentences import plain, spoken
from goliard.rules.placement.snapshot import input_hash
from goliard.rules.placement.ties import UNDECIDED, TieRule
from goliard.rules.placement.undecided import UndecidedTie
from goliard.rules.values.texts import Text

RULE_VERSION = "1"  # raised whenever the same input could give another outcome or another hash


class TieUndecided(MarketProblem):
    """Equal scores decide the outcome, and no rule was named for them."""

    def __init__(self, ties: list[UndecidedTie]) -> None:
        self.ties = tuple(ties)
        first = ties[0]
        who = ", ".join(first.applicants[:5]) + (" …" if len(first.applicants) > 5 else "")
        if first.score is None:
            super().__init__(
                Text(
                    f"er zijn plannen die even goed zijn en verschillen voor {who}; kies een regel voor gelijke scores.",
                    f"there are plans that are equally good and differ for {who}; name a rule for ties.",
                )
            )
            return
        score = plain(first.score)
        super().__init__(
            Text(
                f"gelijke scores beslissen: bij {first.destination} hebben {who} allen score {spoken(score, 'nl')}; "
                "kies een regel voor gelijke scores.",
                f"equal scores decide: at {first.destination} {who} all have score {score}; name a rule for ties.",
            )
        )


class AuditFailed(RuntimeError):
    """The audit found a fault: the run is kept as evidence and cannot be published."""


@dataclass(frozen=True, slots=True)
class PlacementRun:
    """A finished run. The same market, policy, ties and rule version give the same run, whatever the machine and the order of rows."""

    policy: str
    ties: TieRule
    rule_version: str
    input_hash: str
    market: Market
    assignment: Mapping[str, Wish]
    outcomes: tuple[Outcome, ...]
    cut_offs: Mapping[str, CutOff]
    audit: AuditReport

    @property
    def fingerprint(self) -> str:
        """SHA-256 over input hash, policy, ties and rule version: equal fingerprints, equal outcomes."""
        return fingerprint(self.input_hash, self.policy, self.ties)

    def require_publishable(self) -> None:
        """Raise `AuditFailed` unless the audit passed."""
        require_passed(self.audit)


def fingerprint(input_hash: str, policy: str, ties: TieRule) -> str:
    """SHA-256 over what a run was made from, in hexadecimal."""
    return sha256("\n".join((input_hash, policy, ties.name, RULE_VERSION)).encode()).hexdigest()


def lock(policy: Policy, ties: TieRule) -> str:
    """SHA-256 over policy, ties and rule version: kept before the deadline, it shows afterwards that the rules stayed the same."""
    return sha256("\n".join((policy.name, ties.name, RULE_VERSION)).encode()).hexdigest()


def require_passed(report: AuditReport) -> None:
    """Raise `AuditFailed` with what was found."""
    if not report.passed:
        found = ", ".join(f"{check}: {number}" for check, number in report.failures.items() if number)
        raise AuditFailed(f"the audit found {found}")


def place(market: Market, policy: Policy = DEFERRED_ACCEPTANCE, ties: TieRule = UNDECIDED) -> PlacementRun:
    """Run a policy.

    Raises `TieUndecided` when equal scores decide and `ties` names no rule, `MarketProblem` when the policy cannot take the input.
    """
    require_taken(policy, market)
    return finish(market, policy, ties, policy.allocate(market, ties))


def finish(market: Market, policy: Policy, ties: TieRule, assignment: Mapping[str, Wish]) -> PlacementRun:
    """Explain and audit an assignment that is already there: from `place`, from a faster twin, or changed by hand."""
    claims = claims_of(market, ties)
    limits = cut_offs(market, claims, assignment)
    if not ties.is_named:
        undecided = policy.undecided(market, assignment)
        if undecided:
            raise TieUndecided(undecided)
    wording = Wording(ties, policy.passed_over, policy.tied)
    return PlacementRun(
        policy=policy.name,
        ties=ties,
        rule_version=RULE_VERSION,
        input_hash=input_hash(market),
        market=market,
        assignment=assignment,
        outcomes=tuple(explain(market, claims, assignment, limits, wording)),
        cut_offs=limits,
        audit=audit(market, assignment, ties, policy.promises),
    )
