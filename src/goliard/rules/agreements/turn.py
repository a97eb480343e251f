"""Whose turn it is with an agreement in the network, and what they should do: one row a situation, the first that applies counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from goliard.rules.values.texts import Text


class Who(StrEnum):
    """Who acts next."""

    US = "us"
    PARTNER = "partner"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands: our copy, the partner's, whether they name each other, and who approved what stands now."""

    is_published: bool
    cannot_be_published: bool = False
    is_known: bool = False
    is_gone: bool = False
    we_name_theirs: bool = False
    they_name_ours: bool = False
    is_as_declared: bool = True
    is_approvable: bool = True
    differences: int = 0
    we_approved: bool = False
    they_approved: bool = False
    is_terminated: bool = False
    has_draft: bool = False
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The situation, who acts next, and what they should do."""

    state: str
    who: Who
    do: Text


@dataclass(frozen=True, slots=True)
class _Row:
    state: str
    applies: Callable[[Standing], bool]
    who: Who
    do: Text


TABLE = (
    _Row(
        "ended-here",
        lambda now: now.has_ended and not now.is_terminated,
        Who.NOBODY,
        Text(
            "Bij ons beëindigd, zonder beëindiging die beide goedkeurden: het netwerk leest dat zij niet meer in werking is.",
            "Ended here, without a termination that both approved: the network reads that it is no longer in effect.",
        ),
    ),
    _Row(
        "unwritable",
        lambda now: now.cannot_be_published,
        Who.US,
        Text(
            "Vul aan wat ontbreekt: zo kan onze kopie niet worden gepubliceerd.",
            "Fill in what is missing: our copy cannot be published like this.",
        ),
    ),
    _Row(
        "removed-by-partner",
        lambda now: now.is_gone,
        Who.US,
        Text(
            "De partner heeft zijn kopie verwijderd: vraag waarom, koppel een andere of trek de onze terug.",
            "The partner removed its copy: ask why, map another one, or take ours back.",
        ),
    ),
    _Row(
        "unpublished",
        lambda now: not now.is_published,
        Who.US,
        Text(
            "Stel onze tekst voor aan de partner; dan staat hij in het netwerk.",
            "Propose our text to the partner; the network can then read it.",
        ),
    ),
    _Row(
        "waiting-for-copy",
        lambda now: not now.is_known,
        Who.PARTNER,
        Text(
            "De partner maakt zijn kopie, of koppelt er een die hij al heeft.",
            "The partner makes its copy, or maps one that it already has.",
        ),
    ),
    _Row(
        "to-map",
        lambda now: not now.we_name_theirs,
        Who.US,
        Text(
            "Bevestig dat de kopie van de partner bij deze overeenkomst hoort.",
            "Confirm that the partner’s copy belongs to this agreement.",
        ),
    ),
    _Row(
        "waiting-for-mapping",
        lambda now: not now.they_name_ours,
        Who.PARTNER,
        Text("De partner zet ons id in zijn kopie.", "The partner puts our id into its copy."),
    ),
    _Row(
        "wrong-hash",
        lambda now: not now.is_as_declared,
        Who.PARTNER,
        Text(
            "De partner herstelt zijn hash: die hoort niet bij zijn tekst.",
            "The partner repairs its hash: it is not that of its text.",
        ),
    ),
    _Row(
        "not-approvable",
        lambda now: not now.is_approvable,
        Who.PARTNER,
        Text(
            "De partner vult in wat nog uit versie 6 openstaat.",
            "The partner fills in what is still open from version 6.",
        ),
    ),
    _Row(
        "differs",
        lambda now: now.differences > 0 and not now.we_approved,
        Who.US,
        Text(
            "De kopieën verschillen: neem de tekst van de partner over, pas de onze aan of vraag de partner zijn kopie te wijzigen.",
            "The copies differ: take over the partner’s text, amend ours, or ask the partner to change its copy.",
        ),
    ),
    _Row(
        "to-approve",
        lambda now: not now.we_approved,
        Who.US,
        Text("Keur de kopie van de partner goed.", "Approve the partner’s copy."),
    ),
    _Row(
        "waiting-for-approval",
        lambda now: not now.they_approved,
        Who.PARTNER,
        Text("De partner keurt onze kopie goed.", "The partner approves our copy."),
    ),
    _Row(
        "terminated",
        lambda now: now.is_terminated,
        Who.NOBODY,
        Text("Beide hebben de beëindiging goedgekeurd.", "Both approved the termination."),
    ),
    _Row(
        "draft-open",
        lambda now: now.has_draft,
        Who.US,
        Text(
            "Beide keurden de huidige tekst goed; er ligt een concept van een wijziging: stel het voor of geef het op.",
            "Both approved the present text; a draft of a change lies ready: propose it or give it up.",
        ),
    ),
    _Row("approved", lambda _now: True, Who.NOBODY, Text("Beide hebben goedgekeurd.", "Both have approved.")),
)


def turn_of(standing: Standing) -> Turn:
    """Return whose turn it is: the first row of the table that applies."""
    row = next(row for row in TABLE if row.applies(standing))
    return Turn(row.state, row.who, row.do)
