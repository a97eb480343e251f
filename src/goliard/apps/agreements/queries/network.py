"""Agreements as the network sees them: which ones a partner may read, in which version, and which of its copies we approved."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from goliard.apps.agreements.choices import AgreementKind, VersionState
from goliard.apps.agreements.copies import RELATED, SIDES
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition, IiaApproval, IiaPublication
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier

PUBLISHED = (VersionState.PROPOSED, VersionState.AGREED)


def home_hei() -> Organisation | None:
    """Return the home institution with its identifiers, or None."""
    return Organisation.objects.filter(is_home=True).prefetch_related("identifiers", "names").first()


def partner_of(hei_ids: Iterable[str]) -> Organisation | None:
    """Return the organisation that the network knows by one of these ids: its present one first, former ones after it."""
    for hei_id in hei_ids:
        found = OrganisationIdentifier.objects.filter(scheme=IdentifierScheme.HEI_ID, value=hei_id, organisation__is_home=False)
        if (identifier := found.select_related("organisation").first()) is not None:
            return identifier.organisation
    return None


def versions_in_network(*, partner: Organisation | None = None) -> QuerySet[AgreementVersion]:
    """Return the versions that the network may read: of every agreement under the charter between us and one partner, the newest version
    that was proposed or agreed. With `partner`, only those with it."""
    bilateral = AgreementParty.objects.values("agreement").annotate(parties=Count("pk")).filter(parties=2).values("agreement")
    later = AgreementVersion.objects.filter(agreement=OuterRef("agreement"), state__in=PUBLISHED, number__gt=OuterRef("number"))
    parties = AgreementParty.objects.select_related("organisation", "unit").prefetch_related("organisation__identifiers")
    found = AgreementVersion.objects.filter(
        ~Exists(later), state__in=PUBLISHED, agreement__kind=AgreementKind.IIA_PROGRAMME, agreement__in=bilateral
    ).filter(agreement__parties__organisation__is_home=True)
    if partner is not None:
        found = found.filter(agreement__in=AgreementParty.objects.filter(organisation=partner).values("agreement"))
    conditions = CooperationCondition.objects.select_related(*SIDES).prefetch_related(*RELATED)
    return (
        found.select_related("agreement", "document")
        .prefetch_related(Prefetch("agreement__parties", parties), Prefetch("conditions", conditions))
        .distinct()
        .order_by("pk")
    )


def newest_publication(agreement: Agreement) -> IiaPublication | None:
    """Return our copy as it was last published, or None."""
    return IiaPublication.objects.filter(agreement=agreement).first()


def approvals_for(*, partner: Organisation, iia_ids: Iterable[str]) -> list[IiaApproval]:
    """Return the newest approval of each of a partner's copies, where its copy and ours name each other."""
    found: dict[str, IiaApproval] = {}
    rows = IiaApproval.objects.filter(copy__organisation=partner, copy__iia_id__in=list(iia_ids)).select_related("copy")
    for approval in rows:  # the newest first
        if approval.copy.iia_id not in found and agreement_named_by(partner, approval.copy.iia_id, approval.copy.our_iia_id) is not None:
            found[approval.copy.iia_id] = approval
    return [found[key] for key in sorted(found)]


def agreement_named_by(partner: Organisation, iia_id: str, our_iia_id: str) -> Agreement | None:
    """Return the agreement in which the partner's party has `iia_id` and ours `our_iia_id`, or None: a mapping holds on both sides."""
    if not iia_id or not our_iia_id:
        return None
    ours = AgreementParty.objects.filter(organisation__is_home=True, iia_id=our_iia_id).values("agreement")
    theirs = AgreementParty.objects.filter(organisation=partner, iia_id=iia_id, agreement__in=ours).select_related("agreement").first()
    return None if theirs is None else theirs.agreement
