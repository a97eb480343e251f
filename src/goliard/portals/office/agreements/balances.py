"""The balance with every partner, and what it means for next year's places."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.forecasts import forecasts
from goliard.apps.institutions.models import Organisation
from goliard.portals.office.agreements.balance_chart import chart
from goliard.portals.shared.doors import door
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.lists import PER_PAGE
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.balance import YearCount
from goliard.rules.agreements.forecast import Forecast, Meaning
from goliard.rules.values.collation import sort_key

WISHES = (
    ("act", gettext_lazy("asks for action")),
    (Meaning.FEWER, gettext_lazy("offer fewer places")),
    (Meaning.SEND_MORE, gettext_lazy("send more")),
    (Meaning.AT_MOST, gettext_lazy("not every place")),
    (Meaning.AS_AGREED, gettext_lazy("as agreed")),
    (Meaning.UNKNOWN, gettext_lazy("nothing to advise")),
    ("all", gettext_lazy("all")),
)
ACT = {Meaning.FEWER, Meaning.SEND_MORE}
MEANINGS = {value: label for value, label in WISHES if value in set(Meaning)}
Line = tuple[Organisation, Forecast]


@door(may_read_agreements)
def balances(request: ActorRequest) -> HttpResponse:
    """Partners by how far the balance is out next year; the chart adds all of them up."""
    wish = request.GET.get("meaning", "")
    wish = wish if wish in {value for value, _label in WISHES} else "act"
    found = forecasts(timezone.localdate())
    lines = _lines(found, wish)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    years = _together(found.values())
    context = {
        "wishes": [(value, label, value == wish) for value, label in WISHES],
        "wish": wish,
        "page": page,
        "total": len(lines),
        "lines": [(organisation, each, MEANINGS[each.meaning]) for organisation, each in page.object_list],
        "years": years,
        "chart": chart(years),
    }
    return render(request, "office/agreements/balances.html", context)


@door(may_read_agreements)
def balances_csv(request: ActorRequest) -> HttpResponse:
    """All of them as a file."""
    language = get_language() or "en"
    head = [
        _("Partner"), _("Country"), _("Academic year"), _("Difference now"), _("Tolerable"), _("Expected incoming"), _("Expected outgoing"),
        _("Agreed incoming"), _("Agreed outgoing"), _("Offer"), _("Why"),
    ]  # fmt: skip
    rows = (
        [
            organisation.name(language), organisation.country.iso2, str(each.year), each.difference_now,
            "" if each.tolerance is None else each.tolerance, each.expected_in, each.expected_out, each.places_in, each.places_out,
            "" if each.advised is None else each.advised, " ".join(reason.because.in_language(language) for reason in each.reasons),
        ]
        for organisation, each in _lines(forecasts(timezone.localdate()), request.GET.get("meaning", "all"))
    )  # fmt: skip
    return csv_response("balance.csv", [head, *rows])


def _lines(found: dict[int, Forecast], wish: str) -> list[Line]:
    meanings = ACT if wish == "act" else {wish}
    chosen = {key: each for key, each in found.items() if wish == "all" or each.meaning in meanings}
    rows = Organisation.objects.select_related("country").in_bulk(list(chosen))
    language = get_language() or "en"
    lines = [(rows[key], each) for key, each in chosen.items()]
    return sorted(lines, key=lambda line: (-abs(line[1].difference_then), sort_key(line[0].name(language))))


def _together(found: Iterable[Forecast]) -> tuple[YearCount, ...]:
    """All partners added up, by year; the last year is the expected one."""
    sums: dict[int, YearCount] = {}
    for each in found:
        for count in (*each.known, YearCount(each.year, each.expected_in, each.expected_out)):
            before = sums.get(count.year.first, YearCount(count.year, 0, 0))
            sums[count.year.first] = YearCount(count.year, before.incoming + count.incoming, before.outgoing + count.outgoing)
    return tuple(sums[first] for first in sorted(sums))
