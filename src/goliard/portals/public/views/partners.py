"""Partners: the finder, as a table or a map, and the page of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goliard.apps.agreements.queries.destinations import open_conditions, our_contacts
from goliard.apps.institutions.choices import Continent, OrganisationKind
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.queries.networks import shared_networks
from goliard.apps.institutions.queries.partners import (
    BEYOND,
    EUROPE,
    FUNDERS,
    Wanted,
    by_country,
    countries_with_partners,
    found_keys,
    in_order,
    partners,
    public_organisation,
)
from goliard.apps.projects.queries.contacts import public_contacts
from goliard.apps.projects.queries.partner_counts import project_counts
from goliard.apps.projects.queries.visible import for_cards, projects_with
from goliard.portals.public.maps import by_name, finder_map
from goliard.portals.public.visits import asked_for, found, language, public_page, sees_drafts, today
from goliard.portals.shared.context import home_of
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.collation import sort_key

PER_PAGE = 30
MOST_MARKERS = 300  # beyond that, countries with their numbers say more than dots


@public_page
def finder(request: ActorRequest) -> HttpResponse:
    """Partners by words, country, kind and continent; `?view=map` shows the same on the map."""
    wanted = _wanted(request)
    rows = partners(wanted, language=language())
    context = {
        "wanted": wanted,
        "countries": by_name(countries_with_partners()),
        "kinds": [choice for choice in OrganisationKind.choices if choice[0] not in FUNDERS],
        "continents": [choice for choice in Continent.choices if choice[0] not in {Continent.EUROPE, Continent.ANTARCTICA}],
        "europe": EUROPE,
        "beyond": BEYOND,
        "is_map": request.GET.get("view") == "map",
    }
    if context["is_map"]:
        places = sorted(by_country(rows), key=lambda place: sort_key(place[0].name(language())))
        total = sum(number for _country, number in places)
        context |= {"total": total, "map": finder_map(places, rows if total <= MOST_MARKERS else [], found(home_of(request)))}
    else:
        total = rows.count()
        paginator = Paginator(found_keys(rows, total, language=language()), PER_PAGE)
        paginator.count = total
        page = paginator.get_page(request.GET.get("page"))
        chosen = in_order(list(page.object_list))
        counts = project_counts(one.pk for one in chosen)
        context |= {"page": page, "total": total, "rows": [(one, counts[one.pk]) for one in chosen]}
    return render(request, "public/partners.html", context)


@public_page
def partner(request: ActorRequest, key: str) -> HttpResponse:
    """One partner: names, numbers, units, contacts that are public, projects, networks that it shares with us."""
    organisation: Organisation = found(public_organisation(key, hidden=sees_drafts(request)))
    if organisation.is_home and not organisation.is_public:
        raise Http404
    name = organisation.name(language())
    context = {
        "organisation": organisation,
        "names": [row for row in organisation.names.all() if row.value != name],
        "units": [] if organisation.is_home else organisation.units.all(),
        "contacts": public_contacts(organisation.pk, on=today()),
        "our_contacts": [] if organisation.is_home else our_contacts(organisation, on=today()),
        "is_destination": open_conditions(today()).filter(receiving=organisation).exists(),
        "projects": [] if organisation.is_home else for_cards(projects_with(organisation.pk)),
        "networks": shared_networks(organisation.pk, today=today()),
        "is_hidden": not organisation.is_public,
    }
    return render(request, "public/partner.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(*(asked_for(request, name) for name in ("q", "country", "kind", "where")))
