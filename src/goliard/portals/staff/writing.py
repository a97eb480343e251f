"""Write an expression of interest: every change is saved by itself, with the budget beside it; without JavaScript by a button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.models import ExpressionOfInterest
from goliard.apps.funding.policies import may_edit_interest, may_propose
from goliard.apps.funding.queries.budgets import budget_of, pays_expensive_travel
from goliard.apps.funding.queries.interests import interest_facts
from goliard.apps.funding.services.interests import save_interest
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences
from goliard.portals.staff.forms import FlowRows, InterestForm, flow_initial
from goliard.portals.staff.interests import find
from goliard.rules.funding.interest import interest_faults


@door(may_propose)
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form. htmx gets the column beside it: what was saved, what lacks, what it costs."""
    interest = find(request, public_id)
    refuse_unless(may_edit_interest(request.actor, interest))
    if request.method == "POST":
        return _save(request, interest)
    form = InterestForm(interest)
    flows = FlowRows(
        initial=flow_initial(interest, FlowStage.INTEREST), prefix="flows", form_kwargs={"with_costs": pays_expensive_travel(interest.call)}
    )
    return _page(request, interest, form, flows, [])


def _save(request: ActorRequest, interest: ExpressionOfInterest) -> HttpResponse:
    form, flows = (
        InterestForm(interest, request.POST),
        FlowRows(request.POST, prefix="flows", form_kwargs={"with_costs": pays_expensive_travel(interest.call)}),
    )
    faults: list[str] = []
    if form.is_valid() and flows.is_valid():
        try:
            interest = save_interest(
                interest=interest, words=form.words(flows), seen=_seen(request), actor=request.actor, now=timezone.now()
            )
        except Refused as refused:
            faults = sentences(refused.reasons)
        except ValidationError as invalid:
            faults = list(invalid.messages)
        except ChangedMeanwhile:
            faults = [_("Somebody else saved this in the meantime. Open the page again in another tab, compare, and save then.")]
    else:
        faults = [*_faults(form), *(fault for each in flows for fault in _faults(each)), *map(str, flows.non_form_errors())]
    if request.htmx:
        return render(request, "staff/beside.html", {**_beside(interest), "faults": faults, "saved": not faults})
    if faults:
        return _page(request, interest, form, flows, faults)
    messages.success(request, _("Saved."))
    return redirect("staff:interest" if "done" in request.POST else "staff:interest-edit", public_id=interest.public_id)


def _page(request: ActorRequest, interest: ExpressionOfInterest, form: Any, flows: Any, faults: list[str]) -> HttpResponse:
    partners = Organisation.objects.filter(country=interest.country, is_home=False) if interest.country_id else ()
    context = {**_beside(interest), "form": form, "flows": flows, "faults": faults, "partners": partners}
    return render(request, "staff/edit.html", context, status=422 if faults else 200)


def _beside(interest: ExpressionOfInterest) -> dict[str, Any]:
    return {"interest": interest, "budget": budget_of(interest), "lacking": interest_faults(interest_facts(interest))}


def _seen(request: ActorRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1


def _faults(form: Any) -> list[str]:
    return [
        f"{form.fields[name].label if name in form.fields else ''}: {error}" for name, errors in form.errors.items() for error in errors
    ]
