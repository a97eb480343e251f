"""The text of a draft as a system sends it: terms and conditions, in the shape in which they are told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from goliard.api.v1.paging import Slug
from goliard.api.v1.sent import Keys, Sent
from goliard.api.v1.shapes import Kind, Year
from goliard.apps.agreements.models import AgreementVersion, CooperationCondition
from goliard.apps.agreements.services.versions import ConditionTexts, keep_version
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field

Amount = Annotated[str, Field(pattern=r"^[0-9]{1,5}(\.[0-9]{1,2})?$")]
IscedCode = Annotated[str, Field(pattern=r"^[0-9]{2,4}$")]
Terms = Annotated[str, Field(max_length=20_000)]


class SideSent(Sent):
    """An institution, and its unit where one is agreed."""

    key: Slug
    unit: Slug | None = None


class SubjectSent(Sent):
    """A subject area."""

    isced_f: IscedCode
    clarification: Annotated[str, Field(max_length=200)] = ""


class LanguageSent(Sent):
    """A recommended language."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12)]
    level: Literal["", "A1", "A2", "B1", "B2", "C1", "C2"] = ""
    isced_f: Annotated[str, Field(pattern=r"^([0-9]{2,4})?$")] = ""


class ShareSent(Sent):
    """Places a year that are set apart for a home unit."""

    unit: Slug
    places: Annotated[int, Field(ge=0, le=10_000)]


class ConditionSent(Sent):
    """Who may send how many to whom, for what, in which years."""

    kind: Kind
    sending: SideSent
    receiving: SideSent
    first_year: Year
    last_year: Year
    mobilities_per_year: Annotated[int, Field(ge=0, le=10_000)]
    amount: Amount | None = Field(None, description="months (students) or days (staff) a year in total")
    eqf_levels: Annotated[list[Annotated[int, Field(ge=5, le=8)]], Field(max_length=4)] = []
    subjects: Annotated[list[SubjectSent], Field(max_length=50)] = []
    languages: Annotated[list[LanguageSent], Field(max_length=20)] = []
    is_blended: bool = False
    other_terms: Terms = ""
    shares: Annotated[list[ShareSent], Field(max_length=50)] = []


class TextSent(Sent):
    """Terms and conditions: they replace what the draft holds."""

    terms_nl: Terms = ""
    terms_en: Terms = ""
    conditions: Annotated[list[ConditionSent], Field(max_length=100)]


def keep_text(*, version: AgreementVersion, sent: TextSent, actor: Actor, now: datetime, field: str = "") -> AgreementVersion:
    """Replace the text of a draft. `field` stands before the names of fields in faults. Raises Problem 422, Refused."""
    keys = Keys()
    sides = [side for each in sent.conditions for side in (each.sending, each.receiving)]
    units = [*(side.unit for side in sides), *(share.unit for each in sent.conditions for share in each.shares)]
    keys.read(organisations=[side.key for side in sides], units=units)
    rows, texts = [], {}
    for place, each in enumerate(sent.conditions):
        at = f"{field}conditions.{place}."
        rows.append(_condition(each, keys, place + 1, at))
        texts[place] = _texts(each, keys, at)
    keys.settle()
    version.terms_nl, version.terms_en = sent.terms_nl, sent.terms_en
    return keep_version(row=version, actor=actor, now=now, parts=rows, removed=list(version.conditions.all()), texts=texts)


def _condition(sent: ConditionSent, keys: Keys, position: int, at: str) -> CooperationCondition:
    sending = keys.organisation(sent.sending.key, f"{at}sending.key")
    receiving = keys.organisation(sent.receiving.key, f"{at}receiving.key")
    row = CooperationCondition(
        position=position,
        kind=sent.kind,
        sending_unit=keys.unit(sent.sending.unit, f"{at}sending.unit", of=sending),
        receiving_unit=keys.unit(sent.receiving.unit, f"{at}receiving.unit", of=receiving),
        first_year=sent.first_year,
        last_year=sent.last_year,
        mobilities_per_year=sent.mobilities_per_year,
        amount=_amount(sent.amount),
        eqf_levels="".join(str(level) for level in sorted(set(sent.eqf_levels))),
        is_blended=sent.is_blended,
        other_terms=sent.other_terms,
    )
    if sending is not None and receiving is not None:  # otherwise noted already
        row.sending, row.receiving = sending, receiving
    return row


def _amount(text: str | None) -> str:
    return "" if text is None else f"{Decimal(text).normalize():f}"


def _texts(sent: ConditionSent, keys: Keys, at: str) -> ConditionTexts:
    subjects = set()
    for place, each in enumerate(sent.subjects):
        try:
            subjects.add(Subject(parse_isced_field(each.isced_f).code, each.clarification.strip()))
        except InvalidValue as invalid:
            keys.invalid(invalid, f"{at}subjects.{place}.isced_f")
    languages = frozenset(Language(each.language, each.level, each.isced_f) for each in sent.languages)
    shares = [(keys.home_unit(each.unit, f"{at}shares.{place}.unit"), each.places) for place, each in enumerate(sent.shares)]
    whole = {unit.pk: (unit, places) for unit, places in shares if unit is not None}
    return ConditionTexts(frozenset(subjects), languages, tuple(whole.values()))
