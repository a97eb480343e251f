"""Fewer opportunities: declared of one's own accord, kept apart, taken back at any time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goliard.apps.applications.choices import Ground
from goliard.apps.applications.models import Application, OpportunityDeclaration
from goliard.apps.applications.policies import may_write_applications
from goliard.apps.applications.services.declarations import declare_opportunity, withdraw_declaration
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import faults_of, find_own, frame, told


class DeclarationForm(forms.Form):
    """What somebody declares."""

    ground = forms.ChoiceField(label=gettext_lazy("What applies to you?"), choices=Ground.choices)
    explanation = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence = forms.FileField(label=gettext_lazy("Evidence"), required=False, help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB."))
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that a few people of the office, who are named for it, use this for the placement."), required=False
    )


@door(may_write_applications)
def circumstances(request: ActorRequest, public_id: str) -> HttpResponse:
    """The declaration, or none; a POST keeps it or takes it back."""
    arrived = arrived_at(request)
    application = find_own(request, public_id)
    declaration = OpportunityDeclaration.objects.filter(application=application).select_related("evidence").first()
    form = DeclarationForm(request.POST or None, request.FILES or None, initial=_initial(declaration))
    faults: list[str] = []
    if request.method == "POST" and "take_back" in request.POST:
        withdraw_declaration(application=application, actor=request.actor, now=arrived)
        messages.success(request, _("Your declaration is deleted."))
        return lead(request, "circumstances", public_id=public_id)
    if request.method == "POST" and form.is_valid():
        faults = _declare(request, application, form, arrived)
        if not faults:
            messages.success(request, _("Saved."))
            return lead(request, "circumstances", public_id=public_id)
    context = {
        **frame(request, application, "circumstances", faults_of(application)),
        "declaration": declaration,
        "form": form,
        "faults": faults,
    }
    return render(request, "student/circumstances.html", context, status=422 if faults or form.errors else 200)


def _declare(request: ActorRequest, application: Application, form: DeclarationForm, arrived: Any) -> list[str]:
    given = form.cleaned_data
    try:
        declare_opportunity(
            application=application, ground=Ground(given["ground"]), explanation=given["explanation"], has_consented=given["consent"],
            evidence=given["evidence"], actor=request.actor, now=arrived,
        )  # fmt: skip
    except Refused as refused:
        return told(refused)
    return []


def _initial(declaration: OpportunityDeclaration | None) -> dict[str, Any]:
    return {"ground": declaration.ground, "explanation": declaration.explanation} if declaration else {}
