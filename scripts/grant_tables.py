"""Turn the reference data of the rates into the tables that Goliard ships.

    python scripts/grant_tables.py ../shared/data/rules src/goliard/rules/grants/tables

Every choice that the data leave open is made here, once, with its reason; nothing is computed that no source supports.
A figure without a value becomes MISSING, so that the engine stops with its name.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from goliard.rules.grants.figures import CATALOGUE
from goliard.rules.grants.rows import CountryGroup, Figure, Region, Restriction, Rounding, TravelBand
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.grants.toml_dump import dump_table
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.money import RoundingMode
from goliard.rules.values.texts import Text

CALLS = [("KA107", year) for year in (2018, 2019, 2020)]
CALLS += [("KA171", year) for year in range(2022, 2027)]
CALLS += [("KA131", year) for year in range(2021, 2027)]

ISO = {"EL": "GR", "UK": "GB"}  # the programme's own codes -> ISO 3166
GULF = frozenset({"BH", "KW", "OM", "QA", "SA", "AE"})
REGION_NAMES_NL = {
    1: "Westelijke Balkan", 2: "Oostelijke buurlanden", 3: "Zuidelijk Middellandse Zeegebied", 4: "Russische Federatie", 5: "Azië",
    6: "Centraal-Azië", 7: "Midden-Oosten", 8: "Stille Oceaan", 9: "Afrika ten zuiden van de Sahara", 10: "Latijns-Amerika",
    11: "Caribisch gebied", 12: "Verenigde Staten en Canada", 13: "Europese ministaten",
    14: "Faeröer, Zwitserland, Verenigd Koninkrijk",
}  # fmt: skip
OLD_REGION_NAMES_NL = {
    1: "Westelijke Balkan", 2: "Oostelijk Partnerschap", 3: "Zuidelijk Middellandse Zeegebied", 4: "Russische Federatie",
    5: "Ministaten", 6: "Azië", 7: "Centraal-Azië", 8: "Latijns-Amerika", 9: "Iran, Irak, Jemen", 10: "Zuid-Afrika",
    11: "Afrika, Caribisch gebied en Stille Oceaan", 12: "Geïndustrialiseerd: Golfstaten", 13: "Overige geïndustrialiseerde landen",
    14: "Faeröer en Zwitserland",
}  # fmt: skip
OECD = "https://www.oecd.org/en/topics/sub-issues/oda-eligibility-and-conditions/dac-list-of-oda-recipients.html"

# In the aid instruments of 2014-20 but off the OECD list of aid recipients, or never on it: whether the Guide's table blocks them is open.
AID_UNSURE = frozenset({"CL", "UY", "SC", "AG", "BS", "BB", "TT", "KN", "CK", "NR", "PW"})


class Data:
    """The reference CSVs, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def covering(self, name: str, call: int) -> Iterator[dict[str, str]]:
        """The rows whose span of calls holds this call."""
        return (row for row in self.rows(name) if int(row["call_from"]) <= call <= int(row["call_to"]))


def status_of(text: str, value: str = "x") -> Status:
    """`V2 (KA131)` is V2; `V2-weak`, `V2 (weak: …)` are weak; nothing without a value is anything but MISSING."""
    if not value:
        return Status.MISSING
    if "weak" in text:
        return Status.V2_WEAK
    match = re.match(r"V1|V2|D|U", text)
    if match is None:
        raise ValueError(text)
    return Status(match.group())


