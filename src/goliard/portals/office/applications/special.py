"""Declarations of fewer opportunities, for the few; and who the few are."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.accounts.queries import account_of_email
from goliard.apps.applications.models import Application, OpportunityDeclaration, SpecialDataReader
from goliard.apps.applications.policies import may_name_readers, may_read_applications, may_read_declarations, may_see_application
from goliard.apps.applications.queries.applications import applications
from goliard.apps.applications.queries.declarations import readers_on
from goliard.apps.applications.services.declarations import (
    assess_declaration,
    end_special_data_reader,
    name_special_data_reader,
    read_declaration,
)
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest


def _found(request: ActorRequest, pk: int) -> Application:
    refuse_unless(may_read_declarations(request.actor, localdate()))
    application: Application = get_object_or_404(applications(), pk=pk)
    refuse_unless(may_see_application(request.actor, application))  # being named opens no other unit's applications
    return application


@door(may_read_applications)
def declaration(request: ActorRequest, pk: int) -> HttpResponse:
    """What was declared, or that nothing was; the reading is in the journal. A POST assesses it."""
    application = _found(request, pk)
    if request.method == "POST":
        try:
            recognised = request.POST.get("assessment") == "recognised"
            assess_declaration(application=application, is_recognised=recognised, actor=request.actor, now=timezone.now())
            messages.success(request, _("Saved."))
        except OpportunityDeclaration.DoesNotExist:
            messages.error(request, _("The declaration was taken back."))
        return redirect("office:declaration", pk)
    found = read_declaration(application=application, actor=request.actor, now=timezone.now())
    return render(request, "office/applications/declaration.html", {"application": application, "declaration": found})


@door(may_read_applications)
def evidence(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The evidence; opening it is in the journal too."""
    found = read_declaration(application=_found(request, pk), actor=request.actor, now=timezone.now())
    if found is None or found.evidence is None:
        raise Http404
    return sent_file(found.evidence)


@door(may_name_readers)
def readers(request: ActorRequest) -> HttpResponse:
    """Who may read declarations; a POST names somebody."""
    faults: list[str] = []
    if request.method == "POST":
        user = account_of_email(request.POST.get("email", ""))
        if user is None:
            faults = [_("No account has this address.")]
        else:
            try:
                name_special_data_reader(user=user, reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
                return redirect("office:special-readers")
            except ValidationError as invalid:
                faults = list(invalid.messages)
    context = {"readers": readers_on(localdate()), "faults": faults}
    return render(request, "office/applications/readers.html", context, status=422 if faults else 200)


@require_POST
@door(may_name_readers)
def end_reader(request: ActorRequest, pk: int) -> HttpResponse:
    """End somebody's reading from now on."""
    end_special_data_reader(reader=get_object_or_404(SpecialDataReader, pk=pk), actor=request.actor, now=timezone.now())
    return redirect("office:special-readers")
