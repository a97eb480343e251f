"""Import of agreements: upload, look at what every row would do, then all or the good rows in the background. Export of the table."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.agreements.choices import ImportMode
from goliard.apps.agreements.models import Agreement, ImportRun
from goliard.apps.agreements.policies import may_import_agreements, may_read_agreements
from goliard.apps.agreements.services.imports.columns import BY_KEY, FIELDS, KNOWN, missing, recognised
from goliard.apps.agreements.services.imports.exporting import table_rows
from goliard.apps.agreements.services.imports.importing import keep_import_file
from goliard.apps.agreements.services.imports.plan import Plan, plan_import
from goliard.apps.agreements.services.imports.runs import ask_import
from goliard.apps.agreements.services.imports.sheets import LARGEST, Sheet, SheetRefused, read_sheet
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import FileRefused
from goliard.portals.shared.doors import door
from goliard.portals.shared.exports import csv_response, xlsx_response
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.texts import Text

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}
MOST_SHOWN = 500  # faults on the page; all of them are in the file
PREVIEW = 5
RECENT = 10  # imports on the page of the upload


@door(may_import_agreements)
def upload(request: ActorRequest) -> HttpResponse:
    """The form for the file; what can be read as a table is kept and shown."""
    because = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                because = _("Choose a file.")
            else:
                content = file.read(LARGEST + 1)
                stored = keep_import_file(content=content, name=file.name or "", actor=request.actor, now=timezone.now())
                return redirect("office:agreement-import", stored.pk)
        except SheetRefused as refused:
            because = refused.because.in_language(get_language() or "en")
        except FileRefused as refused:
            because = str(refused)
    context = {
        "because": because,
        "fields": [field.name.in_language(get_language() or "en") for field in FIELDS],
        "runs": ImportRun.objects.select_related("file")[:RECENT],
    }
    return render(request, "office/agreements/import_upload.html", context, status=422 if because else 200)


@door(may_import_agreements)
def look(request: ActorRequest, pk: int) -> HttpResponse:
    """What every row would do under the chosen columns; a POST imports."""
    stored = get_object_or_404(StoredFile, pk=pk, purpose=Purpose.IMPORT)
    sheet = _sheet(stored)
    mapped = _mapped(request, sheet)
    lacking = missing(mapped)
    if request.method == "POST" and not lacking:
        mode = ImportMode.GOOD if request.POST.get("mode") == ImportMode.GOOD else ImportMode.ALL
        run = ask_import(stored=stored, mapped=mapped, mode=mode, rows=len(sheet.rows), actor=request.actor, now=timezone.now())
        return redirect("office:agreement-import-run", run.pk)
    plan = Plan([], [], len(sheet.rows)) if lacking else plan_import(sheet, mapped, today=timezone.localdate())
    return render(request, "office/agreements/import_look.html", _context(stored, sheet, mapped, plan) | {"lacking": lacking})


@door(may_import_agreements)
def run(request: ActorRequest, pk: int) -> HttpResponse:
    """How far an import is, and what came of it; the page renews itself until it is over, with or without script."""
    found = get_object_or_404(ImportRun.objects.select_related("file"), pk=pk)
    language = get_language() or "en"
    reasons = [Text(nl, en).in_language(language) for nl, en in found.reasons]
    return render(request, "office/agreements/import_run.html", {"run": found, "reasons": reasons})


@door(may_import_agreements)
def faults(request: ActorRequest, pk: int) -> HttpResponse:
    """Every fault as a file, for whoever repairs the table."""
    stored = get_object_or_404(StoredFile, pk=pk, purpose=Purpose.IMPORT)
    sheet = _sheet(stored)
    mapped, language = _mapped(request, sheet), get_language() or "en"
    plan = Plan([], [], 0) if missing(mapped) else plan_import(sheet, mapped, today=timezone.localdate())
    rows = [[each.row, each.label.in_language(language), each.because.in_language(language)] for each in plan.faults]
    return csv_response("faults.csv", [[_("Row"), _("Column"), _("What is wrong")], *rows])


@door(may_read_agreements)
def table(request: ActorRequest, kind: str) -> HttpResponse:
    """All agreements as the table that an import reads."""
    if kind not in EXPORTS:
        raise Http404
    return EXPORTS[kind](f"agreements-table.{kind}", table_rows(Agreement.objects.order_by("key"), get_language() or "en"))


def _sheet(stored: StoredFile) -> Sheet:
    try:
        with default_storage.open(stored.storage_name, "rb") as stream:
            return read_sheet(stream.read(), KNOWN)
    except (SheetRefused, OSError):
        raise Http404 from None


def _mapped(request: HttpRequest, sheet: Sheet) -> dict[str, int]:
    """The columns as they were chosen (`c0=partner&c1=…`), or as their headings say."""
    asked = request.POST if request.method == "POST" else request.GET
    if not any(f"c{place}" in asked for place in range(len(sheet.heading))):
        return recognised(sheet)
    found: dict[str, int] = {}
    for place in range(len(sheet.heading)):
        key = asked.get(f"c{place}", "")
        if key in BY_KEY and key not in found:
            found[key] = place
    return found


def _context(stored: StoredFile, sheet: Sheet, mapped: dict[str, int], plan: Plan) -> dict[str, object]:
    language = get_language() or "en"
    chosen = {place: key for key, place in mapped.items()}
    options = [(field.key, field.name.in_language(language)) for field in FIELDS]
    return {
        "stored": stored,
        "notes": [note.in_language(language) for note in sheet.notes],
        "columns": [(place, heading or "–", chosen.get(place, ""), options) for place, heading in enumerate(sheet.heading)],
        "preview": [(row.number, [_shown(cell, language) for cell in row.cells]) for row in sheet.rows[:PREVIEW]],
        "plan": plan,
        "faults": [(each.row, each.label.in_language(language), each.because.in_language(language)) for each in plan.faults[:MOST_SHOWN]],
        "bad_rows": len(plan.faulty_rows),
        "good": plan.agreements[:MOST_SHOWN],
    }


def _shown(cell: object, language: str) -> str:
    because = getattr(cell, "because", None)
    return because.in_language(language) if because else "" if cell is None else str(cell)[:60]
