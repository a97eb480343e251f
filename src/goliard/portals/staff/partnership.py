"""The quality questions and the flows of a partnership, for its writers and the office, while the application is a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from goliard.apps.funding.choices import ApplicationState, FlowStage, QuestionStage, VersionStage
from goliard.apps.funding.models import CallQuestion, ExpressionOfInterest
from goliard.apps.funding.policies import may_edit_partnership, may_propose
from goliard.apps.funding.queries.budgets import budget_of, pays_expensive_travel
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.queries.timeline import step_of
from goliard.apps.funding.services.applications import save_partnership
from goliard.apps.funding.services.versions import STEPS, hand_in_version
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences
from goliard.portals.staff.forms import FlowRows, flow_initial, flow_rows
from goliard.portals.staff.interests import find


class QualityForm(forms.Form):
    """The titles and the quality questions, each with its limit and its weight."""

    title = forms.CharField(label=_lazy("Title in English"), max_length=200, required=False)
    title_nl = forms.CharField(label=_lazy("Title in Dutch"), max_length=200, required=False)

    def __init__(self, interest: ExpressionOfInterest, questions: list[CallQuestion], data: Any = None) -> None:
        super().__init__(data, initial={"title": interest.title, "title_nl": interest.title_nl})
        texts = {answer.question_id: answer.text for answer in interest.answers.all()}
        language = get_language() or "en"
        for question in questions:
            label = _("%(question)s (at most %(points)d points)") % {"question": question.text(language), "points": question.most_points}
            limit = _("At most %(limit)d characters.") % {"limit": question.longest}
            self.fields[f"answer_{question.pk}"] = forms.CharField(
                label=label, required=False, initial=texts.get(question.pk, ""), help_text=f"{question.criteria(language)} {limit}",
                widget=forms.Textarea(attrs={"rows": 8, "maxlength": question.longest}),
            )  # fmt: skip


@door(may_propose)
def partnership(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form; htmx gets the column beside it."""
    interest = find(request, public_id)
    refuse_unless(may_edit_partnership(request.actor, interest))
    application = getattr(interest.call, "application", None)
    if application is None or application.state != ApplicationState.DRAFT:
        raise Http404
    questions = questions_of(interest.call, QuestionStage.APPLICATION)
    data = request.POST if request.method == "POST" else None
    form = QualityForm(interest, questions, data)
    flows = (
        FlowRows(data, prefix="flows", form_kwargs={"with_costs": pays_expensive_travel(interest.call)})
        if data
        else FlowRows(
            initial=flow_initial(interest, FlowStage.APPLICATION),
            prefix="flows",
            form_kwargs={"with_costs": pays_expensive_travel(interest.call)},
        )
    )
    faults = _save(request, interest, questions, form, flows) if data is not None else []
    if data is not None and not faults and not request.htmx:
        messages.success(request, _("Saved."))
        return redirect("staff:partnership", public_id=public_id)
    interest.refresh_from_db()
    context = {
        "interest": interest, "form": form, "flows": flows, "faults": faults, "saved": data is not None and not faults, "lacking": (),
        "budget": budget_of(interest, FlowStage.APPLICATION), "versions": interest.versions.all(),
        "steps": {stage: step_of(interest.call, STEPS[stage]) for stage in VersionStage}, "stages": VersionStage,
    }  # fmt: skip
    template = "staff/beside.html" if request.htmx else "staff/partnership.html"
    return render(request, template, context, status=422 if faults and not request.htmx else 200)


@require_POST
@door(may_propose)
def hand_in(request: ActorRequest, public_id: str, stage: str) -> HttpResponse:
    """Hand in the draft or the final version; what counts is when the request arrived."""
    arrived = timezone.now()
    interest = find(request, public_id)
    refuse_unless(may_edit_partnership(request.actor, interest))
    if stage not in VersionStage.values or not hasattr(interest.call, "application"):
        raise Http404
    try:
        version = hand_in_version(interest=interest, stage=VersionStage(stage), actor=request.actor, now=arrived)
    except Refused as refused:
        for sentence in sentences(refused.reasons):
            messages.error(request, sentence)
    else:
        messages.success(request, _("Handed in. Checksum: %(hash)s") % {"hash": version.content_hash[:16]})
    return redirect(
        "staff:interest" if interest.call.application.state != ApplicationState.DRAFT else "staff:partnership", public_id=public_id
    )


@door(may_propose)
def version_file(request: ActorRequest, public_id: str, stage: str, number: int) -> HttpResponse:
    """Exactly what was handed in, byte for byte: its SHA-256 is the version's hash."""
    interest = find(request, public_id)
    version = get_object_or_404(interest.versions, stage=stage, number=number)
    response = HttpResponse(version.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="partnership-{interest.public_id}-{stage}-{number}.json"'
    return response


def _save(request: ActorRequest, interest: ExpressionOfInterest, questions: list[CallQuestion], form: Any, flows: Any) -> list[str]:
    if not (form.is_valid() and flows.is_valid()):
        return [str(error) for each in [form, *flows] for errors in each.errors.values() for error in errors]
    seen = request.POST.get("seen", "")
    try:
        save_partnership(
            interest=interest, answers={question.pk: form.cleaned_data[f"answer_{question.pk}"] for question in questions},
            flows=flow_rows(flows), titles=(form.cleaned_data["title"], form.cleaned_data["title_nl"]),
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1, actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        return sentences(refused.reasons)
    except ChangedMeanwhile:
        return [_("Somebody else saved this in the meantime. Open the page again in another tab, compare, and save then.")]
    return []
