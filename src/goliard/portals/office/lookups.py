"""Suggestions for the fields that choose one row of thousands."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goliard.apps.agreements.models import Agreement
from goliard.apps.documents.choices import Retention
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit
from goliard.apps.people.models import Person
from goliard.apps.projects.models import Project
from goliard.portals.office.policies import may_open_office
from goliard.portals.office.registers.fields import SHOWN, matching, shown
from goliard.portals.shared.doors import door

# kind -> the field that is shown and typed as key, and the rows among which one chooses
LOOKUPS: dict[str, tuple[str, Callable[[], QuerySet]]] = {
    "agreements": ("key", Agreement.objects.all),
    "organisations": ("key", Organisation.objects.all),
    "units": ("key", lambda: OrganizationalUnit.objects.select_related("organisation")),
    "home-units": ("key", lambda: OrganizationalUnit.objects.filter(organisation__is_home=True)),
    "countries": ("iso2", Country.objects.all),
    "projects": ("key", Project.objects.all),
    "persons": ("public_id", lambda: Person.objects.filter(merged_into__isnull=True).exclude(retention_class=Retention.APPLICATION)),
}


def lookup_rows(kind: str) -> QuerySet:
    """Return the rows among which a lookup of this kind chooses; 404 for an unknown kind."""
    if kind not in LOOKUPS:
        raise Http404
    return LOOKUPS[kind][1]()


@door(may_open_office)
def lookup(request: HttpRequest, kind: str) -> HttpResponse:
    """The options that fit what has been typed so far."""
    rows = lookup_rows(kind)
    text = request.GET.get(request.GET.get("field", ""), "").strip()
    key = LOOKUPS[kind][0]
    found = matching(rows, text, key)[: SHOWN * 2] if len(text) > 1 else ()
    return render(request, "office/registers/options.html", {"options": [shown(row, key) for row in found]})
