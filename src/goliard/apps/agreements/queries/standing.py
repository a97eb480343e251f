"""Where agreements stand in the network: both copies, who approved what stands now, and whose turn it is; for one or for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from goliard.apps.agreements.choices import AgreementKind, AgreementState, VersionState
from goliard.apps.agreements.copies import copies_of, read_canonical
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    IiaApproval,
    OwnIia,
    PartnerApproval,
    PartnerIia,
)
from goliard.apps.agreements.queries.mapping import network_copy
from goliard.apps.agreements.queries.network import PUBLISHED
from goliard.rules.agreements.comparison import Difference, compare
from goliard.rules.agreements.turn import Standing, Turn, turn_of


@dataclass(frozen=True, slots=True)
class Beside:
    """An agreement with both copies side by side, what differs between them, and whose turn it is since when."""

    agreement: Agreement
    own: OwnIia | None
    version: AgreementVersion | None
    party: AgreementParty | None
    copy: PartnerIia | None
    approval: IiaApproval | None
    partner_approval: PartnerApproval | None
    differences: tuple[Difference, ...]
    turn: Turn
    since: datetime | None


def agreements_in_network() -> QuerySet[Agreement]:
    """Return the agreements under the charter that are or were in the network, or whose partner has a copy of them."""
    named = AgreementParty.objects.filter(agreement=OuterRef("pk"), organisation__is_home=False).exclude(iia_id="")
    return Agreement.objects.filter(Q(own_iia__isnull=False) | Exists(named), kind=AgreementKind.IIA_PROGRAMME)


def beside(agreement: Agreement) -> Beside:
    """Return one agreement with everything that its page in the network shows."""
    return besides(Agreement.objects.filter(pk=agreement.pk), whole=True)[0]


def besides(agreements: QuerySet[Agreement], *, whole: bool = False, compared: bool = True) -> list[Beside]:
    """Return agreements as they stand, in a number of queries that does not grow with theirs.

    Unless `whole`, copies come without their texts, and what differs is looked for only where it decides what is to be done. Unless
    `compared`, not even there: who acts is known all the same, because it is for us to approve or to look at the differences.
    """
    found = list(
        agreements.select_related("own_iia__publication").prefetch_related("parties__organisation", "versions").order_by("title", "pk")
        if whole
        else agreements.select_related("own_iia__publication")
        .defer("own_iia__publication__xml", "own_iia__publication__hashed_text")
        .prefetch_related("parties__organisation", "versions")
        .order_by("title", "pk")
    )
    gathered = _Gathered(found, whole=whole)
    rows = [gathered.row(agreement) for agreement in found]
    differing = _compared([row for row in rows if whole or (compared and row.needs_comparison)])
    return [row.beside(differing.get(row.agreement.pk, ())) for row in rows]


@dataclass(slots=True)
class _Row:
    agreement: Agreement
    own: OwnIia | None
    version: AgreementVersion | None
    party: AgreementParty | None
    copy: PartnerIia | None
    approval: IiaApproval | None
    partner_approval: PartnerApproval | None

    @property
    def we_name_theirs(self) -> bool:
        return self.copy is not None and self.party is not None and self.party.iia_id == self.copy.iia_id

    @property
    def they_name_ours(self) -> bool:
        return self.copy is not None and self.own is not None and bool(self.own.iia_id) and self.copy.our_iia_id == self.own.iia_id

    @property
    def needs_comparison(self) -> bool:
        return self.we_name_theirs and self.they_name_ours and self.approval is None

    def beside(self, differences: tuple[Difference, ...]) -> Beside:
        own, copy = self.own, self.copy
        standing = Standing(
            is_published=own is not None and own.is_readable,
            cannot_be_published=own is not None and bool(own.why_not),
            is_known=copy is not None,
            is_gone=copy is not None and copy.gone_at is not None,
            we_name_theirs=self.we_name_theirs,
            they_name_ours=self.they_name_ours,
            is_as_declared=copy is None or copy.is_as_declared,
            is_approvable=copy is None or copy.is_approvable,
            differences=len(differences),
            we_approved=self.approval is not None,
            they_approved=self.partner_approval is not None,
            is_terminated=self.version is not None and self.version.is_terminated,
            has_draft=any(version.state == VersionState.DRAFT for version in self.agreement.versions.all()),
            has_ended=self.agreement.state == AgreementState.ENDED,
        )
        moments = (
            own.changed_at if own else None,
            (copy.gone_at or copy.changed_at) if copy else None,
            self.approval.approved_at if self.approval else None,
            self.partner_approval.received_at if self.partner_approval else None,
        )
        since = max((moment for moment in moments if moment is not None), default=None)
        return Beside(
            self.agreement, own, self.version, self.party, copy, self.approval, self.partner_approval, differences, turn_of(standing), since
        )


class _Gathered:
    """Everything that stands beside some agreements, read at once."""

    def __init__(self, agreements: Iterable[Agreement], *, whole: bool) -> None:
        partners = {
            party.organisation_id for agreement in agreements for party in agreement.parties.all() if not party.organisation.is_home
        }
        copies = PartnerIia.objects.filter(organisation__in=partners)
        self.copies = {(row.organisation_id, row.iia_id): row for row in (copies if whole else copies.defer("xml", "hashed_text"))}
        self.naming = {(row.organisation_id, row.our_iia_id): row for row in self.copies.values() if row.our_iia_id and row.gone_at is None}
        approvals = IiaApproval.objects.filter(copy__organisation__in=partners, withdrawn_at=None).defer("xml", "hashed_text", "content")
        self.approvals = {(row.copy_id, row.iia_hash): row for row in approvals}
        told = PartnerApproval.objects.filter(agreement__in=[each.pk for each in agreements], gone_at=None)
        self.told = {(row.agreement_id, row.iia_id, row.iia_hash): row for row in told}

    def row(self, agreement: Agreement) -> _Row:
        own: OwnIia | None = getattr(agreement, "own_iia", None)
        partners = [party for party in agreement.parties.all() if not party.organisation.is_home]
        party = partners[0] if len(partners) == 1 else None
        ours = next((each.iia_id for each in agreement.parties.all() if each.organisation.is_home), "")
        copy = None
        if party is not None:
            copy = (
                self.copies.get((party.organisation_id, party.iia_id)) if party.iia_id else self.naming.get((party.organisation_id, ours))
            )
        publication = own.publication if own is not None and own.is_readable else None
        published = [version for version in agreement.versions.all() if version.state in PUBLISHED]
        return _Row(
            agreement=agreement,
            own=own,
            version=max(published, key=lambda version: version.number, default=None),
            party=party,
            copy=copy,
            approval=None if copy is None else self.approvals.get((copy.pk, copy.iia_hash)),
            partner_approval=None
            if own is None or publication is None
            else self.told.get((agreement.pk, own.iia_id, publication.iia_hash)),
        )


def _compared(rows: list[_Row]) -> dict[int, tuple[Difference, ...]]:
    pairs = {row.version.pk: row.copy for row in rows if row.version is not None and row.copy is not None and row.copy.content}
    found = copies_of(AgreementVersion.objects.filter(pk__in=pairs)) if pairs else ()
    return {version.agreement_id: compare(network_copy(ours), read_canonical(pairs[version.pk].content)) for version, ours in found}
