"""Lists of nominations: what is still to be told to whom and by when; one list with its people, links and files."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goliard.apps.institutions.models.dated import holding
from goliard.apps.nominations.documents.listing import list_pdf, list_rows
from goliard.apps.nominations.models import Nomination, NominationLink
from goliard.apps.nominations.policies import may_nominate, may_read_nominations, may_see_nominations
from goliard.apps.nominations.queries.lists import lists_of, nominations_to
from goliard.apps.nominations.services.answering import answer_nomination
from goliard.apps.nominations.services.links import revoke_nomination_link
from goliard.apps.nominations.services.nominating import nominate, prepare_again, prepare_nominations, withdraw_nomination
from goliard.apps.people.models import Contact
from goliard.apps.placement.policies import may_place, visible_rounds
from goliard.apps.rounds.models import Round, RoundDestination
from goliard.portals.office.placement.finding import done, own_round
from goliard.portals.office.placement.words import language, named_troubles
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.nomination import NOMINATION


@door(may_read_nominations)
def lists(request: ActorRequest) -> HttpResponse:
    """Every list, the first deadline first."""
    rounds = visible_rounds(request.actor, Round.objects.exclude(state__in=["draft", "open", "closed"]))
    chosen = request.GET.get("round", "")
    shown = rounds.filter(pk=int(chosen[:15])) if chosen.isdecimal() else rounds
    today = timezone.localdate()
    found = [(each, each.is_late(today)) for each in lists_of(shown)]
    unprepared = {each.destination.round for each, _late in found if each.unprepared}
    context = {
        "rows": found,
        "rounds": rounds.order_by("-closes_on"),
        "chosen": chosen,
        "unprepared": [row for row in unprepared if may_place(request.actor, row)],
    }
    return render(request, "office/nominations/lists.html", context)


@require_POST
@door(may_read_nominations)
def prepare(request: ActorRequest, pk: int) -> HttpResponse:
    """Make nominations out of the accepted offers of a round."""
    round_ = own_round(request, pk)
    count = done(request, lambda: prepare_nominations(round=round_, actor=request.actor, now=timezone.now()))
    done(request, lambda: None, ngettext("%(n)d nomination is prepared.", "%(n)d nominations are prepared.", count) % {"n": count})
    return redirect(f"{reverse('office:nominations')}?round={pk}")


@door(may_read_nominations)
def one_list(request: ActorRequest, pk: int) -> HttpResponse:
    """One list: its people with what may be done, its links, and to whom it can be sent."""
    destination = _seen(request, pk)
    mine = may_nominate(request.actor, destination)
    rows = list(nominations_to(destination))
    context = {
        "destination": destination,
        "round": destination.round,
        "rows": [
            (row, [move for move in NOMINATION.open_actions(state=row.state, actor=request.actor) if move.action != "send"] if mine else [])
            for row in rows
        ],
        "prepared": sum(row.state == "prepared" for row in rows),
        "links": destination.nomination_links.select_related("contact__person"),
        "contacts": _contacts(destination),
        "may_nominate": mine,
        "troubles": [each for each in named_troubles(destination.round) if each[1].pool.destination_id == destination.pk],
        "now": timezone.now(),
    }
    return render(request, "office/nominations/list.html", context)


@require_POST
@door(may_read_nominations)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    """Tell the partner's contact; the link is made, and stands in the letter only."""
    destination = _own(request, pk)
    contact = get_object_or_404(_contacts(destination), pk=request.POST.get("contact") or 0)

    def page(secret: str) -> str:
        return request.build_absolute_uri(reverse("partner:nominations", args=[secret]))

    words = _("Nominated; the letters are on their way.")
    done(request, lambda: nominate(destination=destination, contact=contact, page=page, actor=request.actor, now=timezone.now()), words)
    return redirect("office:nomination-list", pk=pk)


@require_POST
@door(may_read_nominations)
def move(request: ActorRequest, pk: int, action: str) -> HttpResponse:
    """Note what the partner said elsewhere, withdraw, or prepare again."""
    row = get_object_or_404(Nomination.objects.select_related("destination__round"), pk=pk)
    _own(request, row.destination_id)
    words = request.POST.get("words", "")[:500]
    given: dict[str, Any] = {"nomination": row, "actor": request.actor, "now": timezone.now()}
    match action:
        case "confirm" | "refuse":
            done(request, lambda: answer_nomination(action=action, remark=words, answered_by=_("noted by the office"), **given))
        case "withdraw":
            done(request, lambda: withdraw_nomination(reason=words, **given))
        case "prepare":
            done(request, lambda: prepare_again(**given))
        case _:
            raise Http404
    return redirect("office:nomination-list", pk=row.destination_id)


@require_POST
@door(may_read_nominations)
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """End a link."""
    link = get_object_or_404(NominationLink.objects.select_related("destination__round"), pk=pk)
    _own(request, link.destination_id)
    done(request, lambda: revoke_nomination_link(link=link, actor=request.actor, now=timezone.now()), _("The link opens nothing any more."))
    return redirect("office:nomination-list", pk=link.destination_id)


@door(may_read_nominations)
def list_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The list as the partner gets it."""
    destination = _seen(request, pk)
    name = f"nominations-{destination.organisation.key}"
    if kind == "csv":
        return csv_response(f"{name}.csv", list_rows(destination, language()))
    if kind != "pdf":
        raise Http404
    response = HttpResponse(list_pdf(destination, language()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _seen(request: ActorRequest, pk: int) -> RoundDestination:
    found: RoundDestination = get_object_or_404(RoundDestination.objects.select_related("organisation", "unit", "round__owner"), pk=pk)
    refuse_unless(may_see_nominations(request.actor, found))
    return found


def _own(request: ActorRequest, pk: int) -> RoundDestination:
    found = _seen(request, pk)
    refuse_unless(may_nominate(request.actor, found))
    return found


def _contacts(destination: RoundDestination) -> QuerySet[Contact]:
    rows = Contact.objects.filter(holding(timezone.localdate()), organisation=destination.organisation).exclude(email="")
    return rows.select_related("person", "organisation")
