"""Load a folder: all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.journal.services import record
from goliard.apps.transfer.checks import check_before, check_written
from goliard.apps.transfer.faults import Fault, Faults
from goliard.apps.transfer.folder import read_folder
from goliard.apps.transfer.planning import check_references, plan_tables
from goliard.apps.transfer.reading import Contents, Removal, read_contents
from goliard.apps.transfer.report import LoadReport, TableReport
from goliard.apps.transfer.stored import Stored
from goliard.apps.transfer.tables import TABLES
from goliard.apps.transfer.writing import Written, touched_tables, write_plan
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Text

VERB = "folder.loaded"


def load_folder(*, folder: Path, actor: Actor, now: datetime, dry_run: bool = False) -> LoadReport:
    """Bring the database in step with the folder, in one transaction, and return what changed.

    Rows that the folder does not name stay as they are; only `removals.csv` takes rows away. A second load of the same folder changes
    nothing. With `dry_run` everything is tried and taken back. Raises `FolderRefused` with every fault, and then nothing is changed.
    """
    faults = Faults()
    files = read_folder(folder, faults)
    contents = read_contents(files, faults)
    report = LoadReport(files.sha256, dry_run, notes=contents.notes)
    written = Written()
    with transaction.atomic():
        _write(contents, report, written, faults, now)
        if report.changes:
            outdate_copies(agreements=None)  # names, ids and texts of any of them may be in the folder
        if dry_run:
            transaction.set_rollback(True)
            return report
        details = {"folder": report.folder, "changes": report.changes, "tables": report.counts}
        record(actor=actor, verb=VERB, subject=("folder", report.folder[:32]), now=now, details=details)
        for name, picture in written.pictures.items():  # bytes before the commit: a row without its file would be worse than the reverse
            default_storage.save(name, ContentFile(picture.content))
    return report


def _write(contents: Contents, report: LoadReport, written: Written, faults: Faults, now: datetime) -> None:
    stored = Stored()
    check_references(contents, stored, faults)
    check_before(contents, faults)
    plans = plan_tables(contents, stored, faults)
    faults.refuse()
    for plan in plans:
        try:
            with transaction.atomic():
                write_plan(plan, stored, written, now)
        except IntegrityError as error:
            faults.add(Fault(plan.table.file, _refused_by_database(error)))
            faults.refuse()
        report.tables.append(plan.report)
        for each in contents.records[plan.table.name]:
            row = stored.rows(plan.table).get(each.identity)
            if row is not None:
                written.places[plan.table.name, row.pk] = each
    for removal in sorted(contents.removals, key=lambda each: -TABLES.index(each.table)):  # what refers before what is referred to
        _remove(removal, stored, report, written, faults)
    for table in touched_tables(written, TABLES):
        if table.finish is not None:
            table.finish(written.touched[table.name], timezone.localdate(now))
    check_written(written, faults, timezone.localdate(now))
    faults.refuse()


def _remove(removal: Removal, stored: Stored, report: LoadReport, written: Written, faults: Faults) -> None:
    table, identity = removal.table, removal.identity
    found = [row for known, row in stored.rows(table).items() if known[: len(table.key)] == identity]
    if not found:
        return
    try:
        for row in found:
            with transaction.atomic():
                table.model._default_manager.get(pk=row.pk).delete()
            written.touched[table.name].discard(row.pk)
            if table.parent:
                parent = table.by_name[table.parent].refers_to
                written.touched[parent].add(stored.keys(parent)[row.values[table.parent]])
    except models.ProtectedError as error:
        users = sorted(_named(user, stored) for user in error.protected_objects)
        shown = ", ".join(users[:10]) + (" …" if len(users) > 10 else "")
        because = Text(f"Dit wordt nog gebruikt door: {shown}.", f"This is still used by: {shown}.")
        faults.add(Fault("removals.csv", because, row=removal.row, column="key"))
        return
    _report_of(report, table.name).removed.append(identity)


def _named(user: models.Model, stored: Stored) -> str:
    """Return `project_partners.csv (icm-2022-japan | fukushima-university)`, so that the folder's author finds the row."""
    for table in TABLES:
        if isinstance(user, table.model):
            keys = [" | ".join(part for part in identity if part) for identity, row in stored.rows(table).items() if row.pk == user.pk]
            return f"{table.file} ({', '.join(keys)})"
    return f"{user._meta.verbose_name} ({user})"


def _report_of(report: LoadReport, name: str) -> TableReport:
    for each in report.tables:
        if each.table == name:
            return each
    report.tables.append(TableReport(name))
    return report.tables[-1]


def _refused_by_database(error: IntegrityError) -> Text:
    first = str(error).splitlines()[0]
    return Text(f"De database weigert een rij: {first}", f"The database refuses a row: {first}")
