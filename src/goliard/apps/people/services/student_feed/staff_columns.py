"""The columns of the feed of staff."""

from __future__ import annotations

from collections.abc import Callable

from goliard.apps.people.choices import Seniority, StaffCategory
from goliard.apps.people.services.student_feed.columns import BY_KEY, CellWrong, FeedColumn, a_day, a_text, an_email
from goliard.rules.values.texts import Text


def _one_of(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell.lower() not in words:
            listed = ", ".join(words)
            raise CellWrong(f"‘{cell[:40]}’ is geen van: {listed}.", f"“{cell[:40]}” is none of: {listed}.")
        return cell.lower()

    return read


STAFF_COLUMNS: tuple[FeedColumn, ...] = (
    FeedColumn("staff_number", a_text(60), Text("personeelsnummer: hieraan wordt iemand herkend", "names the person"), required=True),
    *(BY_KEY[key] for key in ("given_name", "family_name", "native_name", "email", "nationalities")),
    FeedColumn("appointment", a_text(40), Text("nummer van de aanstelling", "number of the appointment"), required=True),
    FeedColumn("function_nl", a_text(250), Text("functie in het Nederlands", "function in Dutch")),
    FeedColumn("function_en", a_text(250), Text("functie in het Engels", "function in English")),
    FeedColumn(
        "category",
        _one_of(*StaffCategory.values),
        Text("academic (wetenschappelijk) of support (ondersteunend)", "academic or support"),
        required=True,
    ),
    FeedColumn(
        "seniority",
        _one_of(*Seniority.values),
        Text("junior (< 10 jaar), intermediate (10-20) of senior (> 20)", "junior (< 10 years), intermediate (10-20) or senior (> 20)"),
    ),
    BY_KEY["unit"],
    BY_KEY["subject"],
    FeedColumn("employed_from", a_day, Text("eerste dag van de aanstelling", "first day of the appointment"), required=True),
    FeedColumn("employed_until", a_day, Text("laatste dag; leeg zolang die niet bekend is", "last day; empty while it is not known")),
    FeedColumn("manager_name", a_text(250), Text("leidinggevende", "line manager")),
    FeedColumn("manager_email", an_email, Text("e-mailadres van de leidinggevende", "e-mail address of the line manager")),
    BY_KEY["languages"],
    FeedColumn("as_of", a_day, Text("dag waarop het personeelssysteem dit zei", "day on which the staff system said so"), required=True),
)
