"""International Credit Mobility: the years, the call of a year, its countries, its partners as data."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from goliard.apps.content.models import Page
from goliard.apps.content.queries.news import news_items
from goliard.apps.content.queries.pages import blocks
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.content.texts import to_html
from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.queries.public_calls import icm_call, icm_calls, open_to_interest
from goliard.apps.projects.queries.call_numbers import CallNumbers, numbers_of_calls
from goliard.apps.projects.queries.call_overview import CallOverview, call_overview, partners_of_call
from goliard.apps.projects.queries.project_page import project_briefs
from goliard.apps.projects.queries.results import has_results
from goliard.apps.projects.queries.visible import projects_in
from goliard.portals.public.call_filter import asked, options
from goliard.portals.public.maps import call_map, per_country
from goliard.portals.public.open_data import COLUMNS, LICENCE, partner_rows
from goliard.portals.public.overview_table import countries_of
from goliard.portals.public.quoted import news_cards
from goliard.portals.public.visits import found, language, public_page, today
from goliard.portals.public.wording import call_figures, call_sentence, figures_of
from goliard.portals.shared.context import home_of
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest

ABOUT = "icm"


@public_page
def years(request: ActorRequest) -> HttpResponse:
    """Every call: what its projects add up to beside what was published about it."""
    calls = list(icm_calls())
    numbers = numbers_of_calls(calls)
    rows = [(call, numbers[call.pk], figures_of(call)) for call in calls]
    about = blocks([ABOUT]).get(ABOUT)
    return render(
        request,
        "public/icm.html",
        {"rows": rows, "about": _block_html(about, None), "latest": calls[0] if calls else None, "open_calls": open_to_interest()},
    )


@public_page
def call(request: ActorRequest, year: int) -> HttpResponse:
    """The page of a call. `?go=<country>` (the dropdown) leads to the country's page; the other parameters filter map and table."""
    calls = list(icm_calls())
    overview = call_overview(found(next((one for one in calls if one.year == year), None)), today=today())
    if "go" in request.GET:
        return _go(overview, request.GET["go"])
    home = found(home_of(request))
    wanted = asked(request)
    lines = [line for line in overview.lines if line.matches(country=wanted.country, unit=wanted.unit, who=wanted.who)]
    chosen = list({line.organisation.pk: line.organisation for line in lines}.values())
    return render(
        request,
        "public/call.html",
        {
            "call": overview.call,
            "sentence": call_sentence(overview.call, overview.numbers, home.name(language())),
            "figures": call_figures(overview.call, overview.numbers),
            "calls": calls,
            "has_results": has_results(overview.call),
            "countries": per_country(overview.organisations),
            "groups": countries_of(lines),
            "shown": len(chosen),
            "map": call_map(chosen, home, year) if overview.lines else None,
            "filter": options(overview, wanted),
            "about": _block_html(blocks([ABOUT]).get(ABOUT), overview.call, overview.numbers),
            "news": news_cards(news_items().filter(call=overview.call)[:3], overview),
        },
    )


@public_page
def country(request: ActorRequest, year: int, country: str) -> HttpResponse:
    """One country of a call: its projects, partners and people."""
    shown: FundingCall = found(icm_call(year))
    organisations = partners_of_call(shown)
    here = [organisation for organisation in organisations if organisation.country.slug == country]
    if not here:
        raise Http404
    pages = project_briefs(projects_in(shown.pk, here[0].country_id), today=today())
    others = per_country(organisations)
    place = [other.pk for other, _number in others].index(here[0].country_id)
    context = {
        "call": shown,
        "country": here[0].country,
        "pages": pages,
        "map": call_map(here, found(home_of(request)), year),
        "countries": others,
        "previous": others[place - 1][0] if place else None,
        "next": others[place + 1][0] if place + 1 < len(others) else None,
        "is_illustrative": any(page.project.is_illustrative for page in pages),
    }
    return render(request, "public/call_country.html", context)


@public_page
def partners_csv(request: ActorRequest, year: int) -> HttpResponse:
    """The partners as CSV; the licence stands in the `Link` header, so that the file holds nothing but data."""
    rows = partner_rows(_overview(year), request)
    return _licensed(csv_response(f"icm-{year}-partners.csv", [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]))


@public_page
def partners_json(request: ActorRequest, year: int) -> HttpResponse:
    """The partners as JSON, with the numbers that they add up to."""
    overview = _overview(year)
    data = {
        "call": overview.call.key,
        "year": year,
        "licence": LICENCE,
        "counts": asdict(overview.numbers),
        "partners": list(partner_rows(overview, request)),
    }
    return _licensed(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def _block_html(block: Page | None, call: FundingCall | None, numbers: CallNumbers | None = None) -> SafeString | None:
    if block is None:
        return None
    text = block.body_nl if language() == "nl" else block.body_en
    return to_html(text, gather_quotes([text], language=language(), call=call, numbers=numbers))


def _overview(year: int) -> CallOverview:
    return call_overview(found(icm_call(year)), today=today())


def _go(overview: CallOverview, slug: str) -> HttpResponse:
    if not slug:
        return redirect("public:call", overview.call.year)
    if slug not in {country.slug for country in overview.countries}:
        raise Http404
    return redirect("public:call-country", overview.call.year, slug)


def _licensed(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{LICENCE}>; rel="license"'
    return response
