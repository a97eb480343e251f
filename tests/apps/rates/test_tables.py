"""Rate tables: imported, carried forward, edited; a used version never changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.rates.models import RateTable
from goliard.apps.rates.queries import parsed, table_of_call
from goliard.apps.rates.services import FigureWords, carry_rate_table, change_figure, figure_at, import_rate_table, use_rate_table
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.grants.status import Status
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.toml_dump import dump_table, version

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))
SEEN = FigureWords(Decimal(950), Status.V1, ("Programme Guide 2027",), "page 60")


def place_of(name: str) -> str:
    return f"figure-{[figure.name for figure in published_table('KA171', 2024).figures].index(name)}"


def a_table() -> RateTable:
    return carry_rate_table(action="KA171", from_call=2024, to_call=2027, actor=OFFICER, now=NOW)


def test_a_table_that_is_carried_forward_has_no_verified_figure_and_stands_once() -> None:
    table = parsed(a_table().content)
    assert {figure.status for figure in table.figures} <= {Status.U, Status.MISSING}
    assert table_of_call("KA171", 2027) == table
    with pytest.raises(Refused) as refused:
        a_table()
    assert [reason.because.en for reason in refused.value.reasons] == ["KA171 2027 has a table already."]
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["carry-rates"]


def test_a_version_is_edited_in_place_until_it_is_used_and_never_after() -> None:
    row = a_table()
    changed = change_figure(row=row, place=place_of("student_month"), words=SEEN, actor=OFFICER, now=NOW)
    assert (changed.pk, changed.number, figure_at(parsed(changed.content), place_of("student_month")).value) == (row.pk, 1, 950)
    used = use_rate_table(action="KA171", call_year=2027, actor=OFFICER, now=NOW)
    assert used is not None
    kept = used.content
    band = FigureWords(Decimal(333), Status.V2, ("a page",))
    later = change_figure(row=used, place="band-1-standard", words=band, actor=OFFICER, now=NOW)
    assert (later.number, later.used_at) == (2, None)
    assert RateTable.objects.get(number=1).content == kept
    assert parsed(later.content).travel_bands[1].standard.value == 333
    with pytest.raises(Refused):
        change_figure(row=used, place="figure-0", words=SEEN, actor=OFFICER, now=NOW)


def test_a_shipped_table_is_kept_as_its_first_version_when_it_is_used() -> None:
    used = use_rate_table(action="KA171", call_year=2022, actor=OFFICER, now=NOW)
    assert used is not None
    assert (used.number, used.origin, used.content_hash) == (1, "shipped", version(published_table("KA171", 2022)))
    assert use_rate_table(action="KA171", call_year=2022, actor=OFFICER, now=NOW) == used
    assert use_rate_table(action="KA999", call_year=2022, actor=OFFICER, now=NOW) is None


@pytest.mark.parametrize("place", ["figure-999", "figure-x", "band-0-blue", "band-99-standard", "nothing"])
def test_a_place_that_is_not_there_is_no_figure(place: str) -> None:
    with pytest.raises(KeyError):
        figure_at(published_table("KA171", 2022), place)


@pytest.mark.parametrize(
    ("text", "sentence"), [("x = ", "This is no table: the table is no TOML"), (None, "This table is the same as the last")]
)
def test_what_is_no_table_or_nothing_new_is_refused_with_a_sentence(text: str | None, sentence: str) -> None:
    known = dump_table(published_table("KA171", 2022))
    import_rate_table(text=known, actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as refused:
        import_rate_table(text=known if text is None else text, actor=OFFICER, now=NOW)
    assert refused.value.reasons[0].because.en.startswith(sentence)
    assert RateTable.objects.count() == 1


def test_a_yes_or_no_is_neither_950() -> None:
    row = a_table()
    with pytest.raises(Refused) as refused:
        change_figure(row=row, place=place_of("travel_for_students"), words=SEEN, actor=OFFICER, now=NOW)
    assert refused.value.reasons[0].rule == "rates-yes-no"
    assert RateTable.objects.get().content == row.content
