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
    keys = _keys(found, wish)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    years = _together(found.values())
    context = {
        "wishes": [(value, label, value == wish) for value, label in WISHES],
        "wish": wish,
        "page": page,
        "total": len(keys),
        "lines": [(organisation, each, MEANINGS[each.meaning]) for organisation, each in _lines(found, page.object_list)],
        "years": years,
        "chart": chart(years),
    }
    return render(request, "office/agreements/balances.html", context)


@door(may_read_agreements)
def balances_csv(request: ActorRequest) -> HttpResponse:
    """All of them as a file."""
    language, found = get_language() or "en", forecasts(timezone.localdate())
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
        for organisation, each in _lines(found, _keys(found, request.GET.get("meaning", "all")))
    )  # fmt: skip
    return csv_response("balance.csv", [head, *rows])


def _keys(found: dict[int, Forecast], wish: str) -> list[int]:
    """The partners with such a forecast, those that are furthest out of balance first, then by name."""
    meanings = ACT if wish == "act" else {wish}
    chosen = [key for key, each in found.items() if wish == "all" or each.meaning in meanings]
    field = "name_nl" if (get_language() or "").startswith("nl") else "name_en"
    names = dict(Organisation.objects.filter(pk__in=chosen).values_list("pk", field))
    return sorted(chosen, key=lambda key: (-abs(found[key].difference_then), names[key].casefold(), key))


def _lines(found: dict[int, Forecast], keys: Iterable[int]) -> list[Line]:
    chosen = list(keys)
    rows = Organisation.objects.select_related("country").in_bulk(chosen)
    return [(rows[key], found[key]) for key in chosen]


def _together(found: Iterable[Forecast]) -> tuple[YearCount, ...]:
    """All partners added up, by year; the last year is the expected one."""
    sums: dict[int, YearCount] = {}
    for each in found:
        for count in (*each.known, YearCount(each.year, each.expected_in, each.expected_out)):
            before = sums.get(count.year.first, YearCount(count.year, 0, 0))
            sums[count.year.first] = YearCount(count.year, before.incoming + count.incoming, before.outgoing + count.outgoing)
    return tuple(sums[first] for first in sorted(sums))
