"""Documents: what the round asks for, and what the office asks for after all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import ApplicationDocument, DocumentRequest
from goliard.apps.applications.policies import may_open_applications, may_write_applications
from goliard.apps.applications.queries.form import document_state
from goliard.apps.applications.services.documents import add_document, answer_request, remove_document
from goliard.apps.documents.services import FileRefused
from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import DocumentRequirement
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import faults_of, find, find_own, frame, told


@door(may_open_applications)
def documents(request: ActorRequest, public_id: str) -> HttpResponse:
    """Each document with its file; a POST adds one, puts another in its place, or takes it away."""
    arrived = arrived_at(request)
    application = find(request, public_id)
    faults: list[str] = []
    if request.method == "POST":
        given = request.POST.get("document", "")
        key = int(given) if given.isdecimal() and len(given) < 18 else 0
        requirement = DocumentRequirement.objects.filter(pk=key, round=application.round).first()
        upload = request.FILES.get("file")
        try:
            if requirement is None:
                faults = [_("Choose a file.")]
            elif "remove" in request.POST:
                remove_document(application=application, requirement=requirement, actor=request.actor, now=arrived)
            elif upload is None:
                faults = [_("Choose a file.")]
            else:
                add_document(
                    application=application,
                    requirement=requirement,
                    stream=upload,
                    name=upload.name or "",
                    actor=request.actor,
                    now=arrived,
                )
        except Refused as refused:
            faults = told(refused)
        except FileRefused as refused_file:
            faults = [str(refused_file)]
        if not faults:
            messages.success(request, _("Saved."))
            return lead(request, "documents", public_id=public_id)
    lacking = faults_of(application)
    context = {**frame(request, application, "documents", lacking), "documents": document_state(application), "faults": faults}
    return render(request, "student/documents.html", context, status=422 if faults else 200)


@door(may_open_applications)
def file(request: ActorRequest, public_id: str, pk: int) -> HttpResponseBase:
    """My own file, as I sent it."""
    application = find(request, public_id)
    row = get_object_or_404(ApplicationDocument.objects.select_related("file"), application=application, requirement_id=pk)
    return sent_file(row.file)


@require_POST
@door(may_write_applications)
def answer(request: ActorRequest, public_id: str, pk: int) -> HttpResponse:
    """Add the file that the office asked for."""
    arrived = arrived_at(request)
    asked = get_object_or_404(DocumentRequest, pk=pk, application=find_own(request, public_id))
    upload = request.FILES.get("file")
    try:
        if upload is None:
            messages.error(request, _("Choose a file."))
        else:
            answer_request(asked=asked, stream=upload, name=upload.name or "", actor=request.actor, now=arrived)
            messages.success(request, _("Your file is with the office."))
    except Refused as refused:
        for sentence in told(refused):
            messages.error(request, sentence)
    return lead(request, "application", public_id=public_id)
