"""Addresses that nobody means: they find nothing, or say that nothing is there; none breaks the site."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.exchange import make_call_of_2022

pytestmark = pytest.mark.django_db
ODD = (
    "%00",
    "%ff%fe",
    "%27%20OR%201%3D1--",
    "%25%25%25",
    "9" * 400,
    "%F0%9F%98%80",
    "-1",
    "%5B%5Bfact%3Ax%5D%5D",
    "<script>alert(1)</script>",
)
FIELDS = (
    "partners/?q=",
    "partners/?country=",
    "partners/?kind=",
    "partners/?where=",
    "partners/?view=map&where=",
    "partners/?page=",
    "projects/?q=",
    "projects/?year=",
    "projects/?page=",
    "icm/2022/?country=",
    "icm/2022/?unit=",
    "icm/2022/?who=",
    "networks/?purpose=",
    "news/?page=",
    "search/?q=",
)


@pytest.mark.parametrize("field", FIELDS)
def test_odd_words_find_nothing_or_everything(client: Client, field: str) -> None:
    make_call_of_2022()
    for odd in ODD:
        response = client.get(f"/nl/{field}{odd}")
        assert response.status_code == 200, odd
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("odd", ODD)
def test_odd_paths_are_not_found(client: Client, odd: str) -> None:
    make_call_of_2022()
    for path in (
        f"{odd}/",
        f"icm/{odd}/",
        f"icm/2022/{odd}/",
        f"partners/{odd}/",
        f"projects/{odd}/",
        f"news/{odd}/",
        f"icm/2022/?go={odd}",
    ):
        assert client.get(f"/en/{path}").status_code == 404, path


@pytest.mark.parametrize("path", ["", "icm/", "icm/2022/", "partners/", "erasmus/", "networks/", "news/", "data/", "search/?q=a"])
def test_an_empty_house_stands(client: Client, path: str) -> None:
    """Before any data are loaded: pages or 404, never a failure."""
    assert client.get(f"/nl/{path}").status_code in {200, 404}


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("nl", "nl"), ("nl-BE,nl;q=0.9,en;q=0.5", "nl"), ("en-GB", "en"), ("fr, nl;q=0.5", "nl"), ("de", "en"), (";;;q=x", "en"), ("", "en")],
)
def test_the_root_follows_the_language_of_the_browser(client: Client, wanted: str, language: str) -> None:
    answer = client.get("/", headers={"accept-language": wanted})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["Vary"]
