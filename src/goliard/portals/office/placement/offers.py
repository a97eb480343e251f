"""The board of offers: who must act, what expires, who waits; and what the office does with one."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.nominations.services.leaving import withdraw_place
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.policies import may_place, may_read_placement
from goliard.apps.placement.queries.answers import not_waiting
from goliard.apps.placement.queries.desk import answered, filled_pools, published_run
from goliard.apps.placement.services.offers import expire_offers, give_by_hand, remind_offers
from goliard.apps.placement.services.places import change_offered_places
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.portals.office.placement.finding import done, own_round, seen_round
from goliard.portals.office.placement.publishing import default_answer_by
from goliard.portals.office.placement.words import language, name_of, named_troubles
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.placement.sentences import spoken
from goliard.rules.values.folding import fold

PER_PAGE = 50
MOST_DIGITS = 4


class ByHandForm(forms.Form):
    """Whom, where, until when, and why."""

    application = forms.IntegerField(label=_("number of the application"), min_value=1)
    pool = forms.ModelChoiceField(DestinationPool.objects.none(), label=_("place"))
    answer_by = forms.DateTimeField(
        label=_("answer by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it; it stays on record."),
    )

    def __init__(self, round_: Round, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["pool"]
        rows = DestinationPool.objects.filter(destination__round=round_, destination__is_withdrawn=False)
        field.queryset = rows.select_related("destination__organisation", "destination__unit", "faculty")
        field.label_from_instance = lambda pool: name_of(pool, round_)


@door(may_read_placement)
def board(request: ActorRequest, pk: int) -> HttpResponse:
    """Every offer of a round, narrowed by state, place and name, and every place with who holds it."""
    round_, now = seen_round(request, pk), timezone.now()
    rows = _narrowed(request, Offer.objects.filter(application__round=round_), now)
    related = (
        "application__person",
        "application__enrolment__unit",
        "pool__destination__organisation",
        "pool__destination__unit",
        "pool__faculty",
        "run",
    )
    page = Paginator(rows.select_related(*related).order_by("answer_by", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    pools = filled_pools(round_)
    context = {
        "round": round_,
        "answered": answered(round_, now),
        "page": page,
        "offers": [(row, name_of(row.pool, round_), row.state == OfferState.OPEN and row.answer_by < now) for row in page.object_list],
        "pools": [(each, name_of(each.pool, round_)) for each in pools],
        "free": sum(each.free for each in pools),
        "troubles": named_troubles(round_),
        "states": OfferState.choices,
        "asked": {name: request.GET.get(name, "")[:100] for name in ("state", "pool", "words")},
        "may_place": may_place(request.actor, round_) and round_.state == RoundState.PUBLISHED,
    }
    return render(request, "office/placement/offers.html", context)


@door(may_read_placement)
def waiting(request: ActorRequest, pk: int) -> HttpResponse:
    """The waiting lists as the newest published run left them: who comes next, and who waits for nothing any more."""
    round_ = seen_round(request, pk)
    run = published_run(round_)
    related = "application__person", "pool__destination__organisation", "pool__destination__unit", "pool__faculty"
    rows = run.waiting.select_related(*related).order_by("pool__destination__organisation__name_en", "pool_id", "position") if run else []
    held = {
        row.application_id: row
        for row in Offer.objects.filter(application__round=round_, state__in=LIVE).select_related("pool__destination__organisation")
    }
    gone = not_waiting({row.application_id for row in rows})
    lists: dict[str, list[tuple[Any, Offer | None, str, bool]]] = {}
    for row in rows:
        entry = (row, held.get(row.application_id), spoken(row.score, language()[:2]), row.application_id in gone)
        lists.setdefault(name_of(row.pool, round_), []).append(entry)
    return render(request, "office/placement/waiting.html", {"round": round_, "run": run, "lists": lists.items()})


@require_POST
@door(may_read_placement)
def act(request: ActorRequest, pk: int, action: str) -> HttpResponse:
    """Let what is overdue expire, or remind who has not answered."""
    round_ = own_round(request, pk)
    given: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    if action == "expire":
        count = done(request, lambda: expire_offers(round=round_, **given))
        words = ngettext("%(n)d offer has expired.", "%(n)d offers have expired.", count or 0)
    else:
        count = done(request, lambda: remind_offers(round=round_, **given))
        words = ngettext("%(n)d letter is queued.", "%(n)d letters are queued.", count or 0)
    if count is not None:
        done(request, lambda: None, words % {"n": count})
    return redirect("office:placement-offers", pk=pk)


@door(may_read_placement)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Withdraw an offer, with the reason that its reader gets."""
    offer = get_object_or_404(Offer.objects.select_related("application__round", "application__person", "pool__destination"), pk=pk)
    own_round(request, offer.application.round_id)
    if request.method == "POST":
        gone = request.POST.get("place") == "gone"
        given: dict[str, Any] = {"reason": request.POST.get("reason", "")[:500], "actor": request.actor, "now": timezone.now()}
        if done(request, lambda: withdraw_place(offer=offer, place_is_gone=gone, **given), _now("Withdrawn; the letter is on its way.")):
            return redirect("office:placement-offers", pk=offer.application.round_id)
    context = {"offer": offer, "round": offer.application.round, "place": name_of(offer.pool)}
    return render(request, "office/placement/withdraw.html", context)


