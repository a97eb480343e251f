"""`goliard grant`: price one mobility, with a reason and a source for every euro."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import click

from goliard.cli.grant_options import chosen_table, grant_options, missing_figures, print_document, print_text, say, warn_unverified
from goliard.rules.grants.case import days_of_stay
from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import Entitlement, price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.report import entitlement_document
from goliard.rules.grants.table import Table
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Text

DATE = click.DateTime(formats=["%Y-%m-%d"])
DAYS = click.IntRange(0, 10_000)
LATITUDE, LONGITUDE = click.FloatRange(-90, 90), click.FloatRange(-180, 180)


def _words(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([str(word) for word in kind])


@click.command(name="grant", short_help="Price one mobility.")
@grant_options
@click.option("--direction", type=_words(Direction), required=True, help="Seen from the institution that holds the grant.")
@click.option("--participant", type=_words(Participant), required=True)
@click.option("--activity", type=_words(Activity), required=True)
@click.option("--cycle", type=_words(Cycle), help="Students only.")
@click.option("--days", type=DAYS, help="Funded days without travel days; or give --start and --end.")
@click.option("--start", type=DATE)
@click.option("--end", type=DATE)
@click.option("--interruption-days", type=DAYS, default=0, help="Taken off the stay between --start and --end.")
@click.option("--zero-grant-days", type=DAYS, default=0, help="Days of the stay beyond the funded ones.")
@click.option("--days-used-in-cycle", type=DAYS, default=0, help="Days abroad in this study cycle before this stay.")
@click.option("--travel-days", type=DAYS, default=0)
@click.option("--green", is_flag=True, help="Green travel.")
@click.option("--fewer-opportunities", is_flag=True)
@click.option("--zero-grant", is_flag=True, help="The whole stay without money of the programme.")
@click.option("--inclusion-costs-cents", type=click.IntRange(0, 10**9), default=0, help="Approved real costs, in cents.")
@click.option("--travel-costs-cents", type=click.IntRange(0, 10**9), default=0, help="Approved real costs of expensive travel, in cents.")
@click.option("--teaching-hours", type=click.IntRange(0, 1000), help="Checked where given.")
@click.option("--with-training", is_flag=True, help="Teaching and training in one stay.")
@click.option("--from-country", required=True, help="ISO 3166, two capitals.")
@click.option("--to-country", required=True, help="ISO 3166, two capitals.")
@click.option("--from-lat", type=LATITUDE, required=True)
@click.option("--from-lon", type=LONGITUDE, required=True)
@click.option("--to-lat", type=LATITUDE, required=True)
@click.option("--to-lon", type=LONGITUDE, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, amounts in whole cents.")
def command(action: str | None, call: int | None, table_file: Path | None, lang: str, *, as_json: bool, **facts: object) -> None:
    """Price one mobility: what its participant is entitled to (organisational support belongs to a plan: `goliard budget`).

    Exit codes: 0 priced, 2 an option is wrong or the programme does not pay this mobility, 3 a figure is missing.
    """
    table = chosen_table(action, call, table_file, lang)
    try:
        entitlement = price_mobility(_mobility(facts, table), table)
    except Ineligible as refusal:
        for reason in refusal.reasons:
            say(
                f"--{reason.field.replace('_', '-')}: {reason.because.in_language(lang)}" + (f" [{reason.source}]" if reason.source else "")
            )
        sys.exit(2)
    except MissingFigure as missing:
        missing_figures({missing.name: missing.note}, lang)
    label = Text(nl="let op", en="warning").in_language(lang)
    for warning in entitlement.warnings:
        say(f"{label}: {warning.because.in_language(lang)} ({warning.rule})")
    warn_unverified(sorted(set(entitlement.unverified) - {warning.rule for warning in entitlement.warnings}), lang)
    if as_json:
        print_document(entitlement_document(entitlement, table))
    else:
        print_text(_summary(entitlement, lang))


def _mobility(facts: dict[str, object], table: Table) -> Mobility:
    """The options as a mobility; `click` has checked each on its own."""
    value: dict[str, object] = dict(facts)
    participant = Participant(str(value["participant"]))
    days, calendar_days = _stay(facts, participant, table)
    return Mobility(
        direction=Direction(str(value["direction"])),
        participant=participant,
        activity=Activity(str(value["activity"])),
        cycle=Cycle(str(value["cycle"])) if value["cycle"] else None,
        days=days,
        calendar_days=calendar_days,
        from_country=str(value["from_country"]),
        to_country=str(value["to_country"]),
        from_point=_point(facts, "from"),
        to_point=_point(facts, "to"),
        travel_days=_whole(facts, "travel_days"),
        green=bool(value["green"]),
        fewer_opportunities=bool(value["fewer_opportunities"]),
        days_used_in_cycle=_whole(facts, "days_used_in_cycle"),
        zero_grant_days=_whole(facts, "zero_grant_days"),
        zero_grant=bool(value["zero_grant"]),
        teaching_hours=None if value["teaching_hours"] is None else _whole(facts, "teaching_hours"),
        with_training=bool(value["with_training"]),
        travel_costs=Money(_whole(facts, "travel_costs_cents")),
        inclusion_costs=Money(_whole(facts, "inclusion_costs_cents")),
    )


def _stay(facts: dict[str, object], participant: Participant, table: Table) -> tuple[int, int | None]:
    """Days as typed, or counted between the dates, less the interruption."""
    start, end, days = facts["start"], facts["end"], facts["days"]
    if (start is None) != (end is None) or (start is None) == (days is None):
        raise click.UsageError("give --days, or --start and --end")
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return _whole(facts, "days"), None
    try:
        period = Period(_date(start), _date(end))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    off = _whole(facts, "interruption_days")
    return max(0, days_of_stay(period, participant, table) - off), max(0, period.calendar_days - off)


def _date(moment: datetime) -> date:
    return moment.date()


def _whole(facts: dict[str, object], name: str) -> int:
    value = facts[name]
    assert isinstance(value, int)
    return value


def _point(facts: dict[str, object], end: str) -> Point:
    latitude, longitude = facts[f"{end}_lat"], facts[f"{end}_lon"]
    assert isinstance(latitude, float)
    assert isinstance(longitude, float)
    try:
        return Point(latitude, longitude)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _summary(entitlement: Entitlement, lang: str) -> str:
    lines = [
        f"{line.amount.text(lang):>14}  {line.because.in_language(lang)} [{', '.join(filter(None, (line.rule, line.status, line.source)))}]"
        for line in entitlement.lines
    ]
    return "\n".join([*lines, f"{entitlement.total.text(lang):>14}  {Text(nl='totaal', en='total').in_language(lang)}"])
