"""Two copies of one agreement: which of a partner's belongs to which of ours, what both approved, and who must act next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import copy_of, read_canonical
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
from goliard.rules.agreements.comparison import Difference, compare
from goliard.rules.agreements.copy import Copy
from goliard.rules.agreements.turn import Standing, Turn, turn_of


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
    ours = IiaApproval.objects.filter(copy__our_iia_id__in=ids, copy__organisation__agreement_parties__agreement=agreement)
    return ours.exists() and PartnerApproval.objects.filter(agreement=agreement, publication__isnull=False).exists()


@dataclass(frozen=True, slots=True)
class Beside:
    """An agreement with both copies side by side, what differs between them, and whose turn it is."""

    agreement: Agreement
    own: OwnIia | None
    version: AgreementVersion | None
    party: AgreementParty | None
    copy: PartnerIia | None
    approval: IiaApproval | None
    partner_approval: PartnerApproval | None
    differences: tuple[Difference, ...]
    turn: Turn


def beside(agreement: Agreement) -> Beside:
    """Return an agreement with everything that its page in the network shows."""
    own = OwnIia.objects.filter(agreement=agreement).select_related("publication").first()
    version, party, copy = network_version(agreement), partner_party(agreement), mapped_copy(agreement)
    approval = None if copy is None else current_approval(copy)
    told = current_partner_approval(agreement)
    differences: tuple[Difference, ...] = ()
    if version is not None and copy is not None and copy.content:
        differences = compare(network_copy(copy_of(version)), read_canonical(copy.content))
    standing = Standing(
        is_published=own is not None and own.is_readable,
        cannot_be_published=own is not None and bool(own.why_not),
        is_known=copy is not None,
        is_gone=copy is not None and copy.gone_at is not None,
        we_name_theirs=copy is not None and party is not None and party.iia_id == copy.iia_id,
        they_name_ours=copy is not None and own is not None and bool(own.iia_id) and copy.our_iia_id == own.iia_id,
        is_as_declared=copy is None or copy.is_as_declared,
        is_approvable=copy is None or copy.is_approvable,
        differences=len(differences),
        we_approved=approval is not None,
        they_approved=told is not None,
        is_terminated=version is not None and version.is_terminated,
        has_draft=agreement.versions.filter(state=VersionState.DRAFT).exists(),
    )
    return Beside(agreement, own, version, party, copy, approval, told, differences, turn_of(standing))
