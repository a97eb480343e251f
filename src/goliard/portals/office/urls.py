"""The office's addresses: its desk, lookups, and the screens of every register."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office import desk, lookups, portfolio
from goliard.portals.office.accounts.addresses import account_urls
from goliard.portals.office.agreements import imports
from goliard.portals.office.agreements.agreements import AGREEMENTS
from goliard.portals.office.agreements.balances import balances, balances_csv
from goliard.portals.office.agreements.bulk import bulk
from goliard.portals.office.agreements.counts import COUNTS, SHEETS
from goliard.portals.office.agreements.documents import comparison, version_pdf
from goliard.portals.office.agreements.partner_mix import mix
from goliard.portals.office.agreements.partner_page import answer_word, make_link, partner_desk, revoke_link
from goliard.portals.office.agreements.reminders import reminders
from goliard.portals.office.agreements.renewals import begin_renewal, decide
from goliard.portals.office.agreements.signing import signatures, signed_document
from goliard.portals.office.agreements.versions import VERSIONS
from goliard.portals.office.applications.addresses import application_urls
from goliard.portals.office.applications.register import APPLICATIONS
from goliard.portals.office.calls_desk.addresses import desk_urls
from goliard.portals.office.calls_desk.interests import INTERESTS
from goliard.portals.office.content import trying
from goliard.portals.office.content.facts import FACTS
from goliard.portals.office.content.images import IMAGES
from goliard.portals.office.content.news import NEWS
from goliard.portals.office.content.pages import PAGES
from goliard.portals.office.funding.calls import CALLS
from goliard.portals.office.funding.policy import DOCUMENTS, GOALS, PRIORITIES
from goliard.portals.office.funding.programmes import ACTIONS, PROGRAMMES
from goliard.portals.office.grants.registers import SCHEMES, SCHOLARSHIPS
from goliard.portals.office.institutions.bounces import contact_bounce
from goliard.portals.office.institutions.contacts import CONTACTS
from goliard.portals.office.institutions.countries import COUNTRIES
from goliard.portals.office.institutions.networks import NETWORKS
from goliard.portals.office.institutions.organisations import ORGANISATIONS
from goliard.portals.office.institutions.people import PEOPLE
from goliard.portals.office.institutions.units import UNITS
from goliard.portals.office.journal import journal
from goliard.portals.office.messaging.deliveries import DELIVERIES
from goliard.portals.office.messaging.letters import letter_list, letter_page
from goliard.portals.office.network.addresses import network_urls
from goliard.portals.office.network.notifications import NOTIFICATIONS
from goliard.portals.office.nominations.addresses import nomination_urls
from goliard.portals.office.placement.addresses import placement_urls
from goliard.portals.office.projects.initiatives import INITIATIVES
from goliard.portals.office.projects.projects import PROJECTS
from goliard.portals.office.rates.addresses import rate_urls
from goliard.portals.office.registers.routes import register_urls
from goliard.portals.office.rounds.addresses import round_urls
from goliard.portals.office.rounds.destinations import DESTINATIONS, POOLS
from goliard.portals.office.rounds.rounds import ROUNDS
from goliard.portals.office.scoring.addresses import scoring_urls
from goliard.portals.office.students.feed import feed_look, feed_template, feed_upload

app_name = "office"
PARTNERS = (AGREEMENTS, VERSIONS, COUNTS, SHEETS, ORGANISATIONS, UNITS, CONTACTS, PEOPLE, NETWORKS, COUNTRIES)
FUNDING = (PROJECTS, INTERESTS, INITIATIVES, CALLS, ACTIONS, PROGRAMMES, PRIORITIES, GOALS, DOCUMENTS, SCHEMES, SCHOLARSHIPS)
EXCHANGE = (ROUNDS, APPLICATIONS, DESTINATIONS, POOLS)
CONTENT = (PAGES, NEWS, FACTS, IMAGES)
HOUSE = (DELIVERIES, NOTIFICATIONS)
REGISTERS = (*PARTNERS, *FUNDING, *EXCHANGE, *CONTENT, *HOUSE)
urlpatterns = [
    path("", desk.dashboard, name="dashboard"),
    path("journal/", journal, name="journal"),
    *network_urls,
    path("letters/", letter_list, name="letters"),
    path("letters/<slug:key>/", letter_page, name="letter"),
    path("reminders/", reminders, name="agreement-reminders"),
    path("contacts/<int:pk>/bounce/", contact_bounce, name="contact-bounce"),
    path("bulk/agreements/", bulk, name="agreement-bulk"),
    path("balance/", balances, name="agreement-balances"),
    path("balance.csv", balances_csv, name="agreement-balances-csv"),
    path("import/agreements/", imports.upload, name="agreement-imports"),
    path("import/agreements/<int:pk>/", imports.look, name="agreement-import"),
    path("import/agreements/runs/<int:pk>/", imports.run, name="agreement-import-run"),
    path("import/agreements/<int:pk>/faults.csv", imports.faults, name="agreement-import-faults"),
    path("agreements/table.<str:kind>", imports.table, name="agreement-table"),
    path("agreements/<int:pk>/partner/", partner_desk, name="agreement-partner"),
    path("agreements/<int:pk>/partner/link/", make_link, name="agreement-link"),
    path("agreements/<int:pk>/partner/link/<int:link>/revoke/", revoke_link, name="agreement-link-revoke"),
    path("agreements/<int:pk>/partner/word/<int:word>/", answer_word, name="agreement-word"),
    path("agreements/<int:pk>/renewal/", begin_renewal, name="agreement-renewal"),
    path("agreements/<int:pk>/decision/", decide, name="agreement-decision"),
    path("agreement-versions/<int:pk>/signatures/", signatures, name="agreement-signatures"),
    path("agreement-versions/<int:pk>/signed.pdf", signed_document, name="agreement-signed"),
    path("agreement-versions/<int:pk>/comparison-<str:language>.pdf", comparison, name="agreement-comparison-pdf"),
    path("agreement-versions/<int:pk>/<str:language>.pdf", version_pdf, name="agreement-version-pdf"),
    *(
        each
        for kind, file in (("student-feed", "students.csv"), ("staff-feed", "staff.csv"))
        for each in (
            path(f"{kind}/", feed_upload, {"kind": kind}, name=kind),
            path(f"{kind}/{file}", feed_template, {"kind": kind}, name=f"{kind}-template"),
            path(f"{kind}/<int:pk>/", feed_look, {"kind": kind}, name=f"{kind}-look"),
        )
    ),
    path("lookup/<slug:kind>/", lookups.lookup, name="lookup"),
    path("reports/partner-mix/", mix, name="partner-mix"),
    path("reports/portfolio/", portfolio.report, name="portfolio"),
    path("reports/links/", desk.links, name="links"),
    path("reports/translations/", desk.translations, name="translations"),
    path("reports/unpublishable/", desk.unpublishable, name="unpublishable"),
    path("try-out/", trying.try_out, name="try-out"),
    path("pages/<int:pk>/versions/<int:number>/", trying.version, name="page-version"),
    path("pages/<int:pk>/versions/<int:number>/back/", trying.put_back, name="page-version-back"),
    *account_urls,
    *rate_urls,
    *desk_urls,
    *application_urls,
    *round_urls,
    *placement_urls,
    *nomination_urls,
    *scoring_urls,
    *(route for register in REGISTERS for route in register_urls(register)),
]