def sources_of(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def figure(name: str, value: object, status: str, sources: str, note: str = "", **where: object) -> Figure:
    """Shorthand: `value` None or empty is MISSING; conditions as keyword arguments."""
    missing = value is None or value == ""
    return Figure(
        name=name,
        value=None if missing else Decimal(str(int(value) if isinstance(value, bool) else value)),
        unit=CATALOGUE[name].unit,
        status=Status.MISSING if missing else status_of(status),
        sources=sources_of(sources),
        where=tuple(sorted((dimension, str(word)) for dimension, word in where.items())),
        note=note,
    )


# countries


def groups(data: Data, action: str, call: int) -> Iterator[CountryGroup]:
    """Living-cost groups. Serbia was a partner country up to call 2018 (LEIPZ). 2026: the countries of 2025, their group MISSING."""
    known = call if call <= 2025 else 2025
    merged: dict[tuple[str, Status, str], set[str]] = defaultdict(set)
    for row in data.covering("country_groups", known):
        country = ISO.get(row["country_eu_code"], row["country_eu_code"])
        if (call, country) != (2018, "RS"):
            merged[row["living_cost_group"], status_of(row["status"]), row["sources"]].add(country)
    if call > 2025:
        countries = frozenset(country for names in merged.values() for country in names)
        yield CountryGroup(
            None, countries, Status.MISSING, ("ACA26",), "groups of this call not found; the countries are those of call 2025"
        )
        return
    for (group, status, sources), countries in sorted(merged.items()):
        yield CountryGroup(int(group), frozenset(countries), status, sources_of(sources))


def regions(data: Data, action: str) -> Iterator[Region]:
    if action == "KA107":
        yield from old_regions(data)
        return
    merged: dict[tuple[int, Status, str], set[str]] = defaultdict(set)
    names: dict[int, str] = {}
    for row in data.rows("regions_2022_2027"):
        merged[int(row["region"]), status_of(row["status"]), row["sources"]].add(row["iso2"])
        names[int(row["region"])] = row["region_name"]
    for (number, status, sources), countries in sorted(merged.items()):
        name = Text(nl=REGION_NAMES_NL[number], en=names[number])
        yield Region(number, name, frozenset(countries), number <= 12, status, sources_of(sources))


def old_regions(data: Data) -> Iterator[Region]:
    """Regions of 2014-20. Region 11 is cut off after ZM in the source: the rest are the countries that became regions 8, 9 and 11."""
    known: set[str] = set()
    for row in data.rows("regions_2014_2020"):
        number = int(row["region"])
        countries = frozenset(
            re.findall(r"\b[A-Z]{2}\b", re.sub(r"PI North America:|PI Asia-Pacific:|\(.*?\)", "", row["countries_known"]))
        )
        countries -= {"RS"}  # a programme country from call 2019; call 2018 adds it
        known |= countries
        name = Text(nl=OLD_REGION_NAMES_NL[number], en=row["name"])
        yield Region(
            number,
            name,
            countries,
            row["ka107_eligible"].startswith("yes") or number == 9,
            status_of(row["status"]),
            sources_of(row["sources"]),
        )
    later = {row["iso2"] for row in data.rows("regions_2022_2027") if row["region"] in {"8", "9", "11"}}
    name = Text(nl=OLD_REGION_NAMES_NL[11], en="African, Caribbean and Pacific")
    yield Region(11, name, frozenset(later - known), partner=True, status=Status.D, sources=("LEIPZ", "GH-REGIONS"))


def serbia_2018() -> Region:
    return Region(
        1, Text(nl=OLD_REGION_NAMES_NL[1], en="Western Balkans"), frozenset({"RS"}), partner=True, status=Status.V2, sources=("LEIPZ",)
    )


# amounts


def bands(data: Data, action: str, call: int) -> Iterator[TravelBand]:
    for row in data.covering("travel_bands", call):
        kilometres = f"{row['km_min']}-{row['km_max']} km" if row["km_max"] else f"{row['km_min']} km and more"
        sources, note = sources_of(row["sources"]), row["note"]

        def amount(column: str, status: str, value: str) -> Figure:
            number = Decimal(value) if value else None
            mark = status_of(status, value)
            return Figure(f"travel {column} {kilometres}", number, "EUR/participant", mark, sources, note=note)  # noqa: B023 (used at once)

        standard = amount("standard", row["status"], row["standard_eur"])
        green = None if not row["green_eur"] and call < 2026 else amount("green", row["green_status"], row["green_eur"])
        yield TravelBand(int(row["km_min"]), int(row["km_max"]) if row["km_max"] else None, standard, green)


def covers(span: str, call: int) -> bool:
    """Whether `2022`, `2018-2020`, `2021+2022 (AY 2022-23)` or `2024 or 2025` names the call. Academic years and undated pages: none."""
    if not re.match(r"20\d\d", span):
        return False
    span = re.sub(r"\(.*?\)", "", span)
    if match := re.fullmatch(r"(20\d\d)-(20\d\d)\s*", span):
        return int(match[1]) <= call <= int(match[2])
    return str(call) in re.findall(r"20\d\d", span)


def student_months(data: Data, action: str, call: int) -> Iterator[Figure]:
    if action == "KA131":
        yield from student_months_131(data, call)
        return
    for row in data.rows("student_monthly"):
        span = row["call"] == str(call) if action == "KA171" else row["call"] == "2018-2020"
        if row["action"] != action or not span:
            continue
        where = {"direction": row["direction"]} | ({"group": row["receiving_group"]} if row["direction"] == "incoming" else {})
        yield figure("student_month", row["eur_per_month"], row["status"], row["sources"], row["note"], **where)


def student_months_131(data: Data, call: int) -> Iterator[Figure]:
    """What agencies and institutions paid, by sending country; the Netherlands is MISSING until an officer adds the own amounts."""
    seen: set[tuple[str, str]] = set()
    for row in data.rows("student_monthly"):
        plain = (
            row["action"] == "KA131"
            and row["direction"] == "intra"
            and row["activity"] == "SMS"
            and re.fullmatch(r"[123]", row["receiving_group"])
        )
        fixed = re.fullmatch(r"\d+", row["eur_per_month"]) and "conflict" not in row["status"] and row["sources"] != "AGH21"
        key = (row["sending_country"], row["receiving_group"])
        if plain and fixed and covers(row["call"], call) and key not in seen:
            seen.add(key)
            yield figure(
                "student_month", row["eur_per_month"], row["status"], row["sources"], row["note"],
                area="programme", group=row["receiving_group"], sender=row["sending_country"],
            )  # fmt: skip
    note = "Leiden's amounts and a national table were not found; one Dutch university paid 360/300/240 (2022-23), 390/330/270 (2023-24)"
    yield figure("student_month", None, "", "TUD22; TUD23; TUD24", note, area="programme", sender="NL")
    if call <= 2025:
        status = "V2" if call == 2023 else "D"
        note = "to regions 1-12: seen for call 2023 (ES), calls 2024-25 (DE), and undated (NL)" if status == "D" else ""
        yield figure("student_month", 700, status, "MANRESA23; FAU; CARISSMA; RUN", note, area="partner")
    else:
        yield figure("student_month", None, "", "ACA26", "read the Programme Guide 2026", area="partner")


def staff_days(data: Data, action: str, call: int) -> Iterator[Figure]:
    if action == "KA131":
        yield from staff_days_131(data, call)
        return
    for row in data.rows("staff_daily"):
        name, _, direction = row["action"].partition(" ")
        if name == action and direction in {"incoming", "outgoing"} and covers(row["call"], call) and not _doubled(row):
            where = {"direction": direction} | ({"group": row["receiving_group"]} if direction == "incoming" else {})
            yield figure("staff_day", row["eur_per_day_1_14"], row["status"], row["sources"], row["note"], **where)
    if action == "KA171" and call == 2026:
        for where in ({"direction": "outgoing"}, *({"direction": "incoming", "group": group} for group in (1, 2, 3))):
            yield figure("staff_day", None, "", "ACA26", "not found; read the Programme Guide 2026", **where)


def _doubled(row: dict[str, str]) -> bool:
    """A second row for what another row says with a wider span."""
    return row["action"] == "KA107 outgoing" and row["call"] == "2018"


def staff_days_131(data: Data, call: int) -> Iterator[Figure]:
    """Amounts by sending country. The Dutch ones are those of two universities; without a date they are placed from call 2022 on."""
    for row in data.rows("staff_daily"):
        if row["action"] != "KA131" or not re.fullmatch(r"[123]", row["receiving_group"]):
            continue
        sender = row["kind"].split()[0]
        span = {"2022/23 (old groups) and 2024+ (new groups)": "2022-2025", "2024/2025": "2024-2025", "2024/25": "2024"}.get(
            row["call"], row["call"]
        )
        if covers(span, call):
            where = {"area": "programme", "group": row["receiving_group"], "sender": "NL" if sender == "NL" else sender}
            yield figure(
                "staff_day", row["eur_per_day_1_14"], row["status"], row["sources"], f"{row['kind']}; {row['note']}".rstrip("; "), **where
            )
    yield figure("staff_day", None, "", "", "no amount for staff of KA131 to regions 1-12 was found", area="partner")


def short_term(action: str, call: int) -> Iterator[Figure]:
    sources = ("AMH23; DAAD171; FAU" if call >= 2023 else "AGH21; CHEMN; CARISSMA") if call < 2026 else "ACA26"
    first, later = ((79, 56) if call >= 2023 else (70, 50)) if call < 2026 else (None, None)
    derived = action == "KA171" and call in {2022, 2023}
    status, note = ("D", "seen in KA131 of this call; KA171 has the same short-term rates in 2024-25") if derived else ("V2", "")
    yield figure("short_term_day_1_14", first, status, sources, note)
    yield figure("short_term_day_15_30", later, status, sources, note)


def top_ups(action: str, call: int) -> Iterator[Figure]:
    if call == 2026:
        for name in ("topup_fewer_opp_long", "topup_fewer_opp_short_5_14", "topup_fewer_opp_short_15_30"):
            yield figure(name, None, "", "ACA26", "read the Programme Guide 2026")
        yield figure("topup_traineeship_ka171" if action == "KA171" else "topup_traineeship_long", None, "", "ACA26")
        return
    note = "the form has the top-up (WIKI-171ACT); the amount stands on general pages and in KA131" if action == "KA171" else ""
    yield figure("topup_fewer_opp_long", 250, "D" if action == "KA171" else "V2", "WIKI-171ACT; BRUCK; INCLMOB; DAAD131; RU22", note)
    derived = action == "KA171" and call < 2024
    short_note = "seen in KA131, and in KA171 for calls 2024-25" if derived else ""
    short_sources = "DAAD171" if action == "KA171" and not derived else "AMH23; PANSIM22; DAAD171"
    yield figure("topup_fewer_opp_short_5_14", 100, "D" if derived else "V2", short_sources, short_note)
    yield figure("topup_fewer_opp_short_15_30", 150, "D" if derived else "V2", short_sources, short_note)
    missing_note = "whether the 150 of KA131 holds in regions 1-12 was not found; one university prints none (FAU)"
    if action == "KA171":
        yield figure("topup_traineeship_ka171", None, "", "FAU", missing_note)
    else:
        yield figure("topup_traineeship_long", 150, "V2", "KOZ; OPOLE23", area="programme")
        yield figure("topup_traineeship_long", None, "", "FAU", missing_note, area="partner")
    yield figure("topups_cumulate", value=True, status="V2", sources="KOZ; AMH23")
    if action == "KA131" and call <= 2023:
        yield figure("green_topup_one_off", 50, "V2", "RU22; WUR; AMH23; DAAD131; HFOEV", "for students who get no travel support")


def travel_rules(action: str, call: int) -> Iterator[Figure]:
    if action == "KA131" and call <= 2023:
        note = "outermost regions and overseas countries also get travel; a country code cannot tell them apart"
        yield figure("travel_for_students", value=False, status="V2", sources="UCTM21; AGH21", note=note)
        yield figure("travel_for_students", value=True, status="V2", sources="UCTM21; AGH21", area="partner")
        short = {"area": "programme", "length": "short", "fewer_opportunities": "yes"}
        yield figure("travel_for_students", value=True, status="V2", sources="UCTM21; AGH21", **short)
        for country in ("CY", "IS", "MT"):
            # four conditions, so that no other row fits as well
            for length in ("short", "long"):
                for fewer in ("yes", "no"):
                    where = {"area": "programme", "length": length, "fewer_opportunities": fewer, "sender": country}
                    yield figure("travel_for_students", value=True, status="V2", sources="UCTM21; AGH21", **where)
    elif action == "KA131":
        yield figure("travel_for_students", value=True, status="V1" if call == 2024 else "V2", sources="EC-24; OEAD171; UKW24")
    elif action == "KA171":
        yield figure("travel_for_students", value=True, status="V2", sources="DAAD171; YTU")
    else:
        yield figure("travel_for_students", value=True, status="V2", sources="IE18; EHU19")
    if call >= 2021:
        yield figure("standard_travel_days_max", 2, "V1" if call < 2026 else "U", "WIKI-TRAV; VU; ZUT171; AUTH")
        green, sources = (4, "STAZ; PWGREEN; FHJ; WUR") if call <= 2023 else (6, "WIKI-TRAV; UAVRO; UNIPO; USZ26")
        yield figure("green_travel_days_max", green, "V2", sources, "for the whole trip there and back")
    else:
        yield figure("standard_travel_days_max", 2, "U", "WIKI-TRAV", "the general rule is undated; nothing was seen for this call")


def expensive_travel(action: str, call: int) -> Iterator[Figure]:
    if action == "KA171":
        yield figure(
            "expensive_travel_allowed", value=False, status="V2", sources="GAFR25", note="seen in the participant agreement of 2025"
        )
    elif call < 2026:
        sources = "WIKI-EXP" if call <= 2020 else "WIKI-EXP; OEADYOUTH"
        yield figure("expensive_travel_allowed", value=True, status="V1" if call <= 2020 else "V2", sources=sources)
        yield figure("expensive_travel_trigger", 70, "V1" if call <= 2020 else "V2", sources)
        yield figure("expensive_travel_rate", 80, "V1" if call <= 2020 else "V2", sources)


def transfers(action: str, call: int) -> Iterator[Figure]:
    if action == "KA171" and call < 2026:
        yield figure("transfer_in_out_max", 40, "V1", "WIKI-171BT")
        yield figure("transfer_org_support_max", 50, "V1", "WIKI-171BT", "moved mobilities bring no extra organisational support")
        yield figure(
            "transfer_within_region", value=True, status="V1", sources="WIKI-171BT", note="within the awarded budget of the region"
        )
    elif action == "KA107":
        yield figure("transfer_in_out_max", 40, "V1", "WIKI-107BT")
        yield figure("transfer_org_support_max", 50, "V1", "WIKI-107BT")
        yield figure("transfer_to_exceptional_max", 10, "V1", "WIKI-107BT")


def organisation(data: Data, action: str, call: int) -> Iterator[Figure]:
    if action == "KA107":
        yield figure("org_support", 350, "V2-weak", "SIGNTEACH", "one page on all KA1 mobility that names higher education")
        yield figure("org_support_above", 200, "U", "", "not found on any page")
        yield figure("org_support_first_tier", 100, "U", "", "not found on any page")
    elif action == "KA171":
        note = "500 is remembered, not found on any page; that the support exists: WIKI-171BT, OEAD171"
        yield figure("org_support", 500 if call < 2026 else None, "U", "WIKI-171BT; OEAD171", note)
    elif call == 2024:
        yield figure("org_support", 400, "V1", "WIKI-ORG; WIKI-ORG2", "zero-grant mobilities count")
        yield figure("org_support_above", 230, "V1", "WIKI-ORG; WIKI-ORG2")
        yield figure("org_support_first_tier", 100, "V1", "WIKI-ORG; WIKI-ORG2")
    else:
        yield figure("org_support", None, "", "", "only call 2024 was seen (400 up to 100 participants, 230 above)")
    if action != "KA107":
        amount = {2021: 100, 2022: 100, 2023: 100, 2024: 125}.get(call)
        seen = "WIKI-INC; WIKI-INC2" if call == 2024 else "IKYINC"
        note = "per participant with real-cost inclusion support; in KA171 the amount stays outside the grant of the mobility"
        yield figure("inclusion_support_org", amount, "V1" if call == 2024 else "V2", seen, note)
        yield figure("inclusion_support_participant", 100 if call < 2026 else None, "V2", "IKYINC")


def limits(action: str, call: int) -> Iterator[Figure]:
    if action == "KA107":
        yield figure("student_long_days_min", 90, "V2", "LEI-ICM", "3 months", activity="studies")
        yield figure("student_long_days_min", 60, "V2", "LEI-ICM", "2 months", activity="traineeship")
    else:
        yield figure("student_long_days_min", 60, "V2", "NL131", "2 months")
        yield figure("student_short_days_min", 5, "V2", "NL131")
        yield figure("student_short_days_max", 30, "V2", "NL131")
    yield figure("cap_months_per_cycle", 12, "V2", "UU; RU22", "studies and traineeships together")
    if action == "KA131":
        yield figure("staff_days_min", 2, "V2", "EVTOS")
        yield figure("staff_days_min", 5, "V2", "EVTOS", "with a third country", third_country="yes")
        yield figure("staff_days_min", 1, "V2", "EVTOS", "invited staff of enterprises", direction="incoming", third_country="no")
    else:
        yield figure("staff_days_min", 5, "V2", "EVTOS; LEI-ICM")
    yield figure("staff_days_max", 60, "V2", "EVTOS; LEI-ICM")
    yield figure("teaching_hours_min", 8, "V2", "EVTOS")
    yield figure("teaching_hours_with_training", 4, "V2", "EVTOS")
    yield figure("teaching_week_days", 7, "U", "", "into how many days a week is divided for an incomplete week was not seen")


def payment(call: int) -> Iterator[Figure]:
    agency = (65, "UHR1820") if call <= 2020 else (80, "UHR2127")
    if call < 2026:
        yield figure("na_to_hei_first_payment", agency[0], "V2", agency[1], "seen at the Swedish agency")
    if 2021 <= call <= 2025:
        yield figure("first_instalment_min", 70, "V2", "LAWINS; GAFR25; TUD24")
        yield figure("first_instalment_max", 100, "V2", "LAWINS; GAFR25")
        yield figure("first_instalment_days", 30, "V2", "LAWINS; GAFR25", "calendar days after signature, or at the start")
        yield figure("balance_days", 45, "V2", "LAWINS; GAFR25", "calendar days after the EU survey")
        yield figure("shorter_stay_tolerance", 5, "V2-weak", "programme-rules 2.1 (Orebro)", "a stay up to 5 days shorter keeps its amount")


def general(action: str) -> Iterator[Figure]:
    yield figure(
        "between_programme_countries",
        value=action == "KA131",
        status="V2",
        sources="NL131; EUPA" if action == "KA131" else "PG22-124; LEI-ICM",
    )
    yield figure("month_days", 30, "V1", "WIKI-DUR")
    yield figure("staff_full_days", 14, "V2", "OPOLE24; SIENA; TUKE")
    yield figure("staff_day_15_factor", 70, "V2", "OPOLE24; SIENA; TUKE")


def roundings(action: str, call: int) -> Iterator[Rounding]:
    note = "amounts are printed with two decimals (700/30 = 23.33); the official rounding is not known"
    yield Rounding("line", "cent", RoundingMode.HALF_UP, Status.V2, ("FAU", "RU22"), note=note)
    yield Rounding(
        "reduced_day_rate", "exact", RoundingMode.HALF_UP, Status.V2, ("TUKE", "YTU"), note="70 % is multiplied out, not rounded"
    )
    if (action, call) == ("KA131", 2024):
        cut = "148 x 70 % is printed as 103: the rate from day 15 is cut to whole euros"
        yield Rounding("reduced_day_rate", "euro", RoundingMode.DOWN, Status.V2, ("OPOLE24",), sender="PL", note=cut)
    gap = "the sources leave the gaps between bands open (499.6 km): the distance is cut to whole kilometres"
    yield Rounding("distance", "km", RoundingMode.DOWN, Status.U, (), note=gap)


# who may go where


def restrictions(data: Data, action: str, call: int) -> Iterator[Restriction]:
    if action == "KA107":
        yield from restrictions_107(data, call)
    elif action == "KA171":
        yield from restrictions_171(data, call)
    else:
        yield from restrictions_131(data)


def restrictions_107(data: Data, call: int) -> Iterator[Restriction]:
    countries = {region.number: region.countries for region in old_regions(data) if region.status is not Status.D}
    rest_of_acp = next(region.countries for region in old_regions(data) if region.status is Status.D)
    dci = Text(
        nl="uit ontwikkelingsgeld (DCI) mogen alleen promovendi en medewerkers uitgaan",
        en="money of the development instrument (DCI) sends out only doctoral candidates and staff",
    )
    taught = frozenset({"short", "first", "second"})
    for number, sources in ((6, "DAAD16; BOKU16"), (7, "DAAD16; BOKU16"), (8, "DAAD16; DAAD107-17; BOKU16"), (10, "DAAD16")):
        yield Restriction(
            f"outgoing_dci_region_{number}", dci, Status.V2, sources_of(sources), "outgoing", "student", taught, countries=countries[number]
        )
    unsure = Text(
        nl="of bachelor- en masterstudenten hierheen mogen, is voor deze call niet nagegaan",
        en="whether bachelor and master students may go there was not verified for this call",
    )
    yield Restriction("outgoing_region_9", unsure, Status.U, ("DAAD107-17",), "outgoing", "student", taught, countries=countries[9])
    acp = countries[11] | rest_of_acp
    yield Restriction("outgoing_acp", unsure, Status.U, ("DAAD16",), "outgoing", "student", taught, countries=acp)
    if call in {2018, 2019}:
        window = frozenset(["BF", "CI", "CM", "GH", "GM", "GN", "ML", "MR", "NE", "NG", "SN", "TD"])
        note = Text(
            nl="het West-Afrikavenster betaalt geen uitgaande studenten en van medewerkers alleen training: ga na welk budget betaalt",
            en="the West Africa window pays no outgoing students, and of staff only training: check which envelope pays",
        )
        for who, activities in (("student", frozenset()), ("staff", frozenset({"teaching"}))):
            yield Restriction(
                f"outgoing_west_africa_{who}", note, Status.U, ("DAADWA",), "outgoing", who, frozenset(), activities, countries=window
            )


def restrictions_131(data: Data) -> Iterator[Restriction]:
    """KA131 sends; only invited staff of enterprises come in, and not from the regions of the international strand."""
    sends = Text(nl="KA131 betaalt alleen uitgaande studenten", en="KA131 pays outgoing students only")
    yield Restriction("ka131_students_outgoing", sends, Status.V2, ("NL131", "EUPA", "DIKU131I"), "incoming", "student")
    partners = frozenset(row["iso2"] for row in data.rows("regions_2022_2027") if int(row["region"]) <= 12)
    because = Text(nl="met regio 1-12 betaalt KA131 alleen uitgaande mobiliteit", en="with regions 1-12 KA131 pays outgoing mobility only")
    yield Restriction("ka131_international_outgoing", because, Status.V2, ("NL131", "DIKU131I"), "incoming", countries=partners)


def restrictions_171(data: Data, call: int) -> Iterator[Restriction]:
    rows = data.rows("regions_2022_2027")
    instruments = {row["region"]: row["instrument"] for row in data.rows("regions_2014_2020")}
    aided_before = frozenset().union(
        *(region.countries for region in old_regions(data) if instruments[str(region.number)] in {"DCI", "EDF"})
    )
    wealthy = {row["iso2"] for row in rows if row["high_income_in_region"] == "yes"}
    near = frozenset(row["iso2"] for row in rows if row["region"] in {"1", "2", "3"})
    partners = frozenset(row["iso2"] for row in rows if int(row["region"]) <= 12)
    aided = (aided_before & partners) - wealthy - AID_UNSURE
    taught, short = frozenset({"first", "second"}), frozenset({"short"})
    unsure = Text(
        nl="of deze studenten hierheen mogen, staat in een tabel van de programmagids die niet is gezien: vraag het na",
        en="whether these students may go there stands in a table of the Programme Guide that was not seen: ask",
    )
    if call <= 2024:
        # That the rule exists is V2; on which countries it falls stands in a list that was not seen. So the row is U: it warns. An officer
        # who has read the Guide's table sets the countries and the status, and from then on the engine refuses.
        because = Text(
            nl="geen bachelor- en masterstudenten naar landen die ontwikkelingshulp kunnen ontvangen; de lijst is niet gezien: vraag na",
            en="no bachelor or master students to countries that can receive development aid; the list of countries was not seen: ask",
        )
        sources = ("HKDIR171", "EPLUSNO171", OECD)
        yield Restriction("outgoing_development_aid", because, Status.U, sources, "outgoing", "student", taught, countries=aided)
        yield Restriction("outgoing_development_aid_short", unsure, Status.U, (), "outgoing", "student", short, countries=aided)
        yield Restriction("outgoing_regions_1_to_3", unsure, Status.U, ("HKDIR171",), "outgoing", "student", taught | short, countries=near)
        others = partners - aided - near - wealthy
        yield Restriction(
            "outgoing_aid_unsure", unsure, Status.U, ("HKDIR171", OECD), "outgoing", "student", taught | short, countries=others
        )
    else:
        russia = frozenset({"RU"}) if call == 2025 else frozenset()
        others = partners - wealthy - russia
        yield Restriction("outgoing_development_aid", unsure, Status.U, (), "outgoing", "student", taught | short, countries=others)
    russia_because = Text(nl="met Rusland alleen inkomende studenten", en="with Russia only incoming students")
    if call == 2025:
        yield Restriction("russia_outgoing", russia_because, Status.V2, ("DAAD171",), "outgoing", countries=frozenset({"RU"}))
        yield Restriction(
            "russia_incoming_staff", russia_because, Status.V2, ("DAAD171",), "incoming", "staff", countries=frozenset({"RU"})
        )


def build(data: Data, action: str, call: int) -> Table:
    shorts = [] if action == "KA107" else [*short_term(action, call), *top_ups(action, call)]
    return Table(
        action=action,
        call=call,
        note="made from the reference data; statuses: V1 official text seen, V2 secondary page seen, D derived, U not verified",
        roundings=tuple(roundings(action, call)),
        groups=tuple(groups(data, action, call)),
        regions=(*regions(data, action), *([serbia_2018()] if (action, call) == ("KA107", 2018) else [])),
        travel_bands=tuple(bands(data, action, call)),
        figures=(
            *general(action),
            *student_months(data, action, call),
            *staff_days(data, action, call),
            *shorts,
            *travel_rules(action, call),
            *expensive_travel(action, call),
            *organisation(data, action, call),
            *limits(action, call),
            *payment(call),
            *transfers(action, call),
        ),
        restrictions=tuple(restrictions(data, action, call)),
    )


def main(source: Path, target: Path) -> None:
    for action, call in CALLS:
        text = dump_table(build(Data(source), action, call))
        assert dump_table(parse_table(text)) == text
        (target / f"{action.lower()}-{call}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
