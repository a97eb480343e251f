"""What a folder must keep to beyond its cells: rules over several rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from goliard.apps.transfer.checks import agreements, funding, projects, rounds, trees, unique
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.faults import Fault, Faults
from goliard.apps.transfer.reading import Contents
from goliard.apps.transfer.tables import BY_NAME
from goliard.apps.transfer.writing import Written

CHECKS: tuple[Callable[[dict[str, set[int]], date], Iterable[Finding]], ...] = (
    unique.check_names,
    unique.check_identifiers,
    unique.check_statuses,
    trees.check_units,
    trees.check_predecessors,
    funding.check_calls,
    projects.check_projects,
    agreements.check_agreements,
    agreements.check_sealed,
    rounds.check_rounds,
)


def check_before(contents: Contents, faults: Faults) -> None:
    """Find what the database would refuse with fewer words."""
    unique.check_homes(contents, faults)
    unique.check_calls(contents, faults)
    unique.check_aliases(contents, faults)


def check_written(written: Written, faults: Faults, today: date) -> None:
    """Check the rows as they now stand, in the same transaction; a fault names the file and row that brought it."""
    for check in CHECKS:
        for finding in check(written.touched, today):
            record = written.places.get((finding.table, finding.pk))
            table = BY_NAME[finding.table]
            because = finding.because if record else finding.named()
            faults.add(Fault(record.file if record else table.file, because, row=record.row if record else None, column=finding.column))
