"""The comparison of two texts of an agreement as PDF/A-2b."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources

import typst

from goliard.apps.agreements.models import AgreementVersion
from goliard.rules.agreements.comparison import Difference
from goliard.rules.values.texts import Text

COLUMNS = (Text("Waar", "Where"), Text("Veld", "Field"))
HINT = Text("Wat het kan betekenen", "What it may mean")
SAME = Text("De twee teksten zeggen hetzelfde.", "The two texts say the same.")
KIND = Text("Vergelijking van twee teksten", "Comparison of two texts")


def comparison_pdf(
    version: AgreementVersion, differences: Sequence[Difference], *, ours: Text, theirs: Text, hashes: tuple[str, str], language: str
) -> bytes:
    """Return the differences of two texts of an agreement as PDF/A-2b; `hashes` are those of the two texts, in the order of the columns."""
    agreement = version.agreement
    labels = [*COLUMNS, ours, theirs, HINT]
    data = {
        "lang": language,
        "title": agreement.title,
        "home": "",
        "kind": KIND.in_language(language),
        "columns": [text.in_language(language) for text in labels],
        "rows": [
            [
                each.where.in_language(language),
                each.label.in_language(language),
                each.ours or "–",
                each.theirs or "–",
                each.hint.in_language(language) if each.hint else "",
            ]
            for each in differences
        ],
        "same": SAME.in_language(language),
        "footer": f"{agreement.title} · {ours.in_language(language)} / {theirs.in_language(language)}",
        "hash": f"SHA-256 {hashes[0]} / {hashes[1]}",
    }
    template = resources.files(__package__).joinpath("comparison.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf: bytes = typst.compile(template, format="pdf", sys_inputs=inputs, pdf_standards="a-2b")
    return pdf
