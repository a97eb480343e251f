"""An agreement's text as PDF/A, for the office."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from goliard.apps.agreements.documents.pdf import agreement_pdf
from goliard.apps.agreements.models import AgreementVersion
from goliard.apps.agreements.policies import may_read_agreements
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_read_agreements)
def version_pdf(_request: ActorRequest, pk: int, language: str) -> HttpResponse:
    """One version in Dutch or English."""
    if language not in {"nl", "en"}:
        raise Http404
    version = get_object_or_404(AgreementVersion.objects.select_related("agreement"), pk=pk)
    response = HttpResponse(agreement_pdf(version, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{version.agreement.key}-v{version.number}-{language}.pdf"'
    return response
