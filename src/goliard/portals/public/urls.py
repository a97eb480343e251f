"""Addresses of the public site, below the language."""

from django.urls import path

from goliard.portals.public.views import (
    about,
    call_for_interest,
    destinations,
    dossier,
    home,
    icm,
    networks,
    news,
    partners,
    placements,
    projects,
    results,
    rounds,
    search,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("icm/", icm.years, name="icm"),
    path("icm/<int:year>/", icm.call, name="call"),
    path("icm/<int:year>/partners.csv", icm.partners_csv, name="call-csv"),
    path("icm/<int:year>/partners.json", icm.partners_json, name="call-json"),
    path("icm/<int:year>/call-for-interest/", call_for_interest.call_for_interest, name="call-for-interest"),
    path("icm/<int:year>/results/", results.results, name="call-results"),
    path("icm/<int:year>/<slug:country>/", icm.country, name="call-country"),
    path("projects/", projects.finder, name="projects"),
    path("projects/<slug:key>/", projects.project, name="project"),
    path("partners/", partners.finder, name="partners"),
    path("partners/<slug:key>/", partners.partner, name="partner"),
    path("destinations/", destinations.finder, name="destinations"),
    path("destinations.csv", destinations.destinations_csv, name="destinations-csv"),
    path("destinations.json", destinations.destinations_json, name="destinations-json"),
    path("destinations/<slug:key>/", destinations.destination, name="destination"),
    path("networks/", networks.collaboration, name="networks"),
    path("networks/<slug:key>/", networks.network, name="network"),
    path("erasmus/", dossier.dossier, name="erasmus"),
    path("news/", news.items, name="news"),
    path("news/<slug:slug>/", news.item, name="news-item"),
    path("placements/", placements.reports, name="placements"),
    path("placements/<slug:key>/", placements.report, name="placement"),
    path("placements/<slug:key>.json", placements.report_json, name="placement-json"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<slug:key>/policy.json", rounds.policy, name="round-policy"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("data/", about.data, name="data"),
    path("documents/", about.documents, name="documents"),
    path("search/", search.search, name="search"),
    path("<path:path>/", dossier.page, name="page"),  # last: what the office wrote at an address of its own
]
