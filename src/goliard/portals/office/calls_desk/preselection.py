"""Pre-selection in the office: the ranking of a call, reviewers, and the decision with its letter."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.accounts.queries import account_of_email
from goliard.apps.funding.models import FundingCall, ScoringSheet
from goliard.apps.funding.policies import may_edit_funding, may_read_funding, may_score
from goliard.apps.funding.queries.interests import interests, newest_submission
from goliard.apps.funding.queries.preselection import asking, contested_countries, ranking
from goliard.apps.funding.services.preselection import assign_reviewer, decide_interest, preview_letter, release_reviewer
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused


class DecisionForm(forms.Form):
    """Selected or not, and why, in both languages."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=[("select", _("select")), ("decline", _("do not select"))])
    because_nl = forms.CharField(label=_("Reasons in Dutch"), widget=forms.Textarea(attrs={"rows": 4}))
    because_en = forms.CharField(label=_("Reasons in English"), widget=forms.Textarea(attrs={"rows": 4}))


@door(may_read_funding)
def ranking_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Every submitted interest of a call, ranked within its country, with each sheet.

    Who still has to hand in a sheet for a country sees no points of others there.
    """
    call = get_object_or_404(FundingCall.objects.select_related("action"), pk=pk)
    rows = asking(call)
    by_key = {str(row.pk): row for row in rows}
    several = contested_countries(rows)
    blind = {row.country_id for row in rows for sheet in row.sheets.all() if not sheet.submitted_at and may_score(request.actor, sheet)}
    lines = [
        {"ranked": each, "row": by_key[each.key], "several": each.country in several, "blind": by_key[each.key].country_id in blind}
        for each in ranking(rows)
    ]
    return render(request, "office/calls_desk/ranking.html", {"call": call, "lines": lines, "may_edit": may_edit_funding(request.actor)})


@require_POST
@door(may_edit_funding)
def assign(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an interest to a reviewer, by the e-mail address of their account."""
    interest = get_object_or_404(interests(), pk=pk)
    reviewer = account_of_email(request.POST.get("email", ""))
    if reviewer is None:
        messages.error(request, _now("There is no account with this e-mail address."))
    else:
        try:
            assign_reviewer(interest=interest, reviewer=reviewer, actor=request.actor, now=timezone.now())
        except Refused as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
        else:
            messages.success(request, _now("%(name)s reviews this proposal.") % {"name": reviewer.display_name})
    return redirect("office:call-ranking", pk=interest.call_id)


@require_POST
@door(may_edit_funding)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back a sheet that was not handed in."""
    sheet = get_object_or_404(ScoringSheet.objects.select_related("interest"), pk=pk)
    try:
        release_reviewer(sheet=sheet, actor=request.actor, now=timezone.now())
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    return redirect("office:call-ranking", pk=sheet.interest.call_id)


@door(may_edit_funding)
def decide(request: ActorRequest, pk: int) -> HttpResponse:
    """The decision: first the letter as its reader will get it, then for good."""
    interest = get_object_or_404(interests(), pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    faults: list[str] = []
    preview = None
    if form.is_valid():
        given, selected = form.cleaned_data, form.cleaned_data["outcome"] == "select"
        if "decide" in request.POST:
            try:
                decide_interest(
                    interest=interest, is_selected=selected, because_nl=given["because_nl"], because_en=given["because_en"],
                    actor=request.actor, now=timezone.now(),
                )  # fmt: skip
            except (Refused, TransitionRefused) as refused:
                faults = sentences(refused)
            else:
                messages.success(request, _now("Decided; the letter is on its way."))
                return redirect("office:call-ranking", pk=interest.call_id)
        because = given["because_nl"] if interest.owner.language == "nl" else given["because_en"]
        preview = preview_letter(interest=interest, is_selected=selected, because=because)
    context = {"interest": interest, "form": form, "faults": faults, "preview": preview, "submission": newest_submission(interest)}
    return render(request, "office/calls_desk/decide.html", context, status=422 if faults or form.errors else 200)
