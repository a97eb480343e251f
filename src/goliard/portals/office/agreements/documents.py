"""An agreement's text, and what changed in it, as PDF/A for the office."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from goliard.apps.agreements.copies import canonical, copy_of, hash_of, read_canonical
from goliard.apps.agreements.documents.comparison import comparison_pdf
from goliard.apps.agreements.documents.pdf import agreement_pdf
from goliard.apps.agreements.models import AgreementVersion
from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.versions import sealed_before
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.comparison import compare
from goliard.rules.values.texts import Text


@door(may_read_agreements)
def comparison(_request: ActorRequest, pk: int, language: str) -> HttpResponse:
    """A version against the newest sealed one before it."""
    version = get_object_or_404(AgreementVersion.objects.select_related("agreement"), pk=pk)
    earlier = sealed_before(version)
    if language not in {"nl", "en"} or earlier is None:
        raise Http404
    now = copy_of(version)
    pdf = comparison_pdf(
        version,
        compare(now, read_canonical(earlier.content)),
        ours=Text(f"versie {version.number}", f"version {version.number}"),
        theirs=Text(f"versie {earlier.number}", f"version {earlier.number}"),
        hashes=(hash_of(canonical(now)), earlier.content_hash),
        language=language,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{version.agreement.key}-v{version.number}-v{earlier.number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@door(may_read_agreements)
def version_pdf(_request: ActorRequest, pk: int, language: str) -> HttpResponse:
    """One version in Dutch or English."""
    if language not in {"nl", "en"}:
        raise Http404
    version = get_object_or_404(AgreementVersion.objects.select_related("agreement"), pk=pk)
    response = HttpResponse(agreement_pdf(version, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{version.agreement.key}-v{version.number}-{language}.pdf"'
    return response
