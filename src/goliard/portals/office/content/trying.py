"""Words before they are saved, and words as they were: both languages beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.content.models import PageVersion
from goliard.apps.content.policies import may_edit_content, may_read_content
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.content.services.writing import restore_version
from goliard.apps.content.texts import fill, to_html
from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.images import with_pictures
from goliard.portals.shared.requests import ActorRequest


@dataclass(frozen=True, slots=True)
class Tried:
    """A text in one language, as readers would see it; what quotes nothing is marked."""

    language: str
    title: str
    summary: str
    body: SafeString


@require_POST
@door(may_edit_content)
def try_out(request: HttpRequest) -> HttpResponse:
    """Show what a form holds as readers would see it; nothing is saved."""
    words = {name: request.POST.get(name, "") for name in ("title", "summary", "body") for name in (f"{name}_nl", f"{name}_en")}
    return render(request, "office/content/tried.html", {"texts": _tried(words, _call(request.POST.get("call", "")))})


@door(may_read_content)
def version(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Show what a page said in an earlier version."""
    found = _version(pk, number)
    words = {name: getattr(found, name) for name in ("title_nl", "title_en", "body_nl", "body_en")}
    context = {"texts": _tried(words, _call("")), "page": found.page, "version": found, "may_edit": may_edit_content(request.actor)}
    return render(request, "office/content/tried.html", context)


@require_POST
@door(may_edit_content)
def put_back(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Let a page say again what it said in an earlier version."""
    found = _version(pk, number)
    try:
        restore_version(page=found.page, version=found, actor=request.actor, now=timezone.now())
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _("Version %(number)s is back.") % {"number": number})
    return redirect("office:pages-row", pk=pk)


def _version(pk: int, number: int) -> PageVersion:
    return get_object_or_404(PageVersion.objects.select_related("page"), page_id=pk, version=number)


def _call(key: str) -> FundingCall | None:
    """The chosen call; without one the latest, beside which pages are shown."""
    return FundingCall.objects.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() else icm_calls().first()


def _tried(words: dict[str, str], call: FundingCall | None) -> list[Tried]:
    texts = []
    for language in ("nl", "en"):
        title, summary, body = (words.get(f"{name}_{language}", "") for name in ("title", "summary", "body"))
        quotes = with_pictures(gather_quotes([title, summary, body], language=language, call=call), body)
        texts.append(Tried(language, fill(title, quotes), fill(summary, quotes), to_html(body, quotes, show_faults=True)))
    return texts
