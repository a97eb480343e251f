"""The register of expressions of interest: rows are written by use cases, the office reads, returns and decides."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.funding.choices import FlowStage, InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.interests import interests
from goliard.apps.funding.services.interests import return_interest
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.doors import door
from goliard.portals.shared.lists import Column
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.transition import TransitionRefused


class InterestFilter(SearchFilter):
    """Narrow by words, call and state."""

    search_in = ("title", "partner_name", "owner__display_name", "country__name_en", "country__name_nl")
    call = forms.ModelChoiceField(FundingCall.objects.all(), label=_("Call"), empty_label=_("all"))
    state = any_of(_("State"), InterestState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), call="call", state="state")


def _rows(_actor: Actor) -> QuerySet[ExpressionOfInterest]:
    return interests()


def _panels(interest: ExpressionOfInterest, actor: Actor) -> Sequence[Panel]:
    context = {
        "interest": interest,
        "answers": interest.answers.select_related("question"),
        "priorities": interest.priorities.select_related("priority"),
        "flows": [flow for flow in interest.flows.all() if flow.stage == FlowStage.INTEREST],
        "budget": budget_of(interest),
        "submissions": interest.submissions.all(),
        "may_return": may_edit_funding(actor) and interest.state == InterestState.SUBMITTED,
    }
    return [Panel("office/calls_desk/interest.html", context)]


@require_POST
@door(may_edit_funding)
def give_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an interest back to its writers, with the reason."""
    interest = get_object_or_404(interests(), pk=pk)
    try:
        return_interest(interest=interest, reason=request.POST.get("reason", "")[:500], actor=request.actor, now=timezone.now())
    except (Refused, TransitionRefused) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Returned; a letter says why."))
    return redirect("office:interests-row", pk=pk)


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


INTERESTS = Register(
    name="interests",
    model=ExpressionOfInterest,
    title=_("Expressions of interest"),
    one=_("expression of interest"),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title", str),
        Column("call", _("Call year"), "call__year", lambda row: row.call.year),
        Column("country", _("Country"), "country__name_en", lambda row: told(row.country) if row.country else ""),
        Column("partner", _("Partner"), "partner_name", lambda row: row.partner_name),
        Column("unit", _("Home unit"), "unit__name_en", lambda row: told(row.unit) if row.unit else ""),
        Column("owner", _("Applicant"), "owner__display_name", lambda row: row.owner.display_name),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("saved", _("Saved"), "saved_at", lambda row: row.saved_at),
    ),
    default_sort="-saved",
    form=None,
    may_read=may_read_funding,
    may_add=_nobody,
    may_edit=_nobody,
    filters=InterestFilter,
    panels=_panels,
    users=lambda _row: (),
)
