"""What the office does with one application: ask for a document, give more time, withdraw on request, open its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import Application, DocumentRequest, SubmittedDocument
from goliard.apps.applications.policies import may_manage_application, may_read_applications, may_see_application
from goliard.apps.applications.queries.applications import applications
from goliard.apps.applications.services.documents import request_document
from goliard.apps.applications.services.submitting import reopen_application, withdraw_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.scoring.policies import may_open_file
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused


class UntilForm(forms.Form):
    """A day and words; the time is the end of that day on the round's clocks."""

    day = forms.DateField()
    words = forms.CharField(max_length=500, required=False)


def _managed(request: ActorRequest, pk: int) -> Application:
    application: Application = get_object_or_404(applications(), pk=pk)
    refuse_unless(may_manage_application(request.actor, application))
    return application


def _require_open(request: ActorRequest, application: Application) -> None:
    refuse_unless(may_see_application(request.actor, application) and may_open_file(request.actor, application))


def _until(application: Application, given: dict[str, Any]) -> datetime:
    return datetime.combine(given["day"], datetime.max.time().replace(microsecond=0, second=0), tzinfo=ZoneInfo(application.round.zone))


def _tell(request: ActorRequest, refused: Refused | TransitionRefused) -> None:
    for sentence in sentences(refused):
        messages.error(request, sentence)


@require_POST
@door(may_read_applications)
def ask(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask the applicant for a document, with a letter."""
    application, form = _managed(request, pk), UntilForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a day."))
    else:
        try:
            until = _until(application, form.cleaned_data)
            request_document(application=application, what=form.cleaned_data["words"], until=until, actor=request.actor, now=timezone.now())
            messages.success(request, _("Asked; a letter says what and until when."))
        except Refused as refused:
            _tell(request, refused)
    return redirect("office:applications-row", pk)


@require_POST
@door(may_read_applications)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Give this one person more time, with the reason."""
    application, form = _managed(request, pk), UntilForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a day."))
    else:
        try:
            until = _until(application, form.cleaned_data)
            reopen_application(
                application=application, until=until, reason=form.cleaned_data["words"], actor=request.actor, now=timezone.now()
            )
            messages.success(request, _("Open again for this person; a letter says until when."))
        except Refused as refused:
            _tell(request, refused)
    return redirect("office:applications-row", pk)


@require_POST
@door(may_read_applications)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Withdraw because the applicant asked for it outside the portal; the reason says so."""
    application = _managed(request, pk)
    reason = request.POST.get("words", "").replace("\0", "").strip()
    if not reason:
        messages.error(request, _("Give the reason."))
    else:
        try:
            withdraw_application(application=application, reason=reason, actor=request.actor, now=timezone.now())
        except (Refused, TransitionRefused) as refused:
            _tell(request, refused)
    return redirect("office:applications-row", pk)


@door(may_read_applications)
def submitted_file(request: ActorRequest, pk: int, document: int) -> HttpResponseBase:
    """A file as it was handed in."""
    rows = SubmittedDocument.objects.select_related("file", "submission__application__round", "submission__application__enrolment")
    row = get_object_or_404(rows, pk=document, submission__application_id=pk)
    _require_open(request, row.submission.application)
    return sent_file(row.file)


@door(may_read_applications)
def asked_file(request: ActorRequest, pk: int, asked: int) -> HttpResponseBase:
    """A file that the office asked for."""
    rows = DocumentRequest.objects.select_related("file", "application__round", "application__enrolment")
    row = get_object_or_404(rows, pk=asked, application_id=pk, file__isnull=False)
    _require_open(request, row.application)
    assert row.file is not None
    return sent_file(row.file)
