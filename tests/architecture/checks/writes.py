"""Rows are written by services (and migrations, and tasks' own bookkeeping), nowhere else."""

from __future__ import annotations

import re

from tests.architecture.source import Module

WRITERS = {"services", "tasks"}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave", "adelete", "aupdate"}
ON_ROWS = {"create", "update"}  # also methods of dictionaries and digests: a write only behind a manager or a query
ON_OBJECTS = {"save", "delete"}
QUERY = re.compile(r"(^|\.)(objects|_base_manager|_default_manager|\w+_set)(\.|$)|\.(filter|exclude|all|select_for_update)\(\)")
NOT_ROWS = re.compile(r"(^|[._])(storage|default_storage|image|picture|workbook|book|cache|session)(\(\))?$")
ALLOWED = {
    "goliard.apps.journal.sealing": "the journal's second service, named after its noun",
    "goliard.apps.transfer": "load writes whole tables at once, in one transaction with one journal entry",
    "goliard.cli.backups.tables": "restoring puts rows back exactly as they were, past every service",
}


def writes_outside_services(module: Module) -> list[str]:
    """Calls that write rows in a module that is no service and no task."""
    if not module.within("goliard") or (module.app and module.part in WRITERS) or module.within(*ALLOWED):
        return []
    found = []
    for name, call in module.calls():
        receiver, _, method = name.rpartition(".")
        if not receiver or receiver == "super()":
            continue
        written = (
            method in ALWAYS or (method in ON_ROWS and QUERY.search(receiver)) or (method in ON_OBJECTS and not NOT_ROWS.search(receiver))
        )
        if written:
            found.append(module.at(call, f"only services write rows: {receiver}.{method}(…)"))
    return found
