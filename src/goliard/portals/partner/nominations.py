"""The partner's page of nominations: who comes, confirm or refuse, PDF and CSV. One signed link, one list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goliard.apps.institutions.queries import home_institution
from goliard.apps.institutions.refusals import Refused
from goliard.apps.nominations.documents.listing import list_pdf, list_rows
from goliard.apps.nominations.models import Nomination, NominationLink
from goliard.apps.nominations.queries.lists import told_to_partner
from goliard.apps.nominations.services.answering import answer_as_partner
from goliard.apps.nominations.services.links import open_nomination_link
from goliard.portals.partner.entrance import guarded
from goliard.portals.shared.doors import anyone
from goliard.portals.shared.exports import csv_response
from goliard.rules.lifecycles.transition import TransitionRefused

View = Callable[..., HttpResponse]


def by_list_link(view: Callable[..., HttpResponse]) -> View:
    """Open the view with the link to a list that the address's secret stands for."""

    @wraps(view)
    def opened(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        return guarded(
            request, lambda: open_nomination_link(secret=secret, now=timezone.now()), lambda link: view(request, link, secret, **kwargs)
        )

    opened.door = anyone  # type: ignore[attr-defined]
    return opened


@require_GET
@by_list_link
def page(request: HttpRequest, link: NominationLink, secret: str) -> HttpResponse:
    """The list, with what can be answered."""
    rows = told_to_partner(link.destination).prefetch_related("offer__application__person__emails")
    home = home_institution()
    context = {"link": link, "secret": secret, "destination": link.destination, "rows": rows, "home": home}
    return render(request, "partner/nominations.html", context)


@require_POST
@by_list_link
def answer(request: HttpRequest, link: NominationLink, secret: str, public_id: str) -> HttpResponse:
    """Confirm or refuse one person."""
    row = get_object_or_404(Nomination, public_id=public_id, destination=link.destination)
    action, remark = request.POST.get("action", ""), request.POST.get("remark", "")
    try:
        answer_as_partner(link=link, nomination=row, action=action, remark=remark, now=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.because.in_language(get_language() or "en"))
    except TransitionRefused as refused:
        messages.error(request, refused.reason.in_language(get_language() or "en"))
    else:
        messages.success(request, _("Thank you. The exchange office sees it at once."))
    return redirect("partner:nominations", secret=secret)


@require_GET
@by_list_link
def document(request: HttpRequest, link: NominationLink, secret: str, kind: str) -> HttpResponse:
    """The list as a file."""
    language = get_language() or "en"
    if kind == "csv":
        return csv_response("nominations.csv", list_rows(link.destination, language))
    response = HttpResponse(list_pdf(link.destination, language), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="nominations.pdf"'
    return response
