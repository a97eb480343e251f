"""What was submitted, as bytes: canonical JSON, a workbook, and a PDF set by typst. Pure functions of the told application."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst
from openpyxl import Workbook

from goliard.apps.funding.choices import ExportKind
from goliard.apps.funding.export_words import words_in
from goliard.apps.journal.hashing import canonical_json
from goliard.rules.grants.figures import meaning_of
from goliard.rules.values.cells import harmless
from goliard.rules.values.money import Money

SHEET = Path(__file__).with_name("application.typ")
NO_BUDGET: dict[str, Any] = {"total_cents": None, "by_category": {}, "lines": [], "unverified": []}


def render_json(told: dict[str, Any], _language: str) -> bytes:
    """Return the canonical JSON, which holds both languages: the same application gives the same bytes."""
    return canonical_json(told).encode()


def render_xlsx(told: dict[str, Any], language: str) -> bytes:
    """Return a workbook: summary, partnerships, flows, priorities, answers, budget lines. Texts that look like formulas stay texts."""
    book = Workbook(write_only=True)
    for title, rows in _sheets(told, language, words_in(language)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell if isinstance(cell, int | float) else harmless(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def render_pdf(told: dict[str, Any], language: str) -> bytes:
    """Return the PDF. Every text reaches typst as data, never as markup."""
    printed = canonical_json(_printed(told, language))
    pdf: bytes = typst.compile(SHEET.read_bytes(), sys_inputs={"data": printed}, pdf_standards="a-2b")
    return pdf


RENDER: dict[ExportKind, Callable[[dict[str, Any], str], bytes]] = {
    ExportKind.JSON: render_json,
    ExportKind.XLSX: render_xlsx,
    ExportKind.PDF: render_pdf,
}


def entitled(told: dict[str, Any], language: str) -> str:
    """Return the title of a told proposal in a language; the other one where it is all there is."""
    title = told["title"]
    return str(title[language] or title["nl"] or title["en"])


def _sheets(told: dict[str, Any], language: str, words: dict[str, str]) -> list[tuple[str, list[list[object]]]]:
    budget, parts = told["budget"] or NO_BUDGET, told["partnerships"]

    def yes(value: object) -> str:
        return words["yes"] if value else words["no"]

    total = budget["total_cents"]
    return [
        (words["summary"], [
            [words["call"], told["call_title"][language]], [words["mobilities"], told["mobilities"]],
            [words["total_eur"], "" if total is None else total / 100], [words["illustrative"], yes(told["illustrative"])],
            *([words[name], cents / 100] for name, cents in budget["by_category"].items()),
            [words["region"], "EUR"], *([each["region"][language], each["total_cents"] / 100] for each in told["budget_by_region"]),
            [words["unverified"], len(budget["unverified"])], *([name, _meaning(name, language)] for name in budget["unverified"]),
        ]),
        (words["partnerships"], [
            [words[name] for name in ("title", "country", "region", "partner", "without_support_eur")],
            *([entitled(each, language), each["country"], each["region"][language] if each["region"] else "", each["partner"]["name"],
               each["cents_without_organisational_support"] / 100] for each in parts),
        ]),
        (words["flows"], [
            [words[name] for name in ("title", "direction", "who", "number", "days", "travel_days", "green", "fewer_opportunities")],
            *([entitled(each, language), words[flow["direction"]], words[flow["kind"]], flow["count"], flow["days"], flow["travel_days"],
               yes(flow["green"]), flow["fewer_opportunities"]] for each in parts for flow in each["flows"]),
        ]),
        (words["priorities"], [
            [words[name] for name in ("title", "priority", "how")],
            *([entitled(each, language), row["title"][language], row["how"]] for each in parts for row in each["priorities"]),
        ]),
        (words["answers"], [
            [words[name] for name in ("title", "question", "answer")],
            *([entitled(each, language), row["question"][language], row["answer"]] for each in parts for row in each["answers"]),
        ]),
        (words["budget_lines"], [
            [words["row"], words["rule"], words["category"], words["times"], words["each_eur"], "EUR", words["why"], words["source"],
             words["status"]],
            *([line["row"] or "", line["rule"], words[line["category"]], line["times"], line["each_cents"] / 100,
               line["amount_cents"] / 100, line["because"][language], line["source"], line["status"]] for line in budget["lines"]),
        ]),
    ]  # fmt: skip


def _printed(told: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the PDF prints, every text and amount in the language."""
    words, budget = words_in(language), told["budget"] or NO_BUDGET
    return {
        "language": language,
        "words": words,
        "illustrative": told["illustrative"],
        "heading": f"{words['application']} {told['action']} {told['year']}",
        "period": f"{told['starts_on'] or '–'} {words['until']} {told['ends_on'] or '–'}",
        "mobilities": str(told["mobilities"]),
        "total": _euros(budget["total_cents"], language),
        "submitted_at": told.get("submitted_at"),
        "categories": [[words[name], _euros(cents, language)] for name, cents in budget["by_category"].items()],
        "regions": [[each["region"][language], _euros(each["total_cents"], language)] for each in told["budget_by_region"]],
        "unverified": [f"{_meaning(name, language) or name} ({name})" for name in budget["unverified"]],
        "partnerships": [_partnership(each, language, words) for each in told["partnerships"]],
    }


def _partnership(each: dict[str, Any], language: str, words: dict[str, str]) -> dict[str, Any]:
    region = each["region"][language] if each["region"] else words["no_region"]
    return {
        "title": entitled(each, language),
        "line": f"{each['partner']['name']}, {each['country']} ({region}). {words['applicant']}: {each['applicant']}.",
        "needs_analysis": each["needs_analysis"],
        "goals": ", ".join(goal["title"][language] for goal in each["goals"]),
        "priorities": [[row["title"][language], row["how"]] for row in each["priorities"]],
        "answers": [[row["question"][language], row["answer"]] for row in each["answers"] if row["stage"] == "application"],
        "flows": [
            [words[flow["direction"]], words[flow["kind"]], str(flow["count"]), str(flow["days"]), str(flow["travel_days"])]
            for flow in each["flows"]
        ],
        "cents": _euros(each["cents_without_organisational_support"], language),
    }


def _euros(cents: int | None, language: str) -> str:
    return "–" if cents is None else Money(cents).text(language)


def _meaning(label: str, language: str) -> str:
    words = meaning_of(label)
    return words.in_language(language) if words else ""
