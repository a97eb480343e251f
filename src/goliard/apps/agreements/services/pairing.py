"""Say which of a partner's copies belongs to which of our agreements, or that one does not; make an agreement from a partner's copy."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.choices import AgreementKind, AgreementState, VersionState
from goliard.apps.agreements.copies import read_canonical
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition, PartnerIia
from goliard.apps.agreements.queries.mapping import partner_party, was_ever_mutual
from goliard.apps.agreements.queries.versions import newest_version
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement, open_amendment
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.agreements.services.versions import ConditionTexts, write_texts
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.copy import Condition, Copy, Side
from goliard.rules.values.folding import slug
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def map_iia(*, agreement: Agreement, copy: PartnerIia, actor: Actor, now: datetime, reason: str = "") -> Agreement:
    """Let our copy of an agreement name a partner's copy; a copy that it named before is let go. Our hash changes by that.

    Raises Refused where the copy is another institution's, is gone, or belongs to another agreement of ours.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    party = _party(locked)
    if party.organisation_id != copy.organisation_id:
        raise _refused("foreign-copy", "Deze kopie is van een andere instelling.", "This copy is another institution’s.")
    if copy.gone_at is not None:
        raise _refused("gone", "De partner heeft deze kopie verwijderd.", "The partner has removed this copy.")
    others = AgreementParty.objects.filter(organisation=copy.organisation_id, iia_id=copy.iia_id).exclude(agreement=locked)
    if others.exists():
        raise _refused("mapped-elsewhere", "Deze kopie hoort bij een andere overeenkomst.", "This copy belongs to another agreement.")
    if party.iia_id != copy.iia_id:
        before, party.iia_id = party.iia_id, copy.iia_id
        party.save(update_fields=["iia_id"])
        outdate_copies(agreements=[locked.pk])
        verb = "remap-iia" if before else "map-iia"
        record(actor=actor, verb=verb, subject=locked, now=now, reason=reason, details={"iia_id": copy.iia_id, "before": before})
    return locked


@transaction.atomic
def unmap_iia(*, agreement: Agreement, actor: Actor, now: datetime, reason: str = "") -> Agreement:
    """Let our copy name no copy of the partner any more. Raises Refused once both have approved."""
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    party = _party(locked)
    if was_ever_mutual(locked):
        raise _refused(
            "mutual",
            "Beide hebben deze overeenkomst goedgekeurd: koppel haar aan een andere kopie, maar laat haar niet los.",
            "Both have approved this agreement: map it to another copy, but do not let it go.",
        )
    if party.iia_id:
        before, party.iia_id = party.iia_id, ""
        party.save(update_fields=["iia_id"])
        outdate_copies(agreements=[locked.pk])
        record(actor=actor, verb="unmap-iia", subject=locked, now=now, reason=reason, details={"before": before})
    return locked


