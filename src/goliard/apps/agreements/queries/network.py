"""Agreements as the network sees them: which ones a partner may read, in which version, and which of its copies we approved."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from goliard.apps.agreements.choices import AgreementKind, VersionState
from goliard.apps.agreements.copies import RELATED, SIDES
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    IiaApproval,
    IiaPublication,
    OwnIia,
    PartnerApproval,
)
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier

PUBLISHED = (VersionState.PROPOSED, VersionState.AGREED)
_CURRENT_TEXT = (
    f"SELECT publication.xml FROM {OwnIia._meta.db_table} own"  # noqa: S608 -- our tables
    f" JOIN {IiaPublication._meta.db_table} publication ON publication.id = own.publication_id"
    " WHERE own.iia_id = %s AND own.partner_hei_id = %s AND own.is_readable AND own.is_current"
)


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
        found.select_related("agreement", "document", "generated")
        .prefetch_related(Prefetch("agreement__parties", parties), Prefetch("conditions", conditions))
        .distinct()
        .order_by("pk")
    )


def copies_to_renew(*, partner: Organisation | None = None) -> QuerySet[Agreement]:
    """Return the agreements whose copies must be written anew before they are read, those first that waited longest."""
    still_known = OrganisationIdentifier.objects.filter(
        scheme=IdentifierScheme.HEI_ID, organisation=OuterRef("partner"), value=OuterRef("partner_hei_id")
    )
    has_text = AgreementVersion.objects.filter(agreement=OuterRef("pk"), state__in=PUBLISHED)
    concerned = Agreement.objects.filter((Q(kind=AgreementKind.IIA_PROGRAMME) & Exists(has_text)) | Q(own_iia__is_readable=True))
    if partner is not None:
        theirs = AgreementParty.objects.filter(organisation=partner).values("agreement")
        concerned = concerned.filter(Q(pk__in=theirs) | Q(own_iia__partner=partner))
    current = OwnIia.objects.filter(agreement=OuterRef("pk"), is_current=True).filter(~Q(is_readable=True) | Exists(still_known))
    return concerned.filter(~Exists(current)).order_by("own_iia__checked_at", "pk")


def readable_copies(*, partner: Organisation | None = None) -> QuerySet[OwnIia]:
    """Return our copies that can be read, by anybody or by one partner, in the order of their ids."""
    found = OwnIia.objects.filter(is_readable=True)
    return (found if partner is None else found.filter(partner=partner)).order_by("iia_id")


def current_text(*, hei_id: str, iia_id: str) -> str | None:
    """Return our copy with this id as the partner with this hei id may read it, or None where there is none that is up to date.

    One question to the database, written by hand: it is asked for every answer of `iias get`, and building it would cost more than it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT_TEXT, [iia_id, hei_id])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def newest_publication(agreement: Agreement) -> IiaPublication | None:
    """Return our copy as it was last published, or None."""
    return IiaPublication.objects.filter(agreement=agreement).first()


def approvals_for(*, partner: Organisation, iia_ids: Iterable[str]) -> list[IiaApproval]:
    """Return our approval of each of a partner's copies, where its copy and ours name each other: that of the copy as it stands, or else
    the newest one, which tells the partner what we approved before it changed its copy."""
    found: dict[str, IiaApproval] = {}
    rows = IiaApproval.objects.filter(copy__organisation=partner, copy__iia_id__in=list(iia_ids), withdrawn_at=None).select_related("copy")
    for approval in rows:  # the newest first
        iia_id = approval.copy.iia_id
        is_better = iia_id not in found or approval.iia_hash == approval.copy.iia_hash
        if is_better and agreement_named_by(partner, iia_id, approval.copy.our_iia_id) is not None:
            found[iia_id] = approval
    return [found[key] for key in sorted(found)]


def approvals_of_nothing(partner: Organisation) -> list[PartnerApproval]:
    """Return a partner's approvals of hashes that no copy of ours ever had."""
    rows = PartnerApproval.objects.filter(publication=None, gone_at=None, agreement__parties__organisation=partner)
    return list(rows.select_related("agreement").distinct())


def agreement_named_by(partner: Organisation, iia_id: str, our_iia_id: str) -> Agreement | None:
    """Return the agreement in which the partner's party has `iia_id` and ours `our_iia_id`, or None: a mapping holds on both sides."""
    if not iia_id or not our_iia_id:
        return None
    ours = AgreementParty.objects.filter(organisation__is_home=True, iia_id=our_iia_id).values("agreement")
    theirs = AgreementParty.objects.filter(organisation=partner, iia_id=iia_id, agreement__in=ours).select_related("agreement").first()
    return None if theirs is None else theirs.agreement


def approved_by_both() -> list[Agreement]:
    """Return the agreements with a proposed text in the network that the partner approved as it stands: they may have to be concluded."""
    proposed = _approved_by_partner().filter(is_current=True, publication__version__state=VersionState.PROPOSED)
    return [own.agreement for own in proposed.select_related("agreement")]


def approved_by_partners() -> QuerySet[OwnIia, str]:
    """Return the ids of our copies that their partners approved as they stand."""
    return _approved_by_partner().values_list("iia_id", flat=True)


def _approved_by_partner() -> QuerySet[OwnIia]:
    approved = PartnerApproval.objects.filter(
        agreement=OuterRef("agreement"), iia_id=OuterRef("iia_id"), iia_hash=OuterRef("publication__iia_hash"), gone_at=None
    )
    return OwnIia.objects.filter(Exists(approved), is_readable=True)


def versions_without_document() -> QuerySet[AgreementVersion]:
    """Return the versions in the network that have no signed document and no generated one that is newer than their agreement."""
    outdated = Q(generated=None) | Q(agreed_at__gt=F("generated__stored_at"))
    return versions_in_network().filter(outdated, document=None)
