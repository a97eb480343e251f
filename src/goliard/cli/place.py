"""`goliard place`: who goes where, from two CSV files or from the text that the office stored of a run.

Exit status: 0 written; 1 the audit failed (nothing written); 2 the input or the call is wrong (nothing written).
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

import goliard
from goliard.cli.whole_files import WriteProblem, write_whole
from goliard.fast.compiled import AVAILABLE
from goliard.rules.placement.market import Market, MarketProblem
from goliard.rules.placement.outputs import csv_text, outcome_rows, report, report_text
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, POLICIES, SERIAL_DICTATORSHIP, Policy
from goliard.rules.placement.run import AuditFailed, place
from goliard.rules.placement.snapshot import read_snapshot
from goliard.rules.placement.tables import TableProblem, differing_score, read_market
from goliard.rules.placement.ties import TieRule

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
LARGE = 2_000_000  # bytes: about 10,000 applicants with ten wishes
WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command("place")
@click.option("--applicants", type=EXISTING, help="CSV: applicant,wish,destination,score[,group]; one row a wish.")
@click.option("--destinations", type=EXISTING, help="CSV: destination,places[,reserved_group,reserved_places][,max_group,max_places].")
@click.option("--snapshot", type=EXISTING, help="In place of the two: the input of a run, as the office stored it.")
@click.option("--policy", type=click.Choice(sorted(POLICIES)), default=DEFERRED_ACCEPTANCE.name, show_default=True)
@click.option("--out", type=WRITTEN, required=True, help="CSV to write: applicant,destination,wish,reason.")
@click.option("--report", "report_path", type=WRITTEN, help="JSON to write: counts, cut-offs, audit, input hash.")
@click.option("--ties", default="", help="`applicant` (lowest id first) or a seed to draw with. Without it a tie that decides is an error.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the reasons.")
def command(
    *,
    applicants: Path | None,
    destinations: Path | None,
    snapshot: Path | None,
    policy: str,
    out: Path,
    report_path: Path | None,
    ties: str,
    lang: str,
) -> None:
    """Place applicants at destinations, say why, and audit the result."""
    read = [path for path in (applicants, destinations, snapshot) if path]
    if len(read) != (1 if snapshot else 2):
        raise click.UsageError("Give --applicants and --destinations, or --snapshot.")
    try:
        _refuse_overwriting(set(read), [out, *([report_path] if report_path else [])])
        if applicants and destinations:
            texts = _place(applicants, destinations, POLICIES[policy], TieRule(ties), lang)
        else:
            texts = _placed(_stored(read[0]), POLICIES[policy], TieRule(ties), lang)
        targets = {out: texts[0]} | ({report_path: texts[1]} if report_path else {})
        write_whole(targets)
    except TableProblem as problem:
        _fail(problem.in_language(lang), 2)
    except MarketProblem as problem:
        _fail(problem.because.in_language(lang), 2)
    except (WriteProblem, OSError) as problem:
        _fail(str(problem), 2)
    except AuditFailed as problem:
        _fail(str(problem), 1)


def _place(applicants: Path, destinations: Path, policy: Policy, ties: TieRule, language: str) -> tuple[str, str]:
    tables = applicants.read_bytes(), destinations.read_bytes()
    if len(tables[0]) >= LARGE and AVAILABLE:  # small rounds run on the reference itself; large ones on its twin, if it knows how
        from goliard.fast.placement.run import place_files

        gc.disable()  # millions of texts and no circles among them: looking for circles takes a quarter of the time
        try:
            written = place_files(
                *tables, destinations_name=str(destinations), policy=policy, ties=ties, language=language, code_version=goliard.__version__
            )
        finally:
            gc.enable()
        if written is not None:
            return written.out, report_text(written.report)
    market = read_market(*tables, applicants_name=str(applicants), destinations_name=str(destinations))
    if policy is SERIAL_DICTATORSHIP and (problem := differing_score(tables[0], str(applicants))):
        raise problem
    return _placed(market, policy, ties, language)


def _placed(market: Market, policy: Policy, ties: TieRule, language: str) -> tuple[str, str]:
    run = place(market, policy, ties)
    run.require_publishable()
    return csv_text(outcome_rows(run, language)), report_text(report(run, goliard.__version__))


def _stored(path: Path) -> Market:
    try:
        return read_snapshot(path.read_text(encoding="utf-8"))
    except ValueError as problem:  # MarketProblem and a text in another encoding are such errors too
        raise WriteProblem(f"{path}: {problem}") from None


def _refuse_overwriting(inputs: set[Path], outputs: list[Path]) -> None:
    taken = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in taken:
            raise WriteProblem(f"{path}: is already read or written by this command")
        taken.add(path.resolve())


def _fail(message: str, status: int) -> None:
    click.echo(message, err=True)
    sys.exit(status)
