"""Drafts of agreements, and the steps that a system may take with them. What binds the university (agreeing, starting) a person does."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db import transaction
from ninja import Status
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.problems import Problem, forbidden
from goliard.api.v1.agreements import AgreementDetail, AgreementKind, detail_of, router
from goliard.api.v1.paging import Slug
from goliard.api.v1.sent import Keys, Sent, row_or_problem
from goliard.api.v1.shapes import Day
from goliard.api.v1.texts_sent import TextSent, keep_text
from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion
from goliard.apps.agreements.policies import may_add_agreement, may_edit_agreement
from goliard.apps.agreements.queries.seen import agreements_seen_by
from goliard.apps.agreements.queries.versions import newest_version
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement
from goliard.apps.institutions.queries.home import home_institution
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.agreement import AGREEMENT
from goliard.rules.values.texts import Text

__all__ = ["router"]  # of the reads: an address has one view
WRITES = Token(may_add_agreement, writes=True)
Title = Annotated[str, Field(min_length=1, max_length=250)]
Months = Annotated[int, Field(ge=0, le=120)]
Tolerance = Annotated[int, Field(ge=0, le=1000)]


class PartnerSent(Sent):
    """A partner that is party to the agreement."""

    key: Slug
    unit: Slug | None = None
    iia_id: Annotated[str, Field(max_length=64)] = ""
    iia_code: Annotated[str, Field(max_length=120)] = ""


class AgreementNew(Sent):
    """A new draft. The institution itself is party without being named."""

    key: Slug
    kind: AgreementKind
    title: Title
    partners: Annotated[list[PartnerSent], Field(min_length=1, max_length=30)]
    unit: Slug | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    notice_months: Months | None = None
    tolerance: Tolerance | None = None
    is_public: bool = True
    text: TextSent | None = None


class AgreementChange(Sent):
    """What changes; what is not sent stays as it is."""

    title: Title = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    notice_months: Months | None = None
    tolerance: Tolerance | None = None
    is_public: bool = True


class StepSent(Sent):
    """A step of the agreement's life."""

    action: Literal["propose", "recall", "amend", "end"]
    reason: Annotated[str, Field(max_length=1000)] = ""


@router.post("/agreements", response={201: AgreementDetail}, auth=WRITES, operation_id="add_agreement")
def add_agreement(request: ApiRequest, sent: AgreementNew) -> Status:
    """Make a draft."""
    actor, now = request.caller.actor, request.asked_at
    with transaction.atomic():
        row, parties = _new(sent)
        _require(actor, row)
        kept = keep_agreement(row=row, actor=actor, now=now, parts=parties)
        if sent.text is not None:
            keep_text(version=_draft_of(kept), sent=sent.text, actor=actor, now=now, field="text.")
    return Status(201, detail_of(request, kept.key))


@router.patch("/agreements/{slug:key}", response=AgreementDetail, auth=WRITES, operation_id="change_agreement")
def change_agreement(request: ApiRequest, key: Slug, sent: AgreementChange) -> AgreementDetail:
    """Change what stands beside the text: title, dates, notice, tolerance."""
    row = _editable(request, key)
    for name in sent.model_fields_set:
        setattr(row, name, getattr(sent, name))
    keep_agreement(row=row, actor=request.caller.actor, now=request.asked_at)
    return detail_of(request, key)


@router.put("/agreements/{slug:key}/draft", response=AgreementDetail, auth=WRITES, operation_id="write_draft")
def write_draft(request: ApiRequest, key: Slug, sent: TextSent) -> AgreementDetail:
    """Replace terms and conditions of the draft version."""
    row = _editable(request, key)
    keep_text(version=_draft_of(row), sent=sent, actor=request.caller.actor, now=request.asked_at)
    return detail_of(request, key)


@router.post("/agreements/{slug:key}/steps", response=AgreementDetail, auth=WRITES, operation_id="take_step")
def take_step(request: ApiRequest, key: Slug, sent: StepSent) -> AgreementDetail:
    """Propose to the partner, take back, begin an amendment, or end."""
    row = _editable(request, key)
    _require_role(request.caller.actor, row, sent.action)
    move_agreement(row=row, action=sent.action, actor=request.caller.actor, now=request.asked_at, reason=sent.reason)
    return detail_of(request, key)


def _new(sent: AgreementNew) -> tuple[Agreement, list[AgreementParty]]:
    keys = Keys()
    keys.read(organisations=[each.key for each in sent.partners], units=[sent.unit, *(each.unit for each in sent.partners)])
    plain = sent.model_dump(exclude={"partners", "unit", "text"})
    row = Agreement(owner=keys.home_unit(sent.unit, "unit"), **plain)
    home = home_institution()
    parties = [AgreementParty(agreement=row, organisation=home, position=0)] if home else []
    for place, each in enumerate(sent.partners):
        organisation = keys.organisation(each.key, f"partners.{place}.key")
        unit = keys.unit(each.unit, f"partners.{place}.unit", of=organisation)
        if organisation is not None:
            parties.append(
                AgreementParty(
                    agreement=row, organisation=organisation, unit=unit, position=place + 1, iia_id=each.iia_id, iia_code=each.iia_code
                )
            )
    keys.settle()
    return row, parties


def _editable(request: ApiRequest, key: str) -> Agreement:
    """Return the agreement. Raises Problem: 404 where the token sees none, 403 where it may not edit it."""
    row = row_or_problem(agreements_seen_by(request.caller.actor).select_related("owner"), key)
    _require(request.caller.actor, row)
    return row


def _require(actor: Actor, row: Agreement) -> None:
    if not may_edit_agreement(actor, row):
        raise forbidden(
            Text(
                "Deze overeenkomst is van een andere eenheid, of van de universiteit als geheel.",
                "Another unit, or the university, runs it.",
            ),
            "not-yours",
        )


def _require_role(actor: Actor, row: Agreement, action: str) -> None:
    leads_on = any(each.source == row.state and each.action == action for each in AGREEMENT.transitions)
    if leads_on and action not in {each.action for each in AGREEMENT.open_actions(state=row.state, actor=actor)}:
        raise forbidden(Text("De rol van dit token mag dit niet.", "The role of this token may not do this."), "role-refused")


def _draft_of(row: Agreement) -> AgreementVersion:
    version = newest_version(row)
    if version is None or version.state != VersionState.DRAFT:
        said = Text("Er is geen concept: wijzig eerst (amend).", "There is no draft: take the step amend first.")
        raise Problem(409, "no-draft", said)
    return version
