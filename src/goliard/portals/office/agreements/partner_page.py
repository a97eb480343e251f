"""The office's side of a partner's page: make and revoke links, answer, take a proposal over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.agreements.copies import copy_of, read_canonical
from goliard.apps.agreements.models import Agreement, PartnerLink, PartnerProposal
from goliard.apps.agreements.policies import may_edit_agreement, may_read_agreements
from goliard.apps.agreements.services.partner_links import make_partner_link, revoke_partner_link
from goliard.apps.agreements.services.partner_words import LONGEST, answer_proposal, take_over_proposal
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Contact
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.comparison import compare
from goliard.rules.lifecycles.transition import TransitionRefused


class AnswerForm(forms.Form):
    """An answer that the partner reads on its page."""

    answer = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


@door(may_read_agreements)
def partner_desk(request: ActorRequest, pk: int) -> HttpResponse:
    """Who may enter, and what the partner said."""
    agreement = get_object_or_404(Agreement, pk=pk)
    words = (
        PartnerProposal.objects.filter(version__agreement=agreement).select_related("version", "link__contact__person").order_by("-said_at")
    )
    context = {
        "agreement": agreement,
        "may_edit": may_edit_agreement(request.actor, agreement),
        "links": agreement.partner_links.select_related("contact__person", "contact__organisation"),
        "contacts": contacts_of(agreement),
        "words": [
            {"said": each, "differences": compare(copy_of(each.version), read_canonical(each.content)) if each.kind == "proposal" else ()}
            for each in words
        ],
        "now": timezone.now(),
    }
    return render(request, "office/agreements/partner.html", context)


@require_POST
@door(may_read_agreements)
def make_link(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a link for a contact, and show it this once."""
    agreement = _editable(request, pk)
    contact = get_object_or_404(contacts_of(agreement), pk=request.POST.get("contact") or 0)
    try:
        made = make_partner_link(agreement=agreement, contact=contact, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _told(request, pk, refused)
    address = request.build_absolute_uri(reverse("partner:page", args=[made.secret]))
    return render(request, "office/agreements/new_link.html", {"agreement": agreement, "link": made.link, "address": address})


@require_POST
@door(may_read_agreements)
def revoke_link(request: ActorRequest, pk: int, link: int) -> HttpResponse:
    """End a link."""
    agreement = _editable(request, pk)
    revoke_partner_link(link=get_object_or_404(PartnerLink, pk=link, agreement=agreement), actor=request.actor, now=timezone.now())
    messages.success(request, _("The link opens nothing any more."))
    return redirect("office:agreement-partner", pk=pk)


@require_POST
@door(may_read_agreements)
def answer_word(request: ActorRequest, pk: int, word: int) -> HttpResponse:
    """Answer what the partner said, or take its numbers over into the text."""
    agreement = _editable(request, pk)
    said = get_object_or_404(PartnerProposal, pk=word, version__agreement=agreement)
    form = AnswerForm(request.POST)
    try:
        if "take-over" in request.POST:
            version = take_over_proposal(proposal=said, actor=request.actor, now=timezone.now())
            messages.success(request, _("The numbers stand in the draft. Read it, then propose it again."))
            return redirect("office:agreement-versions-row", pk=version.pk)
        if form.is_valid():
            answer_proposal(proposal=said, answer=form.cleaned_data["answer"], actor=request.actor, now=timezone.now())
            messages.success(request, _("The partner sees the answer."))
    except (Refused, TransitionRefused) as refused:
        return _told(request, pk, refused)
    return redirect("office:agreement-partner", pk=pk)


def contacts_of(agreement: Agreement) -> QuerySet[Contact]:
    """Return the contacts of the agreement's partners."""
    partners = agreement.parties.filter(organisation__is_home=False).values("organisation")
    return Contact.objects.filter(organisation__in=partners).select_related("person", "organisation")


def _editable(request: ActorRequest, pk: int) -> Agreement:
    agreement = get_object_or_404(Agreement, pk=pk)
    refuse_unless(may_edit_agreement(request.actor, agreement))
    return agreement


def _told(request: ActorRequest, pk: int, refused: Refused | TransitionRefused) -> HttpResponse:
    for sentence in sentences(refused):
        messages.error(request, sentence)
    return redirect("office:agreement-partner", pk=pk)
