"""Schemes of scholarships. Who asks for one is personal, and not in a folder."""

from __future__ import annotations

from goliard.apps.grants.models import ScholarshipScheme
from goliard.apps.transfer.columns import column
from goliard.apps.transfer.table import Table

_REST = (
    "title_en", "title_nl", "introduction_en", "introduction_nl", "table_action", "table_year", "budget_cents", "opens_on", "closes_on",
    "is_illustrative",
)  # fmt: skip

TABLES = (
    Table(
        "scholarship_schemes",
        ScholarshipScheme,
        "Scholarships that the institution gives, with the rate table that says how much. Who asks for one is personal, and not here.",
        key=("key",),
        columns=(column(ScholarshipScheme, "key"), *(column(ScholarshipScheme, name) for name in _REST)),
    ),
)