@require_POST
@door(may_read_placement)
def places(request: ActorRequest, pk: int) -> HttpResponse:
    """More or fewer places than there were, with a reason; never fewer than somebody holds."""
    pool = get_object_or_404(DestinationPool.objects.select_related("destination"), pk=pk)
    round_ = own_round(request, pool.destination.round_id)
    number = request.POST.get("places", "")
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        messages.error(request, _now("Give a number of places."))
        return redirect("office:placement-offers", pk=round_.pk)
    reason = request.POST.get("reason", "")[:500]
    given: dict[str, Any] = {"reason": reason, "actor": request.actor, "now": timezone.now()}
    words = _now("The number of places is changed. Free places are given out when they are offered again.")
    done(request, lambda: change_offered_places(pool=pool, places=int(number), **given), words)
    return redirect("office:placement-offers", pk=round_.pk)


@door(may_read_placement)
def by_hand(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a free place outside the policy, with a reason."""
    round_, now = own_round(request, pk), timezone.now()
    form = ByHandForm(round_, request.POST or None, initial={"answer_by": default_answer_by(round_, now), **request.GET.dict()})
    if form.is_valid():
        given = form.cleaned_data
        application = counting_applications(round_.pk).filter(pk=given["application"]).first()
        answer_by = given["answer_by"].replace(tzinfo=ZoneInfo(round_.zone))
        if application is None:
            form.add_error("application", _now("No application with this number takes part in the round."))
        elif done(
            request,
            lambda: give_by_hand(
                application=application, pool=given["pool"], answer_by=answer_by, reason=given["reason"], actor=request.actor, now=now
            ),
            _now("Offered by hand; the letter is on its way."),
        ):
            return redirect("office:placement-offers", pk=pk)
    free = [(name_of(each.pool, round_), each.free) for each in filled_pools(round_) if each.free]
    return render(
        request, "office/placement/by_hand.html", {"round": round_, "form": form, "free": free}, status=422 if form.errors else 200
    )


def _narrowed(request: ActorRequest, rows: QuerySet[Offer, Any], now: Any) -> QuerySet[Offer, Any]:
    state, pool, words = (request.GET.get(name, "")[:100] for name in ("state", "pool", "words"))
    if state == "overdue":
        rows = rows.filter(state=OfferState.OPEN, answer_by__lt=now)
    elif state in OfferState.values:
        rows = rows.filter(state=state)
    if pool.isdecimal():
        rows = rows.filter(pool_id=int(pool[:15]))
    if words.strip():
        rows = rows.filter(application__person__search_key__contains=fold(words.strip()))
    return rows
