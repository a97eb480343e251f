"""The values behind the placeholders of texts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.utils.timezone import localdate

from goliard.apps.agreements.queries.destinations import count_in_effect
from goliard.apps.content.choices import QUOTED_NUMBERS
from goliard.apps.content.models import PublishedFact
from goliard.apps.content.texts import Quotes, placeholders
from goliard.apps.funding.choices import Measure, Qualifier
from goliard.apps.funding.models import CallFigure, FundingCall
from goliard.apps.projects.queries.call_numbers import CallNumbers, numbers_of_call
from goliard.rules.values.numerals import euros, written
from goliard.rules.values.texts import Text

_QUALIFIERS = {
    Qualifier.EXACT: Text(nl="", en=""),
    Qualifier.OVER: Text(nl="ruim", en="over"),
    Qualifier.MORE_THAN: Text(nl="meer dan", en="more than"),
    Qualifier.ABOUT: Text(nl="ongeveer", en="about"),
    Qualifier.SINCE: Text(nl="sinds", en="since"),
}

AGREEMENTS = "agreements_worldwide"  # the fact that this installation counts itself, once it holds agreements
_AGREEMENT, _AGREEMENTS = Text(nl="overeenkomst", en="agreement"), Text(nl="overeenkomsten", en="agreements")
_INVENTED = Text(nl="(illustratief)", en="(illustrative)")


def gather_quotes(texts: Iterable[str], *, language: str, call: FundingCall | None = None, numbers: CallNumbers | None = None) -> Quotes:
    """Return the values that `texts` quote, in at most four queries; what means nothing has no value.

    Whoever has counted the call's projects already hands over the `numbers`.
    """
    asked = placeholders(texts)
    values: dict[str, str] = {}
    if keys := [name.removeprefix("fact:") for name in asked if name.startswith("fact:")]:
        values |= {f"fact:{fact.key}": printed_fact(fact, language) for fact in PublishedFact.objects.filter(key__in=keys)}
        if AGREEMENTS in keys and (counted := printed_agreements(language)):
            values[f"fact:{AGREEMENTS}"] = counted
    if call is not None:
        values["year"] = str(call.year)
        if any(name.startswith("call:") for name in asked):
            numbers = numbers or numbers_of_call(call)
            values |= {f"call:{name}": written(getattr(numbers, name), language) for name in QUOTED_NUMBERS}
        if any(name.startswith("figure:") for name in asked):
            values |= {f"figure:{figure.measure}": printed_figure(figure, language) for figure in call.figures.all()}
    return Quotes(language, values)


def printed_agreements(language: str) -> str:
    """Return "more than 600 agreements", counted from those in effect; empty where there is none, so that what was published stays."""
    counted = count_in_effect(localdate())
    if not counted.total:
        return ""
    words = _AGREEMENT if counted.said == 1 else _AGREEMENTS
    more = _QUALIFIERS[Qualifier.MORE_THAN].in_language(language) if counted.said < counted.total else ""
    invented = _INVENTED.in_language(language) if counted.illustrative else ""
    return " ".join(part for part in (more, written(counted.said, language), words.in_language(language), invented) if part)


def printed_fact(fact: PublishedFact, language: str) -> str:
    """Return a fact as running text prints it: "over 13 million people"; a value that is no number is printed as it stands."""
    unit = fact.unit_nl if language.startswith("nl") else fact.unit_en
    return _phrase(fact.qualifier, _number(fact.value, language), unit, language)


def printed_figure(figure: CallFigure, language: str) -> str:
    """Return a published figure of a call as running text prints it: "about €450,000"."""
    return " ".join(part for part in figure_parts(figure, language) if part)


def figure_parts(figure: CallFigure, language: str) -> tuple[str, str]:
    """Return how exact a published figure is (empty where it is exact) and its number: `("about", "€450,000")`."""
    number = euros(figure.value, language) if figure.measure == Measure.AWARD_CENTS else written(figure.value, language)
    return _QUALIFIERS[Qualifier(figure.qualifier)].in_language(language), number


def _number(value: str, language: str) -> str:
    try:
        return written(Decimal(value), language)
    except InvalidOperation:
        return value


def _phrase(qualifier: str, number: str, unit: str, language: str) -> str:
    return " ".join(part for part in (_QUALIFIERS[Qualifier(qualifier)].in_language(language), number, unit) if part)
