"""Tables as files: CSV and XLSX, with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook

from goliard.rules.values.cells import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(filename: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return `rows` (the first is the header) as UTF-8 CSV named `filename`."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([harmless(_told(cell)) for cell in row] for row in rows)
    return _file(filename, "text/csv; charset=utf-8", stream.getvalue().encode())


def xlsx_response(filename: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return `rows` (the first is the header) as a workbook of one sheet named `filename`; texts that look like formulas stay texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Goliard")
    for row in rows:
        sheet.append([cell if isinstance(cell, int | float) else harmless(_told(cell)) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return _file(filename, XLSX, stream.getvalue())


def _told(cell: object) -> object:
    """A moment as the house's clock shows it, with its distance from UTC: `2027-02-01 23:59:00+01:00`."""
    return localtime(cell).isoformat(" ", "seconds") if isinstance(cell, datetime) and is_aware(cell) else cell


def _file(filename: str, content_type: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
