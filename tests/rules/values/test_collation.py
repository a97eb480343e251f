"""Alphabetical order: what an atlas or a dictionary in either language does."""

import pytest

from goliard.rules.values.collation import sort_key

ORDERS = {
    "Dutch names of countries": [
        "Armenië",
        "België",
        "Çad",
        "Ethiopië",
        "Hongarije",
        "Ierland",
        "IJsland",
        "India",
        "Verenigde Staten",
        "Zuid-Afrika",
    ],
    "English names of countries": ["Åland Islands", "Albania", "Côte d’Ivoire", "Croatia", "Nigeria", "South Africa", "United States"],
    "an accent decides only where the letters are the same": ["resume", "resumé", "résumé", "resumes"],
    "small letters before capitals": ["leiden", "Leiden", "LEIDEN"],
    "a blank before a hyphen before digits before letters": ["Sao Tome", "Sao-Tome", "Sao1", "Saob"],
    "letters that do not decompose": ["Lodz", "Łódź", "Lund", "Østfold", "Paris"],
    "a ligature is its letters": ["Ierland", "Ĳsland", "India"],
    "other scripts come after": ["Zwolle", "Ереван", "アディス"],
}


@pytest.mark.parametrize("names", ORDERS.values(), ids=ORDERS)
def test_order(names: list[str]) -> None:
    assert sorted(set(names), key=sort_key) == names


def test_blanks_around_a_name_do_not_matter() -> None:
    assert sort_key("  Chad ")[:3] == sort_key("Chad")[:3]


def test_a_text_may_be_empty() -> None:
    assert sorted(["a", ""], key=sort_key) == ["", "a"]
