"""Programmes, actions, calls with their published figures, policy documents, priorities, strategic goals."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable

from goliard.apps.funding.models import (
    Action,
    CallFigure,
    CallQuestion,
    CallStep,
    FundingCall,
    PolicyDocument,
    Priority,
    Programme,
    StrategicGoal,
)
from goliard.apps.transfer.columns import Column, column, reference
from goliard.apps.transfer.faults import CellRefused
from goliard.apps.transfer.kinds import Clock, Key, Parsed
from goliard.apps.transfer.table import Table, Values
from goliard.apps.transfer.tables.countries import period
from goliard.apps.transfer.tables.organisations import organisation
from goliard.rules.funding.cooperation import cooperation_kind
from goliard.rules.values.texts import Text

_PROGRAMME = ("title_en", "title_nl", "first_year", "last_year", "is_eu_funded", "description_en", "description_nl")
_ACTION = ("code", "title_en", "title_nl", "kind", "track", "first_call_year", "project_months")
_CALL = ("year", "title_en", "title_nl", "headline_en", "headline_nl", "state")
_CALL_REST = ("funder_role", "project_months", "reviewers_needed", "introduction_en", "introduction_nl", "source", "is_public")
_QUESTION = ("stage", "position", "text_en", "text_nl", "criteria_en", "criteria_nl", "longest", "most_points")
_DOCUMENT = ("kind", "title_en", "title_nl", "publisher", "citation", "url", "note_en", "note_nl", "valid_from", "valid_until")


def call(model: type) -> Column:
    """Return a column that holds a call by its key."""
    return reference(model, "call", "calls", "key", kind=Key(60), about="key of a row of calls.csv")


def _predecessor(model: type, to: str) -> Column:
    return reference(model, "predecessor", to, "key", kind=Key(60), about="key of the row that it followed")


def _document(model: type) -> Column:
    return reference(model, "document", "policy_documents", "key", kind=Key(80), about="key of a row of policy_documents.csv")


def _zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise CellRefused(f"Er is geen tijdzone ‘{text[:60]}’.", f"There is no time zone “{text[:60]}”.")
    return text


def _cooperation(text: str) -> str:
    kind = cooperation_kind(text)
    if kind is None:
        raise CellRefused(f"Er is geen soort samenwerking ‘{text[:60]}’.", f"There is no kind of cooperation “{text[:60]}”.")
    return kind.key


def _years(values: Values) -> Iterable[tuple[str, Text]]:
    first, last = values.get("first_year"), values.get("last_year")
    if first is not None and last is not None and last < first:
        yield "last_year", Text("Het laatste jaar ligt voor het eerste.", "The last year lies before the first.")


TABLES = (
    Table(
        "policy_documents",
        PolicyDocument,
        "Documents that rules and pages cite, with the period in which they hold.",
        key=("key",),
        columns=(column(PolicyDocument, "key"), *(column(PolicyDocument, name) for name in _DOCUMENT)),
        check=period,
    ),
    Table(
        "programmes",
        Programme,
        "Funding programmes of a period.",
        key=("key",),
        columns=(
            column(Programme, "key"),
            *(column(Programme, name) for name in _PROGRAMME),
            _predecessor(Programme, "programmes"),
            column(Programme, "source"),
        ),
        check=_years,
    ),
    Table(
        "actions",
        Action,
        "Actions of a programme, such as KA171.",
        key=("key",),
        columns=(
            column(Action, "key"),
            reference(Action, "programme", "programmes", "key", kind=Key(60), about="key of a row of programmes.csv"),
            *(column(Action, name) for name in _ACTION),
            column(Action, "cooperation", kind=Parsed(_cooperation, "a kind of cooperation of Key Action 2, by its old or its new name")),
            _predecessor(Action, "actions"),
            column(Action, "source"),
        ),
    ),
    Table(
        "calls",
        FundingCall,
        "Calls of a year. Their public numbers are computed from projects; what sources published stands in call_figures.csv.",
        key=("key",),
        columns=(
            column(FundingCall, "key"),
            reference(FundingCall, "action", "actions", "key", kind=Key(60), about="key of a row of actions.csv"),
            *(column(FundingCall, name) for name in _CALL),
            organisation(FundingCall, "funder"),
            *(column(FundingCall, name) for name in _CALL_REST),
        ),
    ),
    Table(
        "call_figures",
        CallFigure,
        "Numbers that a source published about a call.",
        key=("call", "measure"),
        columns=(call(CallFigure), *(column(CallFigure, name) for name in ("measure", "qualifier", "value", "as_of", "source"))),
    ),
    Table(
        "call_steps",
        CallStep,
        "The timeline of calls: what is due when, in local time of a zone. When an officer opened a step again is history, and not here.",
        key=("call", "kind"),
        columns=(
            call(CallStep),
            *(column(CallStep, name) for name in ("kind", "due_on")),
            column(CallStep, "due_at", kind=Clock()),
            column(CallStep, "zone", kind=Parsed(_zone, "a time zone as Europe/Amsterdam")),
            *(column(CallStep, name) for name in ("note_en", "note_nl")),
        ),
    ),
    Table(
        "call_questions",
        CallQuestion,
        "The questions of calls with their criteria. What staff answered is personal, and not here.",
        key=("call", "stage", "position"),
        columns=(
            call(CallQuestion),
            *(column(CallQuestion, name) for name in _QUESTION),
        ),
    ),
    Table(
        "priorities",
        Priority,
        "Priorities of the programme and of the institution that projects serve.",
        key=("key",),
        columns=(
            column(Priority, "key"),
            *(column(Priority, name) for name in ("owner", "title_en", "title_nl", "description_en", "description_nl")),
            _document(Priority),
            column(Priority, "position"),
        ),
    ),
    Table(
        "strategic_goals",
        StrategicGoal,
        "Goals of the institution's strategic plan.",
        key=("key",),
        columns=(
            column(StrategicGoal, "key"),
            _document(StrategicGoal),
            *(column(StrategicGoal, name) for name in ("title_en", "title_nl", "position")),
        ),
    ),
)
