"""Partners: the finder, as a table or a map, and the page of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goliard.apps.institutions.choices import Continent, OrganisationKind
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.queries.networks import shared_networks
from goliard.apps.institutions.queries.partners import BEYOND, EUROPE, FUNDERS, Wanted, partners, partners_by_country, public_organisation
from goliard.apps.projects.queries.contacts import public_contacts
from goliard.apps.projects.queries.partner_counts import project_counts
from goliard.apps.projects.queries.visible import for_cards, projects_with
from goliard.portals.public.maps import finder_map, per_country
from goliard.portals.public.visits import found, language, public_page, sees_drafts, today
from goliard.portals.shared.context import home_of
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.collation import sort_key

PER_PAGE = 30
MOST_MARKERS = 300


@public_page
def finder(request: ActorRequest) -> HttpResponse:
    """Partners by words, country, kind and continent; `?view=map` shows the same on the map."""
    wanted = _wanted(request)
    rows = partners(wanted, language=language())
    places = sorted(partners_by_country(), key=lambda place: sort_key(place[0].name(language())))
    context = {
        "wanted": wanted,
        "countries": places,
        "kinds": [choice for choice in OrganisationKind.choices if choice[0] not in FUNDERS],
        "continents": [choice for choice in Continent.choices if choice[0] not in {Continent.EUROPE, Continent.ANTARCTICA}],
        "europe": EUROPE,
        "beyond": BEYOND,
        "is_map": request.GET.get("view") == "map",
    }
    if context["is_map"]:
        shown = list(rows[: MOST_MARKERS + 1])
        home = found(home_of(request))
        total = len(shown) if len(shown) <= MOST_MARKERS else rows.count()
        context |= {
            "total": total,
            "map": finder_map(per_country(shown), shown, home)
            if len(shown) <= MOST_MARKERS
            else finder_map(places if not wanted else [], [], home),
        }
    else:
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        chosen = list(page.object_list)
        counts = project_counts(one.pk for one in chosen)
        context |= {"page": page, "total": page.paginator.count, "rows": [(one, counts.get(one.pk, 0)) for one in chosen]}
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
        "projects": [] if organisation.is_home else for_cards(projects_with(organisation.pk)),
        "networks": shared_networks(organisation.pk, today=today()),
        "is_hidden": not organisation.is_public,
    }
    return render(request, "public/partner.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    text, country, kind, where = (request.GET.get(name, "").strip()[:200] for name in ("q", "country", "kind", "where"))
    return Wanted(text, country, kind, where)