@transaction.atomic
def remove_from_network(*, agreement: Agreement, actor: Actor, now: datetime, reason: str = "") -> Agreement:
    """Delete our copy from the network: back to a draft, under a new id if it is ever proposed again. The partner is notified.

    Raises Refused where both ever approved it (then it is terminated instead), or where it was agreed in another way.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    version = newest_version(locked)
    if was_ever_mutual(locked) or locked.versions.filter(state__in=(VersionState.AGREED, VersionState.SUPERSEDED)).exists():
        raise _refused(
            "was-approved",
            "Deze overeenkomst is ooit vastgelegd: beëindig haar in plaats van haar te verwijderen.",
            "This agreement was agreed once: terminate it instead of deleting it.",
        )
    if version is None or version.state != VersionState.PROPOSED:
        raise _refused("not-there", "Deze overeenkomst staat niet in het netwerk.", "This agreement is not in the network.")
    version.state, version.proposed_at = VersionState.DRAFT, None
    version.save(update_fields=["state", "proposed_at"])
    locked.state = AgreementState.DRAFT
    locked.save(update_fields=["state"])
    ids = dict(locked.parties.values_list("organisation__is_home", "iia_id"))
    locked.parties.update(iia_id="")
    outdate_copies(agreements=[locked.pk])
    details = {"ours": ids.get(True, ""), "theirs": ids.get(False, "")}
    record(actor=actor, verb="remove-from-network", subject=locked, now=now, reason=reason, details=details)
    return locked


@transaction.atomic
def adopt_iia(*, copy: PartnerIia, actor: Actor, now: datetime, into: Agreement | None = None) -> AgreementVersion:
    """Take over a partner's text: as a new agreement that names the copy, or as the draft of a change of one that we have.

    A proposal that waits says the partner's words from then on and stays proposed, so that our copy is never away in between.
    Raises Refused for a copy whose conditions nobody can read, and where the text names an institution that is no party.
    """
    content, was_proposed = _readable(copy), False
    if into is None:
        agreement = _new_agreement(copy, actor, now)
        version = agreement.versions.get()
    else:
        agreement = Agreement.objects.select_for_update().get(pk=into.pk)
        was_proposed = agreement.versions.filter(state=VersionState.PROPOSED).exists()
        if was_proposed:
            agreement = move_agreement(row=agreement, action="recall", actor=actor, now=now)
        version = _draft_of(agreement)
        version.conditions.all().delete()
    sides = {organisation.pk: organisation for organisation in _parties(agreement)}
    named = {_hei_id(organisation): organisation for organisation in sides.values()}
    for position, condition in enumerate(content.conditions, start=1):
        _write(version, position, condition, named)
    version.is_terminated = content.is_terminated
    version.save(update_fields=["is_terminated"])
    details = {"iia_id": copy.iia_id, "hash": copy.iia_hash, "version": version.number}
    record(actor=actor, verb="adopt-iia", subject=agreement, now=now, details=details)
    if was_proposed:
        move_agreement(row=agreement, action="propose", actor=actor, now=now)
        version.refresh_from_db()
    return version


def _readable(copy: PartnerIia) -> Copy:
    if not copy.content:
        raise _refused("unreadable", "De voorwaarden van deze kopie zijn niet te lezen.", "The conditions of this copy cannot be read.")
    return read_canonical(copy.content)


def _new_agreement(copy: PartnerIia, actor: Actor, now: datetime) -> Agreement:
    home = Organisation.objects.get(is_home=True)
    partner = copy.organisation
    key = slug(f"{partner.key} {copy.iia_code or copy.iia_id}")[:70] or "iia"
    taken = set(Agreement.objects.filter(key__startswith=key).values_list("key", flat=True))
    key = next(each for each in (key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))) if each not in taken)
    row = Agreement(key=key, kind=AgreementKind.IIA_PROGRAMME, title=f"{partner.name_en} {copy.iia_code}".strip())
    parties = [
        AgreementParty(organisation=home, position=1),
        AgreementParty(organisation=partner, position=2, iia_id=copy.iia_id, iia_code=copy.iia_code),
    ]
    return keep_agreement(row=row, actor=actor, now=now, parts=parties)


def _draft_of(agreement: Agreement) -> AgreementVersion:
    version = newest_version(agreement)
    if version is not None and version.state == VersionState.AGREED:
        return open_amendment(version=version)
    if version is None or version.state != VersionState.DRAFT:
        raise _refused("no-draft", "Er is geen concept dat kan worden gewijzigd.", "There is no draft that could be changed.")
    return version


def _write(version: AgreementVersion, position: int, condition: Condition, named: dict[str, Organisation]) -> None:
    try:
        sending, receiving = named[condition.sending.hei], named[condition.receiving.hei]
    except KeyError as unknown:
        hei = str(unknown.args[0])
        raise _refused("foreign-side", f"{hei} is geen partij van deze overeenkomst.", f"{hei} is no party to this agreement.") from None
    row = CooperationCondition.objects.create(
        version=version,
        position=position,
        kind=condition.kind.value,
        sending=sending,
        sending_unit=_unit(sending, condition.sending),
        receiving=receiving,
        receiving_unit=_unit(receiving, condition.receiving),
        first_year=str(condition.first_year),
        last_year=str(condition.last_year),
        mobilities_per_year=condition.mobilities,
        amount="" if condition.amount is None else f"{condition.amount:f}",
        eqf_levels="".join(str(level) for level in sorted(condition.eqf_levels)),
        is_blended=condition.is_blended,
        other_terms=condition.other_terms,
    )
    write_texts(row, ConditionTexts(condition.subjects, condition.languages))


def _unit(organisation: Organisation, side: Side) -> OrganizationalUnit | None:
    """The unit that a side names, if we know it; one that we do not know shows as a difference."""
    units = OrganizationalUnit.objects.filter(organisation=organisation)
    return (units.filter(ounit_id=side.unit).first() or units.filter(key=side.unit).first()) if side.unit else None


def _parties(agreement: Agreement) -> list[Organisation]:
    return [party.organisation for party in agreement.parties.select_related("organisation").prefetch_related("organisation__identifiers")]


def _hei_id(organisation: Organisation) -> str:
    ids = [each.value for each in organisation.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID]
    return ids[0] if ids else organisation.key


def _party(agreement: Agreement) -> AgreementParty:
    party = partner_party(agreement)
    if party is None:
        raise _refused(
            "two-parties", "Deze overeenkomst heeft niet precies één partner.", "This agreement does not have exactly one partner."
        )
    return party


def _refused(rule: str, nl: str, en: str) -> Refused:
    return Refused([Reason(rule, Text(nl, en))])
