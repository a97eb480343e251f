"""One action on the agreements that were chosen in the list: first what would happen to each, then what did."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from goliard.apps.agreements.choices import ReviewDecision
from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.policies import may_add_agreement
from goliard.apps.agreements.services.bulk import MOST, Given, Moment, Outcome, run_bulk, try_bulk
from goliard.apps.agreements.services.imports.exporting import table_rows
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.queries import home_institution
from goliard.portals.office.agreements.bulk_actions import ASKS, LABELS
from goliard.portals.office.agreements.filtering import AgreementFilter
from goliard.portals.shared.doors import door
from goliard.portals.shared.exports import xlsx_response
from goliard.portals.shared.requests import ActorRequest


class GivenForm(forms.Form):
    """What the action needs; only the fields that it asks for."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=ReviewDecision.choices)
    owner = forms.ModelChoiceField(
        OrganizationalUnit.objects.filter(organisation__is_home=True),
        label=gettext_lazy("run by"),
        required=False,
        empty_label=gettext_lazy("the institution as a whole"),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, action: str, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        for name in set(self.fields) - set(ASKS.get(action, ())):
            del self.fields[name]


@door(may_add_agreement)
def bulk(request: ActorRequest) -> HttpResponse:
    """A GET shows what would happen to each agreement and what is refused and why; a POST does it and shows what happened."""
    asked = request.POST if request.method == "POST" else request.GET
    action = asked.get("action", "")
    rows = list(_chosen(request))
    if action not in LABELS or not rows:
        return redirect("office:agreements")
    if action == "export":
        found = Agreement.objects.filter(pk__in=[row.pk for row in rows]).order_by("key")
        return xlsx_response("agreements-table.xlsx", table_rows(found, get_language() or "en"))
    form = GivenForm(action, request.POST if request.method == "POST" else None)
    is_done = request.method == "POST" and form.is_valid()
    work = run_bulk if is_done else try_bulk
    moment = Moment(timezone.now(), timezone.localdate())
    outcomes = work(agreements=rows, action=action, given=_given(form), actor=request.actor, moment=moment)
    context = {
        "action": action,
        "label": LABELS[action],
        "form": form,
        "is_done": is_done,
        "good": [each for each in outcomes if not each.refusals],
        "refused": [_told(each) for each in outcomes if each.refusals],
    }
    status = 422 if request.method == "POST" and not is_done else 200
    return render(request, "office/agreements/bulk.html", context, status=status)


def _chosen(request: HttpRequest) -> QuerySet[Agreement]:
    """The agreements that were ticked, or all that the filter of the list shows; at most `MOST`."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = Agreement.objects.select_related("owner").prefetch_related("parties__organisation__country").order_by("title", "pk")
    if asked.get("all"):
        filters = AgreementFilter(asked)
        rows = filters.apply(rows) if filters.is_valid() else rows.none()
    else:
        rows = rows.filter(pk__in=[int(key) for key in asked.getlist("row") if key.isdecimal() and len(key) < 12])
    return rows[:MOST]


def _given(form: GivenForm) -> Given:
    home = home_institution()
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return Given(
        reason=said.get("reason") or _("to be filled in"),
        owner=said.get("owner"),
        decision=ReviewDecision(said.get("decision") or ReviewDecision.RENEW),
        home=home.name_en if home else "",
    )


def _told(outcome: Outcome) -> tuple[Agreement, list[str]]:
    return outcome.agreement, [text.in_language(get_language() or "en") for text in outcome.refusals]
