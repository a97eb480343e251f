"""The journal as a screen: who did what, when; and whether it is sealed."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.queries import names_of_actors
from goliard.apps.journal.models import JournalEntry
from goliard.apps.journal.queries import head, sealer_lag
from goliard.portals.office.policies import may_read_journal
from goliard.portals.office.registers.fields import DateInput
from goliard.portals.office.registers.telling import told_actor, told_subject, told_verb
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest

PER_PAGE = 100


class JournalFilter(forms.Form):
    """Narrow by kind of subject and day."""

    subject = forms.CharField(label=_("About"), required=False, max_length=100, help_text="")
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def apply(self, rows: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
        """Return the narrowed entries."""
        asked = self.cleaned_data
        if asked["subject"]:
            rows = rows.filter(subject_type__icontains=asked["subject"].strip())
        if asked["since"]:
            rows = rows.filter(recorded_at__date__gte=asked["since"])
        return rows.filter(recorded_at__date__lte=asked["until"]) if asked["until"] else rows


@door(may_read_journal)
def journal(request: ActorRequest) -> HttpResponse:
    """The entries, newest first, without their details: those stand on the history of each row."""
    filters = JournalFilter(request.GET or None)
    rows: QuerySet[JournalEntry] = JournalEntry.objects.order_by("-id")
    if filters.is_valid():
        rows = filters.apply(rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of_actors({entry.actor for entry in page})
    told = [
        {"entry": entry, "who": told_actor(entry.actor, names), "what": told_verb(entry.verb), "about": told_subject(entry)}
        for entry in page
    ]
    return render(request, "office/journal.html", {"filters": filters, "page": page, "told": told, "head": head(), "lag": sealer_lag()})
