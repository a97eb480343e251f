"""Answers as a form keeps them and as people read them: a choice is kept by its place in the list, so that both languages mean the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.queries.form import AskedQuestion
from goliard.apps.rounds.choices import QuestionKind

YES_NO = (("", "–"), ("yes", _("yes")), ("no", _("no")))


class AnswersForm(forms.Form):
    """The questions that are asked; nothing is required while one writes."""

    def __init__(self, asked: list[AskedQuestion], data: Any = None) -> None:
        super().__init__(data)
        self.asked = asked
        for each in asked:
            self.fields[each.name] = _field(each)
            self.initial[each.name] = each.answer.split(",") if each.question.kind == QuestionKind.SEVERAL else each.answer

    def answers(self) -> dict[tuple[int, int | None], str]:
        """Return what was written, by question and destination; a field that the form did not send is left out.

        A browser sends two characters for the end of a line; its writer counts one.
        """
        found: dict[tuple[int, int | None], str] = {}
        for each in self.asked:
            if each.name in self.data or each.question.kind == QuestionKind.SEVERAL:
                given = self.cleaned_data.get(each.name, "")
                text = ",".join(given) if isinstance(given, list) else str(given or "").replace("\r\n", "\n")
                found[each.question.pk, each.destination.pk if each.destination else None] = text
        return found


def shown_answer(asked: AskedQuestion) -> str:
    """Return an answer as people read it."""
    listed = asked.question.choices(get_language() or "en")
    if asked.question.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}:
        places = [int(part) for part in asked.answer.split(",") if part.isdecimal()]
        return "; ".join(listed[place] for place in places if place < len(listed))
    if asked.question.kind == QuestionKind.YES_NO:
        return str(dict(YES_NO).get(asked.answer, ""))
    return asked.answer


def _field(asked: AskedQuestion) -> forms.Field:
    question, language = asked.question, get_language() or "en"
    given: dict[str, Any] = {"label": _label(asked, language), "required": False, "help_text": _help(asked, language)}
    choices = [(str(place), text) for place, text in enumerate(question.choices(language))]
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=[("", "–"), *choices], **given)
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)
    if question.kind == QuestionKind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, **given)
    widgets: dict[str, forms.Widget] = {
        QuestionKind.LONG: forms.Textarea(attrs={"rows": 8}),
        QuestionKind.NUMBER: forms.TextInput(attrs={"inputmode": "decimal"}),
        QuestionKind.DATE: forms.DateInput(attrs={"type": "date"}),
    }
    return forms.CharField(widget=widgets.get(question.kind, forms.TextInput()), strip=False, **given)


def _label(asked: AskedQuestion, language: str) -> str:
    text = asked.question.text(language)
    return f"{text} – {asked.destination.name(language)}" if asked.destination else text


def _help(asked: AskedQuestion, language: str) -> str:
    limit = ""
    if asked.question.longest and asked.question.kind in {QuestionKind.SHORT, QuestionKind.LONG}:
        limit = str(_("At most %(limit)d characters.") % {"limit": asked.question.longest})
    return " ".join(part for part in (asked.question.help(language), limit) if part)
