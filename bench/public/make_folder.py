"""Write a folder of N partner organisations and M projects for measuring: `python bench/public/make_folder.py FOLDER 6000 5000`.

Every name is visibly fictional, and the same numbers always give the same folder. Load it after the reference data (`goliard prepare`). It
brings a home institution along; with `--home KEY` it uses the one that the database has.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from goliard.apps.transfer.csv_files import render_sheet

# outside the programme in every year of the calls, so that each may stand in a project for International Credit Mobility
COUNTRIES = [
    "AM",
    "AR",
    "AU",
    "BR",
    "CA",
    "CL",
    "CN",
    "CO",
    "CU",
    "EG",
    "ET",
    "GE",
    "GH",
    "ID",
    "IL",
    "IN",
    "JP",
    "KE",
    "KR",
    "LB",
    "MA",
    "MX",
    "NG",
    "NZ",
    "PE",
    "PH",
    "RW",
    "SN",
    "TN",
    "TZ",
    "UG",
    "US",
    "UY",
    "VN",
    "ZA",
    "ZM",
]
PLACES = [
    "Aldermoor",
    "Brindlewick",
    "Carrowmere",
    "Dunhollow",
    "Eastmarch",
    "Fernvale",
    "Glimmerford",
    "Harrowgate",
    "Inkwell",
    "Juniper",
    "Kestrel",
    "Larkspur",
]
KINDS = ("University", "Polytechnic", "Institute of Technology", "College of Arts", "Academy of Sciences")
SUBJECTS = ["Astronomy", "Law", "Medicine", "Mathematics", "History", "Pharmacy", "Linguistics", "Archaeology", "Governance", "Ecology"]
YEARS = range(2015, 2023)
HOME, AGENCY = "imaginary-home-university", "imaginary-national-agency"
SEED = 20221006
ORGANISATION = "key name_en name_nl country lat lon kind is_home city is_illustrative"
CALL = "key action year title_en title_nl state funder funder_role is_public"
PROJECT = (
    "key call state is_historical title_en title_nl country first_year last_year lay_summary_en lay_summary_nl is_illustrative home_units"
)


def write_folder(folder: Path, *, organisations: int, projects: int, home: str = "") -> None:
    """Write the folder; `home` is the key of a home institution that the database has already, "" to bring one along."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    partners = [_organisation(number, chance) for number in range(organisations)]
    own = [(AGENCY, "Imaginary National Agency", "Denkbeeldig Nationaal Agentschap", "NL", "", "", "national-agency", "no", "", "yes")]
    if not home:
        own.append(
            (HOME, "Imaginary Home University", "Denkbeeldige Thuisuniversiteit", "NL", "52.16", "4.49", "hei", "yes", "Leiden", "yes")
        )
    _write(folder, "organisations", ORGANISATION, [*own, *partners])
    units = [
        (f"imaginary-unit-{each}", f"Imaginary Faculty {each}", f"Denkbeeldige faculteit {each}", home or HOME, "faculty")
        for each in range(10)
    ]
    _write(folder, "units", "key name_en name_nl organisation kind", units)
    _write_funding(folder)
    _write_projects(folder, [(row[0], row[3]) for row in partners], projects, [unit[0] for unit in units], chance)


def _organisation(number: int, chance: random.Random) -> tuple[str, ...]:
    place = PLACES[number % len(PLACES)]
    name = f"Imaginary {KINDS[number % len(KINDS)]} of {place} {number}"
    latitude, longitude = f"{chance.uniform(-55, 65):.4f}", f"{chance.uniform(-175, 175):.4f}"
    country = COUNTRIES[number % len(COUNTRIES)]
    return f"imaginary-{number:05}", name, f"{name} (denkbeeldig)", country, latitude, longitude, "hei", "no", place, "yes"


def _write_funding(folder: Path) -> None:
    _write(
        folder, "programmes", "key title_en title_nl first_year", [("imaginary", "Imaginary programme", "Denkbeeldig programma", "2014")]
    )
    action = ("imaginary-icm", "imaginary", "ICM", "Imaginary credit mobility", "Denkbeeldige mobiliteit", "mobility", "icm", "36")
    _write(folder, "actions", "key programme code title_en title_nl kind track project_months", [action])
    calls = []
    for year in YEARS:
        titles = f"Imaginary call {year}", f"Denkbeeldige call {year}"
        calls.append((f"imaginary-{year}", "imaginary-icm", str(year), *titles, "decided", AGENCY, "national-agency", "yes"))
    _write(folder, "calls", CALL, calls)


def _write_projects(folder: Path, partners: Sequence[tuple[str, str]], number: int, units: Sequence[str], chance: random.Random) -> None:
    rows, sides, stays = [], [], []
    for each in range(number):
        key, year, subject = f"imaginary-project-{each:05}", YEARS[each % len(YEARS)], SUBJECTS[each % len(SUBJECTS)]
        partner, country = partners[each % len(partners)]
        titles = f"Imaginary {subject} {each}", f"Denkbeeldige {subject} {each}"
        summaries = f"Invented, about {subject.lower()}, only for measuring.", f"Verzonnen, over {subject.lower()}, alleen om te meten."
        period = str(year), str(year + 3)
        rows.append((key, f"imaginary-{year}", "published", "yes", *titles, country, *period, *summaries, "yes", chance.choice(units)))
        sides.append((key, partner, "1"))
        second = partners[(each + len(COUNTRIES)) % len(partners)][0]  # of the same country
        if each % 3 == 0 and second != partner:
            sides.append((key, second, "2"))
        stays.append((key, "student" if each % 2 else "staff", "incoming" if each % 4 < 2 else "outgoing"))
    _write(folder, "projects", PROJECT, rows)
    _write(folder, "project_partners", "project organisation position", sides)
    _write(folder, "project_mobilities", "project participant direction", stays)


def _write(folder: Path, name: str, heading: str, rows: Iterable[Sequence[str]]) -> None:
    (folder / f"{name}.csv").write_bytes(render_sheet(heading.split(), rows))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("organisations", type=int)
    parser.add_argument("projects", type=int)
    parser.add_argument("--home", default="")
    given = parser.parse_args()
    write_folder(given.folder, organisations=given.organisations, projects=given.projects, home=given.home)


if __name__ == "__main__":
    main()
