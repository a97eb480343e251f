"""Begin an application for somebody who handed it in on paper; it is then typed on the applicant's own screens."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_manage_round_letters, may_read_applications
from goliard.apps.applications.queries.eligibility import standings_on
from goliard.apps.applications.services.on_paper import start_on_paper
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Person
from goliard.apps.rounds.models import Round
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import DateInput, LookupField
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


class PaperForm(forms.Form):
    """Whose paper it is, when it came, and why it was no form on the screen."""

    person = LookupField(Person.objects.filter(merged_into__isnull=True), "persons", key="public_id", label=gettext_lazy("Applicant"))
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DateInput())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, help_text=gettext_lazy("The applicant reads it, and it stands in the journal.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)


def typing_address(application: Application, part: str) -> str:
    """Return the applicant's screen on which the office types it."""
    return reverse(
        f"student:{part}", args=[application.public_id], current_app="staff-mobility" if application.round.is_for_staff else None
    )


@door(may_read_applications)
def on_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """The form; a POST begins the application and goes on to its wishes."""
    row = get_object_or_404(Round, pk=pk)
    refuse_unless(may_manage_round_letters(request.actor, row))
    form = PaperForm(request.POST or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        standings = standings_on(given["person"], row, localdate(now))
        try:
            made = start_on_paper(
                round=row, person=given["person"], standing=standings[0] if standings else None, received_on=given["received_on"],
                reason=given["reason"], language=given["language"], actor=request.actor, now=now,
            )  # fmt: skip
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _("Begun. Type what stands on the paper, and submit it."))
            return redirect(typing_address(made, "wishes"))
    context = {"round": row, "form": form, "faults": faults}
    return render(request, "office/applications/on_paper.html", context, status=422 if faults or form.errors else 200)
