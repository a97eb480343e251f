"""What was submitted, as bytes: canonical JSON, a workbook, and a PDF set by typst. Pure functions of the told application."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import typst
from openpyxl import Workbook

from goliard.apps.funding.choices import ExportKind
from goliard.apps.journal.hashing import canonical_json
from goliard.rules.values.cells import harmless

SHEET = Path(__file__).with_name("application.typ")


def render_json(told: dict[str, Any]) -> bytes:
    """Return the canonical JSON: the same application gives the same bytes."""
    return canonical_json(told).encode()


def render_xlsx(told: dict[str, Any]) -> bytes:
    """Return a workbook: summary, partnerships, flows, every line of the budget. Texts that look like formulas stay texts."""
    book = Workbook(write_only=True)
    for title, rows in _sheets(told):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell if isinstance(cell, int | float) else harmless(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def render_pdf(told: dict[str, Any]) -> bytes:
    """Return the PDF. Every text reaches typst as data, never as markup."""
    pdf: bytes = typst.compile(SHEET.read_bytes(), sys_inputs={"data": canonical_json(told)}, pdf_standards="a-2b")
    return pdf


RENDER = {ExportKind.JSON: render_json, ExportKind.XLSX: render_xlsx, ExportKind.PDF: render_pdf}


def _sheets(told: dict[str, Any]) -> list[tuple[str, list[list[object]]]]:
    budget = told["budget"] or {"total_cents": None, "by_category": {}, "lines": []}
    regions = [[each["region"]["en"], each["total_cents"] / 100] for each in told["budget_by_region"]]
    return [
        ("Summary", [
            ["Call", told["call"]], ["Mobilities", told["mobilities"]],
            ["Total (EUR)", budget["total_cents"] / 100 if budget["total_cents"] is not None else ""],
            ["Illustrative", "yes" if told["illustrative"] else "no"],
            *([name, cents / 100] for name, cents in budget["by_category"].items()), ["Region", "EUR"], *regions,
        ]),
        ("Partnerships", [
            ["Title", "Country", "Region", "Partner", "EUR without organisational support"],
            *([each["title"], each["country"], each["region"] or "", each["partner"]["name"],
               each["cents_without_organisational_support"] / 100] for each in told["partnerships"]),
        ]),
        ("Flows", [
            ["Title", "Direction", "Who", "Number", "Days", "Travel days", "Green", "Fewer opportunities"],
            *([each["title"], flow["direction"], flow["kind"], flow["count"], flow["days"], flow["travel_days"],
               "yes" if flow["green"] else "no", flow["fewer_opportunities"]] for each in told["partnerships"] for flow in each["flows"]),
        ]),
        ("Answers", [
            ["Title", "Question", "Answer"],
            *([each["title"], row["question"], row["answer"]] for each in told["partnerships"] for row in each["answers"]),
        ]),
        ("Budget lines", [
            ["Row", "Rule", "Category", "Times", "EUR each", "EUR", "Why", "Source", "Status"],
            *([line["row"] or "", line["rule"], line["category"], line["times"], line["each_cents"] / 100, line["amount_cents"] / 100,
               line["because"]["en"], line["source"], line["status"]] for line in budget["lines"]),
        ]),
    ]  # fmt: skip
