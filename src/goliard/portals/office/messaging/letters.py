"""The texts of letters: each in both languages, with the values that it may use and a preview."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.messaging.letters import LETTERS, fill
from goliard.apps.messaging.models import LetterTemplate
from goliard.apps.messaging.policies import may_decide_letters, may_read_letters
from goliard.apps.messaging.services.templates import LetterRefused, keep_letter, reset_letter, texts_of
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


class LetterForm(forms.ModelForm):
    """The four texts."""

    class Meta:
        model = LetterTemplate
        fields = ["subject_nl", "subject_en", "body_nl", "body_en"]


@door(may_read_letters)
def letter_list(request: ActorRequest) -> HttpResponse:
    """Every letter that the house may send."""
    language = get_language() or "en"
    changed = set(LetterTemplate.objects.values_list("key", flat=True))
    rows = [{"letter": each, "purpose": each.purpose.in_language(language), "changed": each.key in changed} for each in LETTERS.values()]
    return render(request, "office/messaging/letters.html", {"rows": sorted(rows, key=lambda row: row["letter"].key)})


@door(may_read_letters)
def letter_page(request: ActorRequest, key: str) -> HttpResponse:
    """One letter: its text, its values, a preview with each value's name in its place; the office may change it."""
    if key not in LETTERS:
        raise Http404
    letter, faults = LETTERS[key], []
    form = LetterForm(request.POST or None, initial=texts_of(key))
    if request.method == "POST":
        refuse_unless(may_decide_letters(request.actor))
        if "reset" in request.POST:
            reset_letter(key=key, actor=request.actor, now=timezone.now())
            return redirect("office:letter", key=key)
        if form.is_valid():
            try:
                keep_letter(key=key, texts=form.cleaned_data, actor=request.actor, now=timezone.now())
            except LetterRefused as refused:
                faults = [refused.reason.in_language(get_language() or "en")]
            except ValidationError as invalid:
                faults = list(invalid.messages)
            else:
                messages.success(request, _("The letter is saved."))
                return redirect("office:letter", key=key)
    stand_ins = {name: f"[{name}]" for name in letter.values}
    preview = {name: fill(text, stand_ins) for name, text in texts_of(key).items()}
    context = {"letter": letter, "form": form, "faults": faults, "preview": preview, "may_edit": may_decide_letters(request.actor)}
    return render(request, "office/messaging/letter.html", context, status=422 if faults or form.errors else 200)
