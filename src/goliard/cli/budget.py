"""`goliard budget PLAN.csv`: price a plan of mobilities, with a reason and a source for every euro."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from goliard.cli.grant_options import chosen_table, grant_options, missing_figures, print_document, print_text, say, warn_unverified
from goliard.rules.grants.plan import FiguresMissing, PlanRefused, PricedPlan, RowReason, price_plan
from goliard.rules.grants.plan_file import LARGEST_FILE, Fault, PlanFileRefused, read_plan
from goliard.rules.grants.report import plan_document
from goliard.rules.grants.table import Table
from goliard.rules.values.texts import Text

HEADINGS = {
    "individual_support": Text(nl="individuele steun", en="individual support"),
    "travel": Text(nl="reis", en="travel"),
    "top_ups": Text(nl="toeslagen", en="top-ups"),
    "organisational_support": Text(nl="organisatiekosten", en="organisational support"),
    "inclusion_support": Text(nl="inclusiesteun", en="inclusion support"),
}


@click.command(name="budget", short_help="Price a plan of mobilities.")
@click.argument("plan", type=click.Path(path_type=Path))
@grant_options
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, amounts in whole cents.")
@click.option("--lines", "with_lines", is_flag=True, help="Print every line with its reason (JSON always has them).")
@click.option("--progress", is_flag=True, help="Show progress on stderr also when it is no terminal.")
def command(
    plan: Path,
    action: str | None,
    call: int | None,
    table_file: Path | None,
    lang: str,
    *,
    as_json: bool,
    with_lines: bool,
    progress: bool,
) -> None:
    """Price the mobilities of PLAN.csv by the grant rules of an action and a call.

    Exit codes: 0 priced (unverified figures are named on stderr), 2 the plan or an option is wrong or the programme does not pay a row,
    3 a figure is missing.
    """
    table = chosen_table(action, call, table_file, lang)
    try:
        rows = read_plan(_content(plan, lang), table)
        priced = price_plan(rows, table, _progress(len(rows), lang, wanted=progress or sys.stderr.isatty()))
    except PlanFileRefused as refused:
        _refuse(plan, [_fault_sentence(plan, fault, lang) for fault in refused.faults])
    except PlanRefused as refused:
        _refuse(plan, [_reason_sentence(plan, reason, lang) for reason in refused.reasons])
    except FiguresMissing as missing:
        missing_figures(missing.figures, lang)
    _warn(plan, priced, lang)
    if as_json:
        print_document(plan_document(priced, table))
    else:
        print_text(_summary(priced, table, lang, with_lines=with_lines))


def _content(plan: Path, lang: str) -> bytes:
    try:
        with plan.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        because = Text(nl="het bestand kan niet worden gelezen", en="the file cannot be read")
        _refuse(plan, [f"{plan}: {because.in_language(lang)} ({error.strerror})"])


def _refuse(plan: Path, sentences: list[str]) -> NoReturn:
    for sentence in sentences:
        say(sentence)
    sys.exit(2)


# sentences


def _place(plan: Path, row: int | None, column: str, lang: str) -> str:
    """`plan.csv: row 3, column days: `, as far as the place is known."""
    words = Text(nl="rij", en="row"), Text(nl="kolom", en="column")
    parts = [f"{words[0].in_language(lang)} {row}"] if row is not None else []
    parts += [f"{words[1].in_language(lang)} {column}"] if column else []
    return f"{plan}: {', '.join(parts)}: " if parts else f"{plan}: "


def _fault_sentence(plan: Path, fault: Fault, lang: str) -> str:
    return _place(plan, fault.row, fault.column, lang) + fault.because.in_language(lang)


def _reason_sentence(plan: Path, reason: RowReason, lang: str) -> str:
    source = f" [{reason.reason.source}]" if reason.reason.source else ""
    return _place(plan, reason.row, reason.reason.field, lang) + reason.reason.because.in_language(lang) + source


def _warn(plan: Path, priced: PricedPlan, lang: str) -> None:
    """Each warning once, with the rows it concerns; then the figures that nobody has seen in print."""
    rows_of: dict[str, list[int]] = {}
    for warning in priced.warnings:
        sentence = f"{warning.reason.because.in_language(lang)} ({warning.reason.rule})"
        rows_of.setdefault(sentence, []).append(warning.row)
    label = Text(nl="let op", en="warning").in_language(lang)
    rows_word = Text(nl="rij", en="row").in_language(lang)
    for sentence, rows in rows_of.items():
        shown = ", ".join(str(row) for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        say(f"{plan}: {rows_word} {shown}: {label}: {sentence}")
    warned = {warning.reason.rule for warning in priced.warnings}
    warn_unverified((name for name in priced.unverified if name not in warned), lang)


def _summary(priced: PricedPlan, table: Table, lang: str, *, with_lines: bool) -> str:
    mobilities = Text(nl="mobiliteiten", en="mobilities").in_language(lang)
    lines = [f"{table.action} {table.call}: {priced.mobilities} {mobilities}", ""]
    for line in priced.lines if with_lines else ():
        where = "" if line.row is None else f"{Text(nl='rij', en='row').in_language(lang)} {line.row}: "
        because = line.line.because.in_language(lang)
        evidence = f"{line.line.rule}, {line.line.status}" + (f", {line.line.source}" if line.line.source else "")
        lines.append(f"{where}{line.times} × {line.line.amount.text(lang)} = {line.amount.text(lang)}  {because} [{evidence}]")
    if with_lines:
        lines.append("")
    for category, amount in priced.by_category.items():
        lines.append(f"{HEADINGS[category].in_language(lang):<26}{amount.text(lang):>18}")
    lines.append(f"{Text(nl='totaal', en='total').in_language(lang):<26}{priced.total.text(lang):>18}")
    return "\n".join(lines)


def _progress(rows: int, lang: str, *, wanted: bool) -> Callable[[int], None]:
    """Hear of finished rows, and show it about a hundred times a plan: on one line of a terminal, elsewhere on lines of their own."""
    step, terminal = max(1, rows // 100), sys.stderr.isatty()
    words = Text(nl="van de rijen berekend", en="rows priced").in_language(lang)

    def show(done: int) -> None:
        if wanted and (done % step == 0 or done == rows):
            end = "\r" if terminal and done < rows else "\n"
            print(f"{done} / {rows} {words}", end=end, file=sys.stderr, flush=True)

    return show
