"""A visitor on the public site, in a real browser, with the demonstration university's data."""

from __future__ import annotations

import gzip

import pytest
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("university")]

PAGES = (
    "",
    "icm/",
    "icm/2022/",
    "icm/2022/?who=student",
    "icm/2018/",
    "icm/2022/ethiopia/",
    "icm/2022/south-africa/",
    "projects/",
    "projects/icm-2022-ethiopia/",
    "projects/jean-monnet-eutaxgov/",
    "partners/",
    "partners/?view=map",
    "partners/?q=nothing-at-all",
    "partners/fukushima-university/",
    "networks/",
    "networks/euniwell/",
    "networks/algant/",
    "erasmus/",
    "erasmus/ka1/",
    "erasmus/ka2/",
    "erasmus/priorities/",
    "news/",
    "news/erasmus-grant-2022/",
    "privacy/",
    "accessibility/",
    "data/",
    "api/",
    "documents/",
    "search/?q=ethiopia",
    "going-abroad/",
)
NARROW = {"viewport": {"width": 360, "height": 780}}
DARK = {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}}
WITHOUT_SCRIPT = {"java_script_enabled": False}


def barriers(visit: Visit, *, colours: bool = True) -> list[str]:
    """What axe finds on the open page."""
    found = violations(visit.page, colours=colours)
    return [f"{visit.path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_puts_up_a_barrier(visit: Visit, language: str) -> None:
    found = []
    for path in PAGES:
        visit.open(f"/{language}/{path}")
        found += barriers(visit, colours=language == "en")  # they are the same in both languages
        assert visit.page.locator("html").get_attribute("lang") == language
    assert found == []


@pytest.mark.parametrize("visit", [DARK], indirect=True)
def test_the_dark_style_puts_up_no_barrier(visit: Visit) -> None:
    found = []
    for path in ("", "icm/", "icm/2022/", "icm/2022/ethiopia/", "partners/", "networks/", "erasmus/ka2/"):
        visit.open(f"/en/{path}")
        found += barriers(visit)
    assert found == []


@pytest.mark.parametrize("visit", [NARROW], indirect=True)
def test_no_page_is_wider_than_a_telephone(visit: Visit) -> None:
    wide = []
    for path in PAGES:
        page = visit.open(f"/nl/{path}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_the_language_switch_stays_on_the_page(visit: Visit) -> None:
    for path in ("icm/2022/ethiopia/", "partners/?q=columbia&where=beyond", "news/erasmus-grant-2022/"):
        page = visit.open(f"/en/{path}")
        page.get_by_role("link", name="Nederlands").click()
        assert visit.path == f"/nl/{path}"
        page.get_by_role("link", name="English").click()
        assert visit.path == f"/en/{path}"


@pytest.mark.parametrize("visit", [WITHOUT_SCRIPT], indirect=True)
def test_dropdown_and_filter_work_without_script(visit: Visit) -> None:
    page = visit.open("/nl/icm/2022/")
    page.get_by_label("Ga naar een land").select_option("Ethiopië")
    page.get_by_role("button", name="Openen").click()
    assert visit.path == "/nl/icm/2022/ethiopia/"
    page = visit.open("/en/icm/2022/")
    page.get_by_label("Who travels").select_option("Students")
    page.get_by_role("button", name="Filter").click()
    assert page.locator("table.overview tbody th").count() == 10


def test_the_map_is_walked_by_keyboard(visit: Visit) -> None:
    page = visit.open("/en/icm/2022/")
    page.get_by_role("link", name="Skip the map, to the same as a table").focus()
    names = []
    for _step in range(13 + 17):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names[0] == "Armenia"
    assert names[12] == "United States"
    assert names[13].startswith("Byurakan Astrophysical Observatory")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/icm/2022/united-states/")


def test_who_only_reads_gets_no_cookie(visit: Visit) -> None:
    for path in ("", "icm/2022/", "partners/?q=japan", "privacy/"):
        visit.open(f"/nl/{path}")
    assert visit.page.context.cookies() == []


def test_the_call_page_with_its_map_moves_little(visit: Visit) -> None:
    sizes: dict[str, int] = {}
    visit.page.on("response", lambda response: sizes.update({response.url: len(gzip.compress(response.body(), 6))}))
    visit.open("/nl/icm/2022/")
    visit.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 4, "the page, its styles and its script"
    assert sum(sizes.values()) <= 150_000, sizes


def test_what_does_not_exist_says_so_in_both_languages(visit: Visit) -> None:
    for path, words in (("/nl/icm/1999/", "Deze pagina bestaat niet"), ("/en/icm/2022/atlantis/", "This page does not exist")):
        response = visit.page.goto(f"{visit.address}{path}")
        assert response is not None
        assert response.status == 404
        assert visit.page.get_by_role("heading", name=words).is_visible()
        assert barriers(visit) == []
    visit.complaints.clear()  # the browser notes every 404


@pytest.mark.parametrize(
    "visit", [{"viewport": {"width": 768, "height": 1000}}, {"viewport": {"width": 1440, "height": 900}}], indirect=True
)
def test_no_page_is_wider_than_its_window(visit: Visit) -> None:
    wide = [path for path in PAGES if visit.open(f"/en/{path}").evaluate("document.documentElement.scrollWidth > innerWidth")]
    assert wide == []
