"""Rounds as an office prepares them: dates, form, requirements, criteria, groups, destinations and places; and the texts of letters.

How a round went on (its state, its locked policy, claims, applications) is no part of a folder. Places out of a project's flows are
neither: flows are made by an award, and a folder has no awards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Case, CharField, Value, When

from goliard.apps.messaging.letters import LETTERS, placeholders
from goliard.apps.messaging.models import LetterTemplate
from goliard.apps.rounds.choices import Audience, RoundKind
from goliard.apps.rounds.models import (
    Criterion,
    DestinationPool,
    DocumentRequirement,
    FormQuestion,
    PoolGroup,
    Round,
    RoundDestination,
    RoundGroup,
    RoundRequirement,
)
from goliard.apps.transfer.columns import Column, column, reference
from goliard.apps.transfer.exact_kinds import Exact, RowKey, Validated
from goliard.apps.transfer.kinds import Clock, Key, Parsed, Whole
from goliard.apps.transfer.table import Table, Values
from goliard.apps.transfer.tables.agreements import condition
from goliard.apps.transfer.tables.organisations import organisation
from goliard.apps.transfer.tables.projects import project
from goliard.apps.transfer.tables.units import unit
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.texts import Text

_TITLES = ("title_nl", "title_en", "introduction_nl", "introduction_en")
_DATES = ("opens_on", "opens_at", "closes_on", "closes_at")
_STAY = ("days_min", "days_max", "doctoral_short_stays", "teaching_hours", "asks_approval", "recommendations")
_PLACED = ("policy", "ties", "seed")
_END = ("rounding", "is_public", "is_illustrative")
_CHECKED = ("eqf_levels", "subjects", "staff_categories", "languages", "only_nationalities", "barred_nationalities", "barred_advice")
_GROUP = Key(
    150,
    re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_-]+"),
    "the round's key and the group's, as round/group",
    "twee sleutels met een schuine streep",
)


def _checked(model: type, name: str) -> Column:
    found = model._meta.get_field(name)  # type: ignore[attr-defined]
    return column(model, name, kind=Validated(found.max_length, tuple(found.validators)))


def _round(model: type) -> Column:
    return reference(model, "round", "rounds", "key", kind=Key(80), about="key of a row of rounds.csv")


def _destination(model: type, *, about: str = "key of a row of round_destinations.csv") -> Column:
    return reference(model, "destination", "round_destinations", "public_id", kind=RowKey(), about=about)


def _optional_condition() -> Column:
    """The condition of a pool; the joined key of no condition is no text of slashes."""
    found = condition(DestinationPool)
    joined = Case(When(condition__isnull=True, then=Value("")), default=found.lookup, output_field=CharField())
    return replace(found, lookup=joined, about="agreement, version and position, as key/1/2; empty: places without an agreement")


def _in_order(values: Values) -> Iterable[tuple[str, Text]]:
    for first, last in (("opens_on", "closes_on"), ("wishes_min", "wishes_max"), ("days_min", "days_max")):
        if values.get(first) is not None and values.get(last) is not None and values[last] < values[first]:
            yield last, Text(f"Dit is minder dan {first}.", f"This is less than {first}.")
    kind, audience = values.get("kind"), values.get("audience")
    staff = audience == Audience.STAFF
    if kind and audience and kind != RoundKind.ICM_PROJECT and staff != (kind == RoundKind.STAFF_MOBILITY):
        text = Text("Deze doelgroep past niet bij deze soort ronde.", "This audience does not fit this kind of round.")
        yield "audience", text


def _scale(values: Values) -> Iterable[tuple[str, Text]]:
    least, most = values.get("least"), values.get("most")
    if least is not None and most is not None and most <= least:
        yield "most", Text("De hoogste waarde ligt boven de laagste.", "The highest value lies above the lowest.")


def _placeholders(values: Values) -> Iterable[tuple[str, Text]]:
    known = LETTERS.get(values.get("key", ""))
    if known is None:
        yield "key", Text("Zo'n brief is er niet.", "There is no such letter.")
        return
    for name in ("subject_nl", "subject_en", "body_nl", "body_en"):
        if unknown := sorted(placeholders(values.get(name) or "") - known.values):
            listed = ", ".join(unknown)
            yield name, Text(f"Deze brief kent niet: {listed}.", f"This letter does not know: {listed}.")


def _flow_pools() -> set[int]:
    return set(DestinationPool.objects.filter(project_flow__isnull=False).values_list("pk", flat=True))


def _groups_of_flow_pools() -> set[int]:
    return set(PoolGroup.objects.filter(pool__project_flow__isnull=False).values_list("pk", flat=True))


TABLES = (
    Table(
        "rounds",
        Round,
        "Rounds of applications. A round that comes out of a folder is a draft; one that has opened is no longer changed by a folder.",
        key=("key",),
        columns=(
            column(Round, "key"),
            *(column(Round, name) for name in ("kind", "audience", *_TITLES)),
            unit(Round, "owner", about="key of the unit that runs it; empty: the university as a whole"),
            project(Round),
            reference(Round, "follows", "rounds", "key", kind=Key(80), about="key of the earlier round whose left places it takes"),
            column(Round, "academic_year", kind=Parsed(parse_academic_year, "an academic year as `2026/2027`")),
            *(column(Round, name, kind=Clock() if name.endswith("_at") else None) for name in _DATES),
            _checked(Round, "zone"),
            *(column(Round, name) for name in ("results_on", "answer_by")),
            column(Round, "wishes_min", kind=Whole(1, 50)),
            column(Round, "wishes_max", kind=Whole(1, 50)),
            _checked(Round, "purposes"),
            *(column(Round, name) for name in (*_STAY, *_PLACED)),
            column(Round, "total_decimals", kind=Whole(0, 6)),
            *(column(Round, name) for name in _END),
        ),
        check=_in_order,
    ),
    Table(
        "round_questions",
        FormQuestion,
        "The questions of a round's form, in both languages.",
        key=("round", "position", "text_en"),
        columns=(
            _round(FormQuestion),
            *(column(FormQuestion, name) for name in ("position", "text_en", "text_nl", "kind", "help_nl", "help_en")),
            *(column(FormQuestion, name) for name in ("choices_nl", "choices_en", "longest", "first_wishes", "is_required")),
        ),
        parent="round",
    ),
    Table(
        "round_documents",
        DocumentRequirement,
        "The documents that a round asks for.",
        key=("round", "position", "title_en"),
        columns=(
            _round(DocumentRequirement),
            *(column(DocumentRequirement, name) for name in ("position", "title_en", "title_nl", "help_nl", "help_en")),
            _checked(DocumentRequirement, "types"),
            column(DocumentRequirement, "megabytes", kind=Whole(1, 50)),
            column(DocumentRequirement, "is_required"),
        ),
        parent="round",
    ),
    Table(
        "round_groups",
        RoundGroup,
        "Groups of a round with reserved places, maxima or hoped-for minima.",
        key=("round", "key"),
        columns=(
            _round(RoundGroup),
            *(column(RoundGroup, name) for name in ("key", "kind")),
            unit(RoundGroup),
            *(column(RoundGroup, name) for name in ("title_nl", "title_en", "minimum")),
        ),
        parent="round",
    ),
    Table(
        "round_destinations",
        RoundDestination,
        "Where one can go in a round; its places stand in round_pools.csv.",
        key=("key",),
        columns=(
            column(
                RoundDestination, "key", field="public_id", kind=RowKey(), required=True, about="names the destination in the other files"
            ),
            _round(RoundDestination),
            organisation(RoundDestination),
            unit(RoundDestination),
            *(column(RoundDestination, name) for name in ("direction", "is_own_host", "info_nl", "info_en", "nominate_by")),
            column(RoundDestination, "is_withdrawn"),
        ),
        parent="round",
    ),
    Table(
        "round_requirements",
        RoundRequirement,
        "What a round asks, or a destination in its place.",
        key=("round", "destination"),
        columns=(
            _round(RoundRequirement),
            _destination(RoundRequirement, about="key of a row of round_destinations.csv; empty: the round as a whole"),
            column(RoundRequirement, "minimum_credits", kind=Exact(5, 1)),
            column(RoundRequirement, "minimum_average", kind=Exact(4, 2)),
            column(RoundRequirement, "programmes"),
            column(RoundRequirement, "faculty_keys"),
            *(_checked(RoundRequirement, name) for name in _CHECKED),
        ),
        parent="round",
    ),
    Table(
        "round_criteria",
        Criterion,
        "By what applications are scored; the weights of a round, and of a destination with its own, are 100 together.",
        key=("round", "destination", "position", "name_en"),
        columns=(
            _round(Criterion),
            _destination(Criterion, about="key of a row of round_destinations.csv; empty: the round as a whole"),
            *(column(Criterion, name) for name in ("position", "name_en", "name_nl", "description_nl", "description_en", "aim", "source")),
            column(Criterion, "weight", kind=Whole(1, 100)),
            column(Criterion, "least", kind=Exact(6, 2)),
            column(Criterion, "most", kind=Exact(6, 2)),
        ),
        parent="round",
        check=_scale,
    ),
    Table(
        "round_pools",
        DestinationPool,
        "Places at a destination. The ledger of places is asked when the round opens, not by a load.",
        key=("key",),
        columns=(
            column(DestinationPool, "key", field="public_id", kind=RowKey(), required=True, about="names the pool in the other files"),
            _destination(DestinationPool),
            _optional_condition(),
            *(column(DestinationPool, name) for name in ("places", "term")),
            _checked(DestinationPool, "eqf_levels"),
            _checked(DestinationPool, "subjects"),
            unit(DestinationPool, "faculty", about="key of the faculty for which alone they are"),
        ),
        parent="destination",
        left_out=_flow_pools,
    ),
    Table(
        "round_pool_groups",
        PoolGroup,
        "What a pool keeps for a group.",
        key=("pool", "group"),
        columns=(
            reference(PoolGroup, "pool", "round_pools", "public_id", kind=RowKey(), about="key of a row of round_pools.csv"),
            reference(PoolGroup, "group", "round_groups", ("round__key", "key"), kind=_GROUP, about="round and group, as round/group"),
            *(column(PoolGroup, name) for name in ("reserved", "maximum")),
        ),
        parent="pool",
        left_out=_groups_of_flow_pools,
    ),
    Table(
        "letters",
        LetterTemplate,
        "The texts of letters that the office changed; every other letter has the text that it came with.",
        key=("key",),
        columns=tuple(column(LetterTemplate, name) for name in ("key", "subject_nl", "subject_en", "body_nl", "body_en")),
        check=_placeholders,
    ),
)
