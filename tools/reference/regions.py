#!/usr/bin/env python3
"""Write `regions.csv` and `country_statuses.csv` of the reference data: `regions.py RULES_FOLDER COUNTRIES_CSV OUTPUT_FOLDER`.

RULES_FOLDER holds the rule data of the programme as it was read from its sources (`regions_2014_2020.csv`, `regions_2022_2027.csv`,
`country_groups.csv`). Each row keeps the status and the sources of what it was made from; what no source in that folder says is
marked U and "background knowledge" here, and countries of which nothing is known get no row.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path

BACKGROUND = "background knowledge"
OF_EU_CODE = {"EL": "GR", "UK": "GB"}

NAMES = {  # English → Dutch
    "Western Balkans": "Westelijke Balkan",
    "Eastern Partnership": "Oostelijk Partnerschap",
    "Neighbourhood East": "Oostelijk nabuurschap",
    "South-Mediterranean": "Zuidelijk Middellandse Zeegebied",
    "Russian Federation": "Russische Federatie",
    "European microstates": "Europese microstaten",
    "Microstates": "Microstaten",
    "Asia": "Azië",
    "Central Asia": "Centraal-Azië",
    "Middle East": "Midden-Oosten",
    "Pacific": "Stille Oceaan",
    "Sub-Saharan Africa": "Afrika bezuiden de Sahara",
    "Latin America": "Latijns-Amerika",
    "Caribbean": "Caribisch gebied",
    "US and Canada": "Verenigde Staten en Canada",
    "Faroe Islands, Switzerland, United Kingdom": "Faeröer, Zwitserland, Verenigd Koninkrijk",
    "Iran, Iraq, Yemen": "Iran, Irak, Jemen",
    "South Africa": "Zuid-Afrika",
    "African, Caribbean and Pacific": "Afrika, Caribisch gebied en Stille Oceaan (ACS)",
    "Industrialised: Gulf Cooperation": "Geïndustrialiseerde landen: Golfstaten",
    "Other industrialised": "Overige geïndustrialiseerde landen",
    "Faroe Islands, Switzerland": "Faeröer, Zwitserland",
}

# In 2021 the microstates were region 5, and the international part of KA131 served "regions 1-4 and 6-13" (EUC): so regions 5-12 of the
# later numbering were 6-13 in that year. Only the microstates' number is printed by a source; the others follow from it.
NUMBER_IN_2021 = {**{n: n for n in (1, 2, 3, 4, 14)}, **{n: n + 1 for n in range(5, 13)}, 13: 5}

# The source's copy of the ACP list (region 11 of 2014-2020) breaks off after Zambia: these are the ACP states that it does not give.
ACP_CUT_OFF = ["CD", "CF", "NE", "SR", "SZ", "TG", "TL", "TO", "TT", "TV", "TZ", "UG", "VU", "ZW"]
EU_2014 = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GB",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
OTHER_PROGRAMME_2014 = ["IS", "LI", "MK", "NO", "TR"]


@dataclass(frozen=True, slots=True, order=True)
class Status:
    """One row of `country_statuses.csv`."""

    country: str
    valid_from: str
    valid_until: str
    status: str
    region: str
    verification_status: str
    source: str


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of one file of rule data."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def weaker(status: str) -> str:
    """The weaker of two verification statuses: what was partly read from a secondary page counts as such."""
    return max(status.split(";"))


def regions_of_2014(rules: Path) -> tuple[list[list[str]], list[Status]]:
    """Regions 1-14 of Erasmus+ 2014-2020 and the partner countries in them."""
    regions, statuses = [], []
    for row in rows(rules / "regions_2014_2020.csv"):
        key, number, source = f"r2014-{row['region']}", int(row["region"]), row["sources"]
        name = row["name"].partition(":")[0] if number == 13 else row["name"]
        regions.append([key, "2014-2020", number, name, NAMES[name], "2014-01-01", "2020-12-31", weaker(row["status"]), source])
        known = re.sub(r"\(.*?\)|PI [^:]*:", " ", row["countries_known"])
        for iso2 in re.findall(r"\b[A-Z]{2}\b", known):
            until = "2018-12-31" if iso2 == "RS" else "2020-12-31"
            statuses.append(Status(iso2, "2014-01-01", until, "partner", key, weaker(row["status"]), source))
    statuses += [Status(c, "2014-01-01", "2020-12-31", "partner", "r2014-11", "U", BACKGROUND) for c in ACP_CUT_OFF]
    return regions, statuses


def regions_of_2021(rules: Path) -> tuple[list[list[str]], list[Status]]:
    """The regions of 2021 and of 2022-2027 (numbers differ, countries do not) and the partner countries in them."""
    seen: dict[int, str] = {}
    statuses = []
    for row in rows(rules / "regions_2022_2027.csv"):
        iso2, number = row["iso2"], int(row["region"])
        seen[number] = row["region_name"]
        in_2021 = f"r2021-{NUMBER_IN_2021[number]}"
        statuses.append(Status(iso2, "2021-01-01", "2021-12-31", "partner", in_2021, "D", f"{row['sources']};EUC;UCTM21"))
        until = "2026-12-31" if iso2 in {"CH", "GB"} else "2027-12-31"
        statuses.append(Status(iso2, "2022-01-01", until, "partner", f"r2022-{number}", row["status"], row["sources"]))
        if iso2 in {"CH", "GB"}:
            why = f"{BACKGROUND}: association from 2027 was announced; check before use"
            statuses.append(Status(iso2, "2027-01-01", "2027-12-31", "partner", f"r2022-{number}", "U", why))
    regions = []
    for number, name in seen.items():
        in_2021 = NUMBER_IN_2021[number]
        status, source = ("V2", "EUC;UCTM21") if in_2021 == 5 else ("D", "GH-REGIONS;EUC;UCTM21")
        regions.append([f"r2021-{in_2021}", "2021-2027", in_2021, name, NAMES[name], "2021-01-01", "2021-12-31", status, source])
        status = "V1" if number == 1 else "V2"
        regions.append([f"r2022-{number}", "2021-2027", number, name, NAMES[name], "2022-01-01", "2027-12-31", status, "GH-REGIONS"])
    return sorted(regions, key=lambda r: (r[5], r[2])), statuses


def programme_countries(rules: Path) -> list[Status]:
    """Who was a programme country when: the cost-of-living groups of each call list them from 2018 on."""
    statuses = [Status(c, "2014-01-01", "2017-12-31", "programme", "", "U", BACKGROUND) for c in [*EU_2014, *OTHER_PROGRAMME_2014]]
    by_call: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for row in rows(rules / "country_groups.csv"):
        iso2 = OF_EU_CODE.get(row["country_eu_code"], row["country_eu_code"])
        by_call.setdefault((row["call_from"], row["call_to"]), {})[iso2] = (row["status"], row["sources"])
    groups_also_list = {"FO", "CH", "AD", "MC", "SM", "VA"}  # regions 13 and 14: partner countries with a cost group of their own
    for (first, last), members in by_call.items():
        for iso2, (status, source) in members.items():
            if iso2 in groups_also_list or (iso2 == "GB" and first != "2018"):
                continue
            start = "2019-01-01" if iso2 == "RS" and first == "2018" else f"{first}-01-01"
            statuses.append(Status(iso2, start, f"{last}-12-31", "programme", "", status, source))
            if last == "2025":
                statuses.append(Status(iso2, "2026-01-01", "2027-12-31", "programme", "", "U", BACKGROUND))
    return statuses


def main() -> None:
    """Read the rule data and write both files."""
    rules, countries, output = (Path(argument) for argument in sys.argv[1:4])
    known = {row["iso2"] for row in rows(countries)}
    regions_2014, statuses_2014 = regions_of_2014(rules)
    regions_2021, statuses_2021 = regions_of_2021(rules)
    statuses = sorted({*statuses_2014, *statuses_2021, *programme_countries(rules)})
    unknown = {status.country for status in statuses} - known
    if unknown:
        sys.exit(f"not in {countries}: {sorted(unknown)}")
    with (output / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["key", "programme_period", "number", "name_en", "name_nl", "valid_from", "valid_until", "status", "source"])
        writer.writerows([*regions_2014, *regions_2021])
    with (output / "country_statuses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "valid_from", "valid_until", "status", "region", "verification_status", "source"])
        writer.writerows([s.country, s.valid_from, s.valid_until, s.status, s.region, s.verification_status, s.source] for s in statuses)


if __name__ == "__main__":
    main()
