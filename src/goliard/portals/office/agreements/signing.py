"""The signed document of a version: who signed, the scan, and taking it out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goliard.apps.agreements.models import AgreementVersion
from goliard.apps.agreements.policies import may_edit_agreement, may_read_agreements, may_take_signed_document
from goliard.apps.agreements.services.signing import Signature, keep_signatures, open_signed_document
from goliard.apps.documents.services import FileRefused
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import DateInput
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest


class SignatureForm(forms.Form):
    """One party's signature."""

    name = forms.CharField(label=gettext_lazy("signatory"), max_length=200, required=False)
    function = forms.CharField(label=gettext_lazy("function of the signatory"), max_length=200, required=False)
    signed_on = forms.DateField(label=gettext_lazy("signed on"), required=False, widget=DateInput)


@door(may_read_agreements)
def signatures(request: ActorRequest, pk: int) -> HttpResponse:
    """Who signed, with the scan; a POST keeps both."""
    version = get_object_or_404(AgreementVersion.objects.select_related("agreement", "document"), pk=pk)
    refuse_unless(may_edit_agreement(request.actor, version.agreement))
    rows = _forms(request, version)
    faults: list[str] = []
    if request.method == "POST" and all(form.is_valid() for _party, form in rows):
        faults = _keep(request, version, rows)
        if not faults:
            messages.success(request, _("The signatures are kept."))
            return redirect("office:agreements-row", pk=version.agreement_id)
    context = {"version": version, "rows": rows, "faults": faults}
    return render(request, "office/agreements/signatures.html", context, status=422 if request.method == "POST" else 200)


@door(may_read_agreements)
def signed_document(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The signed document; the journal says who took it."""
    version = get_object_or_404(AgreementVersion.objects.select_related("agreement", "document"), pk=pk)
    refuse_unless(may_take_signed_document(request.actor, version.agreement))
    stored = open_signed_document(version=version, actor=request.actor, now=timezone.now())
    if stored is None:
        raise Http404
    name = f"{version.agreement.key}-v{version.number}-signed.pdf"
    return sent_file(stored, name=name)


def _forms(request: HttpRequest, version: AgreementVersion) -> list[tuple[Any, SignatureForm]]:
    data = request.POST if request.method == "POST" else None
    return [
        (
            party,
            SignatureForm(
                data,
                prefix=f"party-{party.pk}",
                initial={"name": party.signatory_name, "function": party.signatory_function, "signed_on": party.signed_on},
            ),
        )
        for party in version.agreement.parties.select_related("organisation")
    ]


def _keep(request: ActorRequest, version: AgreementVersion, rows: list[tuple[Any, SignatureForm]]) -> list[str]:
    given = {
        party.pk: Signature(form.cleaned_data["name"], form.cleaned_data["function"], form.cleaned_data["signed_on"])
        for party, form in rows
    }
    upload = request.FILES.get("file")
    try:
        keep_signatures(
            version=version,
            signatures=given,
            stream=upload,
            name=(upload.name or "") if upload else "",
            actor=request.actor,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except Refused as refused:
        return sentences(refused)
    except FileRefused as refused:
        return [str(refused)]
    return []
