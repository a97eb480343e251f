"""Numbers that texts quote: from facts, from what was published about a call, and counted from its projects."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import make_call, make_fact, make_home, make_organisation, make_project

from goliard.apps.content.queries.quotes import gather_quotes

pytestmark = pytest.mark.django_db
FACTS = [
    ("13000000", "over", "people", "mensen", "over 13\u00a0million people", "ruim 13\u00a0miljoen mensen"),
    ("600", "more-than", "agreements", "overeenkomsten", "more than 600 agreements", "meer dan 600 overeenkomsten"),
    ("25", "about", "percent", "procent", "about 25 percent", "ongeveer 25 procent"),
    ("2015", "since", "", "", "since 2015", "sinds 2015"),
    ("7.5", "", "on average", "gemiddeld", "7.5 on average", "7,5 gemiddeld"),
]


@pytest.mark.parametrize(("value", "qualifier", "unit_en", "unit_nl", "english", "dutch"), FACTS)
def test_facts(value: str, qualifier: str, unit_en: str, unit_nl: str, english: str, dutch: str) -> None:
    make_fact("a_fact", value, qualifier=qualifier, unit_en=unit_en, unit_nl=unit_nl)
    assert gather_quotes(["[[fact:a_fact]]"], language="en").values == {"fact:a_fact": english}
    assert gather_quotes(["[[fact:a_fact]]"], language="nl").values == {"fact:a_fact": dutch}


def test_a_call_is_counted_and_its_published_figures_are_quoted() -> None:
    make_home()
    call = make_call(2022, figures={"mobilities": 103})
    call.figures.create(measure="award-cents", value=45_000_000, qualifier="about", source="news")
    make_project(call=call, partners=[make_organisation(country="ET"), make_organisation(country="US")])
    make_project(call=call, partners=[make_organisation(country="ET")])
    texts = [
        "[[call:projects]] [[call:partners]] [[call:countries]] [[call:continents]] [[figure:mobilities]] [[figure:award-cents]] [[year]]"
    ]
    assert gather_quotes(texts, language="nl", call=call).values == {
        "call:projects": "2",
        "call:partners": "3",
        "call:countries": "2",
        "call:continents": "2",
        "figure:mobilities": "103",
        "figure:award-cents": "ongeveer €\u00a0450.000",
        "year": "2022",
    }


def test_without_a_call_nothing_is_quoted_of_one() -> None:
    assert gather_quotes(["[[call:projects]] [[year]]"], language="en").values == {}


def test_as_many_queries_for_many_facts_as_for_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        make_fact(f"f{number}", "1")
    for texts in (["[[fact:f0]]"], [f"[[fact:f{number}]]" for number in range(30)]):
        with django_assert_num_queries(1):
            gather_quotes(texts, language="en")
    with django_assert_num_queries(0):
        gather_quotes(["nothing quoted"], language="en")
