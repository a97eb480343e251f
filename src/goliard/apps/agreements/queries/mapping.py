"""Two copies of one agreement: which of a partner's belongs to which of ours, and what each approved."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from goliard.apps.agreements.choices import AgreementKind, VersionState
from goliard.apps.agreements.copies import copies_of
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    IiaApproval,
    OwnIia,
    PartnerApproval,
    PartnerIia,
)
from goliard.apps.agreements.queries.network import PUBLISHED
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation
from goliard.rules.agreements.copy import Copy
from goliard.rules.agreements.pairing import Candidate


def network_id(organisation: Organisation) -> str:
    """Return the hei id by which the network knows an organisation, empty where it has none."""
    held = organisation.identifiers.filter(scheme=IdentifierScheme.HEI_ID).order_by("pk").values_list("value", flat=True)
    return held.first() or ""


def network_version(agreement: Agreement) -> AgreementVersion | None:
    """Return the version of an agreement that the network may read: the newest one that was proposed or agreed."""
    return agreement.versions.filter(state__in=PUBLISHED).order_by("-number").first()


def network_copy(copy: Copy) -> Copy:
    """Return a copy of ours without what the network has no place for: terms beside the conditions."""
    return replace(copy, other_terms="")


def partner_party(agreement: Agreement) -> AgreementParty | None:
    """Return the partner's party, None where there is not exactly one."""
    found = [party for party in agreement.parties.select_related("organisation") if not party.organisation.is_home]
    return found[0] if len(found) == 1 else None


def mapped_copy(agreement: Agreement) -> PartnerIia | None:
    """Return the partner's copy that ours names, or else the one that names ours; None where there is neither."""
    party = partner_party(agreement)
    if party is None:
        return None
    theirs = PartnerIia.objects.filter(organisation=party.organisation_id)
    if party.iia_id:
        return theirs.filter(iia_id=party.iia_id).first()
    ours = agreement.parties.filter(organisation__is_home=True).values_list("iia_id", flat=True).first()
    return theirs.filter(our_iia_id=ours, gone_at=None).order_by("-pk").first() if ours else None


def current_approval(copy: PartnerIia) -> IiaApproval | None:
    """Return our approval of a partner's copy as it stands, or None."""
    return IiaApproval.objects.filter(copy=copy, iia_hash=copy.iia_hash, withdrawn_at=None).first()


def current_partner_approval(agreement: Agreement) -> PartnerApproval | None:
    """Return the partner's approval of our copy as it stands, or None; a copy that must be written anew has none."""
    own = OwnIia.objects.filter(agreement=agreement, is_readable=True).select_related("publication").first()
    if own is None or own.publication is None:
        return None
    found = PartnerApproval.objects.filter(agreement=agreement, iia_id=own.iia_id, iia_hash=own.publication.iia_hash, gone_at=None)
    return found.first()


def was_ever_mutual(agreement: Agreement) -> bool:
    """Whether both ever approved a text of the agreement: then neither may remove its copy. A text agreed elsewhere does not count."""
    ids = agreement.publications.values_list("iia_id", flat=True)
    named = Q(copy__our_iia_id__in=ids, copy__organisation__agreement_parties__agreement=agreement)
    beside_ours = Q(publication__agreement=agreement)  # whatever its copy names by now
    return IiaApproval.objects.filter(named | beside_ours).exists() and _was_approved_by_partner(agreement)


def _was_approved_by_partner(agreement: Agreement) -> bool:
    return PartnerApproval.objects.filter(agreement=agreement, publication__isnull=False).exists()


def is_read_by_partner(agreement: Agreement) -> bool:
    """Whether the partner has a copy of the agreement in the network, so that what ends or changes here does so for one side only."""
    copy = mapped_copy(agreement)
    return copy is not None and copy.gone_at is None


def pairing_candidates(copy: PartnerIia) -> list[Candidate]:
    """Return our agreements with the partner of a copy, as candidates to which it may belong."""
    parties = {
        party.agreement_id: party
        for party in AgreementParty.objects.filter(organisation=copy.organisation_id, agreement__kind=AgreementKind.IIA_PROGRAMME)
    }
    ours = dict(AgreementParty.objects.filter(agreement__in=parties, organisation__is_home=True).values_list("agreement_id", "iia_id"))
    codes: dict[int, set[str]] = {}
    for agreement, code in AgreementParty.objects.filter(agreement__in=parties).values_list("agreement_id", "iia_code"):
        codes.setdefault(agreement, set()).update({code} - {""})
    later = AgreementVersion.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number")).exclude(
        state=VersionState.WITHDRAWN
    )
    newest = AgreementVersion.objects.filter(~Exists(later), agreement__in=parties).exclude(state=VersionState.WITHDRAWN)
    return [
        Candidate(
            key=version.agreement_id,
            copy=network_copy(found),
            iia_id=ours.get(version.agreement_id, ""),
            codes=frozenset(codes[version.agreement_id]),
            is_mapped=parties[version.agreement_id].iia_id not in {"", copy.iia_id},
        )
        for version, found in copies_of(newest)
    ]


def unmapped_copies() -> QuerySet[PartnerIia]:
    """Return the partners' copies that none of our agreements names, without their texts."""
    named = AgreementParty.objects.filter(organisation=OuterRef("organisation"), iia_id=OuterRef("iia_id"))
    found = PartnerIia.objects.filter(~Exists(named), gone_at=None).select_related("organisation")
    return found.defer("xml", "hashed_text", "content").order_by("organisation__name_en", "iia_id")
