"""What the writers of a partnership handed in: draft beside final version, and the office's comment."""

from __future__ import annotations

from itertools import zip_longest

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from goliard.apps.funding.models import ProjectApplication
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.compared import compared
from goliard.apps.funding.queries.interests import interests
from goliard.apps.funding.services.versions import comment_version
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_read_funding)
def versions(request: ActorRequest, pk: int) -> HttpResponse:
    """Every version, newest first, each with what changed since the one before it."""
    interest = get_object_or_404(interests(), pk=pk)
    rows = list(interest.versions.all())
    lines = [(row, compared(earlier, row) if earlier else None) for row, earlier in zip_longest(rows, rows[1:])]
    open_ = ProjectApplication.objects.filter(call_id=interest.call_id, state="draft").exists()
    context = {"interest": interest, "lines": lines, "may_comment": may_edit_funding(request.actor) and open_}
    return render(request, "office/calls_desk/versions.html", context)


@require_POST
@door(may_edit_funding)
def comment(request: ActorRequest, pk: int, version: int) -> HttpResponse:
    """Answer a version; its writers get a letter."""
    interest = get_object_or_404(interests(), pk=pk)
    row = get_object_or_404(interest.versions, pk=version)
    try:
        comment_version(version=row, comment=request.POST.get("comment", "")[:5000], actor=request.actor, now=timezone.now())
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Saved; a letter with the comment is on its way."))
    return redirect("office:partnership-versions", pk=pk)
