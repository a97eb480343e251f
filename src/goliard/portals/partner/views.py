"""The partner's page: read, comment, propose, approve, download."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import canonical, copy_of, hash_of, read_canonical
from goliard.apps.agreements.documents.pdf import agreement_pdf
from goliard.apps.agreements.models import AgreementVersion, PartnerLink, PartnerProposal
from goliard.apps.agreements.queries.versions import newest_version, sealed_before
from goliard.apps.agreements.services.partner_links import actor_of
from goliard.apps.agreements.services.partner_words import approve_by_partner, comment_on_agreement, propose_change, record_refusal
from goliard.apps.agreements.services.signing import open_signed_document
from goliard.apps.institutions.refusals import Refused
from goliard.portals.partner.entrance import by_link
from goliard.portals.partner.forms import ApprovalForm, CommentForm, ProposalForm
from goliard.rules.agreements.comparison import compare
from goliard.rules.values.texts import Reason, Text


@require_GET
@by_link
def page(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """Our text beside what changed, what was said, and what the partner can do now."""
    return _page(request, link, secret)


@require_POST
@by_link
def comment(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """Keep a comment."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _unfit(request, link, secret, comment_form=form)
    return _said(request, link, secret, lambda now: comment_on_agreement(link=link, text=form.cleaned_data["text"], now=now))


@require_POST
@by_link
def propose(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """Keep a proposal of other numbers."""
    version = _shown_version(link)
    form = ProposalForm(request.POST, list(version.conditions.all()) if version else [])
    if not form.is_valid():
        return _unfit(request, link, secret, proposal_form=form)
    words = form.cleaned_data["text"]
    return _said(request, link, secret, lambda now: propose_change(link=link, numbers=form.changed(), text=words, now=now))


@require_POST
@by_link
def approve(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """Approve the text as it was shown."""
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _unfit(request, link, secret, approval_form=form)
    given = {name: form.cleaned_data[name] for name in ("seen_hash", "name", "function")}
    return _said(request, link, secret, lambda now: approve_by_partner(link=link, now=now, **given))


@require_GET
@by_link
def document(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """The text as PDF/A in the page's language."""
    version = _shown_version(link)
    if version is None:
        return render(request, "partner/closed.html", status=404)
    response = HttpResponse(agreement_pdf(version, language=get_language() or "en"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{link.agreement.key}-v{version.number}.pdf"'
    return response


@require_GET
@by_link
def signed_document(request: HttpRequest, link: PartnerLink, secret: str) -> HttpResponse:
    """The signed document of the text that is shown; the journal says that this link took it."""
    version = _shown_version(link)
    stored = open_signed_document(version=version, actor=actor_of(link), now=timezone.now()) if version else None
    if version is None or stored is None:
        return render(request, "partner/closed.html", status=404)
    with default_storage.open(stored.storage_name, "rb") as stream:
        response = HttpResponse(stream.read(), content_type=stored.content_type)
    response["Content-Disposition"] = f'attachment; filename="{link.agreement.key}-v{version.number}-signed.pdf"'
    return response


def _unfit(request: HttpRequest, link: PartnerLink, secret: str, **given: forms.Form) -> HttpResponse:
    """Show a form that was not filled in as it asks, and note in the journal which fields were refused."""
    reasons = [Reason(f"form-{name.split('-')[0]}", Text("", "")) for form in given.values() for name in form.errors]
    record_refusal(link=link, refused=Refused(reasons), now=timezone.now())
    return _page(request, link, secret, **given)


def _said(request: HttpRequest, link: PartnerLink, secret: str, say: Any) -> HttpResponse:
    try:
        say(timezone.now())
    except Refused as refused:
        record_refusal(link=link, refused=refused, now=timezone.now())
        language = get_language() or "en"
        return _page(request, link, secret, faults=[reason.because.in_language(language) for reason in refused.reasons])
    messages.success(request, _("Thank you. The exchange office sees it at once."))
    return redirect("partner:page", secret=secret)


def _shown_version(link: PartnerLink) -> AgreementVersion | None:
    """A partner never sees a draft: the newest version that was proposed or agreed."""
    return link.agreement.versions.exclude(state__in=[VersionState.DRAFT, VersionState.WITHDRAWN]).order_by("-number").first()


def _page(request: HttpRequest, link: PartnerLink, secret: str, **given: Any) -> HttpResponse:
    version = _shown_version(link)
    faults = given.pop("faults", [])
    context: dict[str, Any] = {"link": link, "agreement": link.agreement, "secret": secret, "version": version, "faults": faults}
    if version is not None:
        rows = list(
            version.conditions.select_related("sending", "receiving", "sending_unit", "receiving_unit").prefetch_related(
                "subjects", "languages"
            )
        )
        seen, language = copy_of(version), get_language() or "en"
        earlier = sealed_before(version)
        newest = newest_version(link.agreement)
        context |= {
            "rows": [(row, row.sending.name(language), row.receiving.name(language)) for row in rows],
            "parties": version.agreement.parties.select_related("organisation__country"),
            "earlier": earlier,
            "differences": compare(seen, read_canonical(earlier.content)) if earlier else (),
            "words": _words(version),
            "is_open": newest == version and version.state == VersionState.PROPOSED,
            "comment_form": CommentForm(),
            "proposal_form": ProposalForm(None, rows),
            "approval_form": ApprovalForm(initial={"seen_hash": hash_of(canonical(seen))}),
        }
    forms_with_faults = [form for form in given.values() if isinstance(form, forms.Form) and form.errors]
    return render(request, "partner/page.html", context | given, status=422 if faults or forms_with_faults else 200)


def _words(version: AgreementVersion) -> list[dict[str, Any]]:
    said = PartnerProposal.objects.filter(version__agreement=version.agreement).select_related("link__contact__person", "version")
    return [
        {"said": each, "differences": compare(copy_of(version), read_canonical(each.content)) if each.kind == "proposal" else ()}
        for each in said
    ]
