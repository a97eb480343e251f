"""International collaboration: networks, Erasmus Mundus, exchange partners, alliances."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goliard.apps.content.queries.pages import blocks
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.institutions.choices import Continent
from goliard.apps.institutions.queries.networks import NetworkPage, network_page, public_networks
from goliard.apps.institutions.queries.partners import by_country, public_partners
from goliard.portals.public.collaboration import blocks_of, purposes_of
from goliard.portals.public.quoted import written
from goliard.portals.public.visits import asked_for, found, language, public_page, sees_drafts, today
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.collation import sort_key

TEXTS = ("exchange-partners", "erasmus-mundus", "collaboration")


@public_page
def collaboration(request: ActorRequest) -> HttpResponse:
    """The seven blocks of the page; `?purpose=` shows only networks that serve it. A membership that has ended stands apart."""
    purpose = asked_for(request, "purpose")
    joined = public_networks(today=today())
    chosen = [one for one in joined if not purpose or any(tag.purpose == purpose for tag in one.network.purposes.all())]
    groups = blocks_of(chosen)
    places = by_country(public_partners()) if not purpose else []
    in_europe = sum(number for country, number in places if country.continent == Continent.EUROPE)
    descriptions = [one.network.description_nl if language() == "nl" else one.network.description_en for one in chosen]
    context = {
        **groups,
        "quotes": gather_quotes(descriptions, language=language()),
        "joint_programmes": sum(len(one.network.joint_programmes.all()) for one in groups["consortia"]),
        "texts": {name.replace("-", "_"): written(page, None).body for name, page in blocks(TEXTS).items()},
        "purpose": purpose,
        "purposes": purposes_of(joined),
        "finder": reverse("public:partners"),
        "in_europe": in_europe,
        "beyond_europe": sum(number for _country, number in places) - in_europe,
    }
    return render(request, "public/networks.html", context)


@public_page
def network(request: ActorRequest, key: str) -> HttpResponse:
    """One network: aims, members with dates, joint programmes."""
    page: NetworkPage = found(network_page(key, today=today(), hidden=sees_drafts(request)))
    context = {
        "page": page,
        "quotes": gather_quotes([page.network.description_nl, page.network.description_en], language=language()),
        "network": page.network,
        "members": sorted(page.current, key=lambda row: (not row.organisation.is_home, sort_key(row.organisation.name_en))),
        "ours": next((row for row in (*page.current, *page.ended) if row.organisation.is_home), None),
        "ours_ended": any(row.organisation.is_home for row in page.ended) and not any(row.organisation.is_home for row in page.current),
        "is_hidden": not page.network.is_public,
    }
    return render(request, "public/network.html", context)
