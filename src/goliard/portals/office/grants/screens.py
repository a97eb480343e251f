"""File a request for a student, decide it, record its payment, and note other grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.grants.models import OtherGrant, Scholarship, ScholarshipScheme
from goliard.apps.grants.policies import may_decide_scholarships
from goliard.apps.grants.queries.verdicts import verdict_on
from goliard.apps.grants.services.asking import ask_scholarship, note_other_grant
from goliard.apps.grants.services.deciding import ScholarshipDecision, decide_scholarship, pay_scholarship
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import DateInput, LookupField
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.scholarship_forms import StayForm
from goliard.rules.lifecycles.transition import TransitionRefused


class ForStudentForm(StayForm):
    """The stay of a student whom the office names."""

    person = LookupField(lookup_rows("persons"), "persons", key="public_id", label=_("Student"))
    field_order = ("person",)


class DecisionForm(forms.Form):
    """What the office checked, the outcome and the reasons."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=[("award", _("award what the table gives")), ("refuse", _("refuse"))])
    approved_by_board = forms.BooleanField(label=_("The board of examiners approved the stay"), required=False)
    for_credit = forms.BooleanField(label=_("The stay counts for credit"), required=False)
    travel_allowed = forms.BooleanField(label=_("Travel there is allowed"), required=False)
    because_nl = forms.CharField(label=_("Reasons in Dutch"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    because_en = forms.CharField(label=_("Reasons in English"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def decision(self) -> ScholarshipDecision:
        """Return what was filled in."""
        given = dict(self.cleaned_data)
        return ScholarshipDecision(is_awarded=given.pop("outcome") == "award", **given)


class OtherGrantForm(forms.ModelForm):
    """Other money for certain days."""

    class Meta:
        model = OtherGrant
        fields = ["name", "is_eu_funded", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}


@door(may_decide_scholarships)
def file_request(request: ActorRequest, pk: int) -> HttpResponse:
    """File a request for a student."""
    scheme = get_object_or_404(ScholarshipScheme, pk=pk)
    form, faults = ForStudentForm(request.POST if request.method == "POST" else None), []
    if form.is_valid():
        try:
            made = ask_scholarship(
                scheme=scheme, person=form.cleaned_data["person"], words=form.words(), actor=request.actor, now=timezone.now()
            )
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _now("Filed."))
            return redirect("office:scholarships-row", pk=made.pk)
    context = {"scheme": scheme, "form": form, "faults": faults}
    return render(request, "office/grants/file.html", context, status=422 if faults or form.errors else 200)


@door(may_decide_scholarships)
def decide(request: ActorRequest, pk: int) -> HttpResponse:
    """Award or refuse."""
    row = get_object_or_404(Scholarship.objects.select_related("scheme", "person", "country"), pk=pk)
    initial = {name: getattr(row, name) for name in ("approved_by_board", "for_credit", "travel_allowed")}
    form: Any = DecisionForm(request.POST) if request.method == "POST" else DecisionForm(initial=initial)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            decide_scholarship(scholarship=row, decision=form.decision(), actor=request.actor, now=timezone.now())
        except (Refused, TransitionRefused) as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _now("Decided; the letter is on its way."))
            return redirect("office:scholarships-row", pk=pk)
    context = {"row": row, "form": form, "faults": faults, "verdict": verdict_on(row)}
    return render(request, "office/grants/decide.html", context, status=422 if faults or form.errors else 200)


@require_POST
@door(may_decide_scholarships)
def pay(request: ActorRequest, pk: int) -> HttpResponse:
    """Record the payment of today."""
    row = get_object_or_404(Scholarship, pk=pk)
    try:
        pay_scholarship(scholarship=row, paid_on=timezone.localdate(), actor=request.actor, now=timezone.now())
    except TransitionRefused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Saved."))
    return redirect("office:scholarships-row", pk=pk)


@door(may_decide_scholarships)
def other_grant(request: ActorRequest, pk: int) -> HttpResponse:
    """Note another grant of the student."""
    row = get_object_or_404(Scholarship.objects.select_related("person"), pk=pk)
    grant = OtherGrant(person=row.person)
    form, faults = OtherGrantForm(request.POST if request.method == "POST" else None, instance=grant), []
    if form.is_valid():
        try:
            note_other_grant(grant=form.instance, actor=request.actor, now=timezone.now())
        except Refused as refused:
            faults = sentences(refused)
        else:
            return redirect("office:scholarships-row", pk=pk)
    return render(
        request, "office/grants/other.html", {"row": row, "form": form, "faults": faults}, status=422 if faults or form.errors else 200
    )
