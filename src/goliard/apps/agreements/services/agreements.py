"""Keep an agreement, and take it through its life: propose, agree, put into effect, amend, renew, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import canonical, copy_of, hash_of
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    LanguageSkill,
    PlaceSplit,
    SubjectArea,
)
from goliard.apps.agreements.queries.versions import newest_version, version_in_force
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.agreements.services.places import carry_claims
from goliard.apps.agreements.services.searching import key_agreement
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.obstacles import obstacles
from goliard.rules.lifecycles.agreement import AGREEMENT, VERSION_NEEDED
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_agreement(
    *,
    row: Agreement,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Agreement:
    """Save the agreement with its parties; a new one gets its first version, a draft.

    Raises Refused when the home institution is no party or there is no other party; ValidationError and ChangedMeanwhile as `keep`.
    """
    parties = parts_after(AgreementParty, row, parts, removed)
    if reasons := _party_faults(parties):
        raise Refused(reasons)
    key_agreement(agreement=row, parties=parties)
    kept = keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    AgreementVersion.objects.get_or_create(agreement=kept, number=1)
    outdate_copies(agreements=[kept.pk])
    return kept


@transaction.atomic
def move_agreement(*, row: Agreement, action: str, actor: Actor, now: datetime, reason: str = "") -> Agreement:
    """Take an action of the agreement's life.

    `propose` refuses what could not be approved, with the reasons; `agree` seals the proposed version byte for byte with its hash; `amend`
    opens a new version as a copy of the one in force, which stays in force until the new one is agreed; `revert` gives such a version up;
    `terminate` proposes one that ends the whole agreement once both agree to it. Raises TransitionRefused, Refused.
    """
    locked = Agreement.objects.select_for_update().get(pk=row.pk)
    target = AGREEMENT.next_state(state=locked.state, action=action, actor=actor)
    version = _version_for(locked, action)
    match action:
        case "propose":
            _propose(version, now)
        case "recall":
            _set(version, VersionState.DRAFT, proposed_at=None)
        case "agree":
            seal_version(version=version, now=now)
            if version.is_terminated:
                target = AGREEMENT.next_state(state=target, action="end", actor=actor)
        case "start":
            _require_dates(locked)
        case "amend":
            open_amendment(version=version)
        case "terminate":
            _set(open_amendment(version=version), VersionState.PROPOSED, is_terminated=True, proposed_at=now)
        case "revert":
            if version_in_force(locked) is None:
                raise TransitionRefused(
                    Text("Er is geen vastgelegde tekst om naar terug te gaan.", "There is no agreed text to go back to.")
                )
            _set(version, VersionState.WITHDRAWN)
    locked.state = target
    locked.save(update_fields=["state"])
    outdate_copies(agreements=[locked.pk])
    record(actor=actor, verb=f"{action}-agreement", subject=locked, now=now, reason=reason, details={"version": version.number})
    return locked


def seal_version(*, version: AgreementVersion, now: datetime) -> AgreementVersion:
    """Keep the canonical text of a version with its hash; the version that it replaces hands over the claims on its places."""
    content = canonical(copy_of(version))
    for earlier in version.agreement.versions.filter(state=VersionState.AGREED).exclude(pk=version.pk):
        carry_claims(old=earlier, new=version)
        _set(earlier, VersionState.SUPERSEDED)
    version.content, version.content_hash, version.agreed_at = content, hash_of(content), now
    outdate_copies(agreements=[version.agreement_id])
    return _set(version, VersionState.AGREED, content=content, content_hash=version.content_hash, agreed_at=now)


def open_amendment(*, version: AgreementVersion) -> AgreementVersion:
    """Return a new draft version with the conditions of `version`. Raises Refused while a draft or proposed version is still open."""
    if version.state in {VersionState.DRAFT, VersionState.PROPOSED}:
        raise Refused([Reason("open-version", Text("Er is al een nieuwe versie in de maak.", "A new version is already being made."))])
    last = version.agreement.versions.aggregate(last=models.Max("number"))["last"]
    new = AgreementVersion.objects.create(
        agreement=version.agreement, number=last + 1, terms_nl=version.terms_nl, terms_en=version.terms_en
    )
    for condition in version.conditions.prefetch_related("subjects", "languages", "splits"):
        copy_condition(condition, new)
    return new


def copy_condition(condition: CooperationCondition, version: AgreementVersion) -> CooperationCondition:
    """Copy a condition with its subjects, languages and shares into another version."""
    fields = {field.attname: getattr(condition, field.attname) for field in CooperationCondition._meta.concrete_fields}
    copied = CooperationCondition.objects.create(**{**fields, "id": None, "version_id": version.pk})
    SubjectArea.objects.bulk_create(
        SubjectArea(condition=copied, isced_f=each.isced_f, clarification=each.clarification) for each in condition.subjects.all()
    )
    LanguageSkill.objects.bulk_create(
        LanguageSkill(condition=copied, language=each.language, level=each.level, isced_f=each.isced_f)
        for each in condition.languages.all()
    )
    PlaceSplit.objects.bulk_create(
        PlaceSplit(condition=copied, unit_id=each.unit_id, places=each.places) for each in condition.splits.all()
    )
    return copied


def _version_for(agreement: Agreement, action: str) -> AgreementVersion:
    """Return the newest version, if it stands where the action needs it. Raises TransitionRefused otherwise."""
    version = newest_version(agreement)
    needed = VERSION_NEEDED.get(action)
    if version is None or (needed and version.state not in needed):
        raise TransitionRefused(
            Text("De nieuwste versie staat daar nog niet, of niet meer.", "The newest version does not stand there yet, or any more.")
        )
    return version


def _propose(version: AgreementVersion, now: datetime) -> None:
    in_network = version.agreement.kind == "iia-programme"
    if reasons := obstacles(copy_of(version), in_network=in_network):
        raise Refused(reasons)
    _set(version, VersionState.PROPOSED, proposed_at=now)


def _require_dates(agreement: Agreement) -> None:
    if agreement.starts_on is None or agreement.ends_on is None:
        raise Refused([Reason("dates", Text("De begin- of einddatum ontbreekt.", "The start or end date is missing."), field="ends_on")])


def _set(version: AgreementVersion, state: VersionState, **changes: object) -> AgreementVersion:
    version.state = state
    for name, value in changes.items():
        setattr(version, name, value)
    version.save()
    return version


def _party_faults(parties: Sequence[AgreementParty]) -> list[Reason]:
    organisations = [party.organisation for party in parties]
    faults = []
    if not any(each.is_home for each in organisations):
        faults.append(
            Reason("home-missing", Text("De eigen instelling is geen partij.", "The home institution is no party."), field="parties")
        )
    if not any(not each.is_home for each in organisations):
        faults.append(Reason("partner-missing", Text("Er is nog geen partner.", "There is no partner yet."), field="parties"))
    return faults
