"""Suggestions for the fields that choose one row of thousands."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit
from goliard.apps.people.models import Person
from goliard.apps.projects.models import Project
from goliard.portals.office.policies import may_open_office
from goliard.portals.office.registers.fields import SHOWN, matching, shown
from goliard.portals.shared.doors import door

KEYS = {"organisations": "key", "units": "key", "home-units": "key", "countries": "iso2", "projects": "key", "persons": "public_id"}


def lookup_rows(kind: str) -> QuerySet:
    """Return the rows among which a lookup of this kind chooses; 404 for an unknown kind."""
    match kind:
        case "organisations":
            return Organisation.objects.all()
        case "units":
            return OrganizationalUnit.objects.select_related("organisation")
        case "home-units":
            return OrganizationalUnit.objects.filter(organisation__is_home=True)
        case "countries":
            return Country.objects.all()
        case "projects":
            return Project.objects.all()
        case "persons":
            return Person.objects.filter(merged_into__isnull=True)
    raise Http404


@door(may_open_office)
def lookup(request: HttpRequest, kind: str) -> HttpResponse:
    """The options that fit what has been typed so far."""
    rows = lookup_rows(kind)
    text = request.GET.get(request.GET.get("field", ""), "").strip()
    found = matching(rows, text, KEYS[kind])[: SHOWN * 2] if len(text) > 1 else ()
    return render(request, "office/registers/options.html", {"options": [shown(row, KEYS[kind]) for row in found]})
