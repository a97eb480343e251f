"""Write src/goliard/demo/agreements: 620 invented agreements with invented institutions in real countries.

Nothing in it can be mistaken for a real institution: every name begins with “Fictional”, every key with `fictional-`, places are made of
syllables, no institution has a code of any network, and all of it is marked as illustrative. The same seed writes the same bytes.

    python tools/demo_agreements.py [FOLDER]
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

FOLDER = Path(__file__).resolve().parents[1] / "src" / "goliard" / "demo" / "agreements"
SEED = 1575
AGREEMENTS, INSTITUTIONS = 620, 470
HOME = "leiden-university"
SOURCE = "invented for the demonstration"
# how many institutions a country gets, relative to the others; its languages of instruction
PROGRAMME = {
    "DE": (14, "de"), "FR": (13, "fr"), "ES": (13, "es"), "IT": (13, "it"), "PL": (8, "pl"), "BE": (7, "nl fr"), "SE": (7, "sv"),
    "FI": (6, "fi"),
    "DK": (6, "da"), "NO": (6, "no"), "PT": (6, "pt"), "AT": (6, "de"), "CZ": (6, "cs"), "IE": (5, "en"), "GR": (5, "el"), "HU": (5, "hu"),
    "TR": (6, "tr"), "RO": (3, "ro"), "EE": (3, "et"), "LT": (3, "lt"), "LV": (2, "lv"), "HR": (3, "hr"), "SI": (3, "sl"), "SK": (2, "sk"),
    "BG": (2, "bg"), "IS": (2, "is"), "CY": (1, "el"), "MT": (1, "en"), "LU": (1, "fr"), "RS": (2, "sr"), "MK": (1, "mk"),
}  # fmt: skip
WORLD = {
    "US": (11, "en"), "GB": (10, "en"), "CA": (8, "en fr"), "AU": (8, "en"), "JP": (8, "ja"), "CN": (8, "zh"), "KR": (7, "ko"),
    "CH": (5, "de fr"),
    "SG": (2, "en"), "HK": (2, "en"), "TW": (3, "zh"), "NZ": (3, "en"), "ID": (4, "id"), "IN": (3, "en"), "BR": (4, "pt"), "MX": (3, "es"),
    "AR": (3, "es"), "CL": (3, "es"), "CO": (2, "es"), "PE": (1, "es"), "UY": (1, "es"), "ZA": (4, "en"), "MA": (2, "fr"), "EG": (1, "ar"),
    "GH": (1, "en"), "KE": (1, "en"), "TZ": (1, "en"), "ET": (1, "en"), "SN": (1, "fr"), "SR": (1, "nl"), "CW": (1, "nl"), "IL": (2, "he"),
    "JO": (1, "ar"), "LB": (1, "ar"), "TH": (2, "th"), "VN": (1, "vi"), "MY": (2, "ms"), "PH": (1, "en"), "KZ": (1, "kk"), "GE": (1, "ka"),
    "AM": (1, "hy"), "UA": (2, "uk"), "AL": (1, "sq"), "BA": (1, "bs"), "ME": (1, "sr"),
}  # fmt: skip
SOUTHERN = frozenset(["AU", "NZ", "ZA", "BR", "AR", "CL", "UY", "PE", "SG"])
FACULTIES = {
    "leiden-humanities": ("Humanities", "0221 0222 0223 0231 0232 0213 0215"),
    "leiden-social-and-behavioural-sciences": ("Social and Behavioural Sciences", "0313 0314 0312 0111"),
    "leiden-law-school": ("Law", "0421"),
    "leiden-science": ("Science", "0511 0531 0533 0541 0611 0613"),
    "leiden-governance-and-global-affairs": ("Governance and Global Affairs", "0312 0413"),
    "lumc": ("Medicine", "0912 0913 0914"),
    "leiden-archaeology": ("Archaeology", "0222"),
}
KINDS = (
    ("Fictional University of {}", "Fictieve Universiteit van {}"),
    ("Fictional Institute of Technology {}", "Fictieve Technische Universiteit {}"),
    ("Fictional {} Academy of Arts", "Fictieve Kunstacademie {}"),
    ("Fictional {} College of Law and Letters", "Fictieve Hogeschool voor Recht en Letteren {}"),
)
RUNGS = {
    "mou": "Memorandum of understanding", "exchange": "Exchange", "iia-programme": "Erasmus+", "iia-partner": "Erasmus+ worldwide",
}  # fmt: skip
FIRST = [
    "Amber", "Birch", "Cobalt", "Dapple", "Elder", "Fern", "Glimmer", "Hazel", "Indigo", "Juniper", "Kestrel", "Lantern", "Marble",
    "Nettle",
    "Ochre", "Pebble", "Quill", "Russet", "Saffron", "Thistle", "Umber", "Velvet", "Willow", "Yarrow", "Zephyr",
]  # fmt: skip
LAST = ["wick", "mere", "holt", "stead", "combe", "fell", "garth", "haven", "moor", "reach"]
YEARS = ("2022/2023", "2023/2024", "2024/2025", "2025/2026")

Rows = list[dict[str, object]]


@dataclass(slots=True)
class Institution:
    """An invented institution."""

    key: str
    name_en: str
    name_nl: str
    city: str
    country: str
    languages: list[str]
    is_programme: bool


@dataclass(slots=True)
class Writer:
    """Collects rows by file."""

    chance: Random
    rows: dict[str, Rows] = field(default_factory=lambda: defaultdict(list))

    def add(self, file: str, **cells: object) -> None:
        """Add a row."""
        self.rows[file].append(cells)


def institutions(chance: Random, count: int) -> list[Institution]:
    """Return `count` institutions, every country at least once."""
    names = [f"{first}{last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    countries = PROGRAMME | WORLD
    drawn = [*countries, *chance.choices(list(countries), [weight for weight, _ in countries.values()], k=count)][:count]
    found = []
    for number, iso2 in enumerate(drawn):
        turn = number // len(names)
        place = names[number % len(names)] + ("", "-on-Sea")[turn] if turn < 2 else f"{names[number % len(names)]}-{turn}"
        english, dutch = KINDS[0] if chance.random() < 0.7 else chance.choice(KINDS[1:])
        key = f"fictional-{place.lower()}"
        found.append(
            Institution(key, english.format(place), dutch.format(place), place, iso2, countries[iso2][1].split(), iso2 in PROGRAMME)
        )
    return found


def kind_of(chance: Random, partner: Institution) -> str:
    """Return which rung of the ladder an agreement with this partner stands on."""
    if chance.random() < 0.08:
        return "mou"
    if partner.is_programme:
        return "iia-programme" if chance.random() < 0.88 else "exchange"
    return "iia-partner" if chance.random() < 0.28 else "exchange"


def state_of(number: int) -> str:
    """Return the state of the n-th agreement: nearly all are in effect."""
    return {7: "draft", 77: "draft", 177: "draft", 277: "proposed", 377: "proposed", 477: "agreed", 577: "ended", 599: "ended"}.get(
        number, "in-effect"
    )


def ends_on(chance: Random, number: int, state: str) -> str:
    """Return the end: some past it though still in effect, a dozen soon, the others over the years to come."""
    if state == "ended" or number % 150 == 3:
        return f"2026-0{chance.randint(1, 8)}-28"
    if number % 40 == 11:
        return chance.choice(("2027-01-31", "2027-03-31", "2027-06-30"))
    return f"{chance.choice((2028, 2028, 2029, 2029, 2029, 2030, 2031))}-{chance.choice(('08-31', '09-30', '12-31'))}"


@dataclass(frozen=True, slots=True)
class Deal:
    """What was agreed with whom, from and until which year."""

    key: str
    kind: str
    owner: str
    partners: list[Institution]
    started: int
    until: int


def write_agreement(out: Writer, number: int, partners: list[Institution]) -> None:
    """Add an agreement with its parties, versions and conditions."""
    chance, partner = out.chance, partners[0]
    state, kind = state_of(number), kind_of(chance, partner)
    owner = "" if chance.random() < 0.25 else chance.choices(list(FACULTIES), (30, 22, 14, 18, 12, 8, 4))[0]
    ends = ends_on(chance, number, state)
    deal = Deal(f"fictional-{kind}-{number:03}", kind, owner, partners, chance.randint(2021, 2025), int(ends[:4]))
    about = FACULTIES[owner][0] if owner else "all faculties"
    out.add(
        "agreements", key=deal.key, kind=kind, state=state, title=f"{RUNGS[kind]} with {partner.name_en} ({about})", owner=owner,
        starts_on=f"{deal.started}-09-01", ends_on=ends, notice_months=chance.choice((3, 6, 6, 12)),
        tolerance=chance.choice((2, 3, 4)) if chance.random() < 0.6 else "", is_illustrative="yes",
    )  # fmt: skip
    write_parties(out, deal)
    amended = state == "in-effect" and chance.random() < 0.07
    if amended:
        write_version(out, deal, 1, "superseded")
    write_version(out, deal, 1 + amended, {"draft": "draft", "proposed": "proposed"}.get(state, "agreed"))


def write_parties(out: Writer, deal: Deal) -> None:
    """Add the home institution and the partners as parties."""
    sides = [(HOME, deal.owner, "Vice-Rector"), *((each.key, "", "Head of International Relations") for each in deal.partners)]
    for position, (key, unit, function) in enumerate(sides, start=1):
        out.add(
            "agreement_parties", agreement=deal.key, organisation=key, unit=unit, position=position,
            signatory_function=f"{function} (illustrative)", signed_on=f"{deal.started}-06-15",
        )  # fmt: skip


def write_version(out: Writer, deal: Deal, number: int, state: str) -> None:
    """Add a version with its moments and conditions, in both directions; a memorandum has none."""
    year, chance = deal.started + number - 1, out.chance
    out.add(
        "agreement_versions", agreement=deal.key, number=number, state=state,
        proposed_at="" if state == "draft" else f"{year}-04-10T09:00:00Z",
        agreed_at=f"{year}-06-15T12:00:00Z" if state in {"agreed", "superseded"} else "",
    )  # fmt: skip
    if deal.kind == "mou":
        return
    mobilities = ["student-studies"]
    if chance.random() < 0.3:
        mobilities.append("staff-teaching")
    if chance.random() < 0.12:
        mobilities.append(chance.choice(("student-traineeship", "staff-training")))
    codes = FACULTIES[deal.owner or chance.choice(list(FACULTIES))][1].split()
    subjects = chance.sample(codes, min(len(codes), chance.choice((1, 1, 2))))
    levels, position = chance.choice(("6", "6", "67", "67", "7", "678")), 0
    for partner, mobility in ((partner, mobility) for partner in deal.partners for mobility in mobilities):
        places = chance.choice((1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8)) if mobility == "student-studies" else chance.choice((1, 1, 2))
        for sending, receiving in ((None, partner), (partner, None)):
            position += 1
            at = f"{deal.key}/{number}/{position}"
            write_condition(out, deal, at, mobility, (sending, receiving), places, levels)  # fmt: skip
            write_texts(out, at, subjects, receiving)
            if not deal.owner and mobility == "student-studies" and places >= 3 and sending is None and chance.random() < 0.6:
                for unit in chance.sample(list(FACULTIES), 2):
                    out.add("condition_shares", condition=at, unit=unit, places=1)


def write_condition(  # noqa: PLR0917 -- the parts of one row
    out: Writer, deal: Deal, at: str, mobility: str, sides: tuple[Institution | None, Institution | None], places: int, levels: str
) -> None:
    """Add one condition; None stands for the home institution, whose side names the unit that runs the agreement."""
    sending, receiving = sides
    southern = receiving is not None and receiving.country in SOUTHERN
    months = out.chance.choice((5, 5, 10)) if mobility.startswith("student") else 5
    version, _, position = at.rpartition("/")
    out.add(
        "cooperation_conditions", version=version, position=position, kind=mobility,
        sending=sending.key if sending else HOME, sending_unit="" if sending else deal.owner,
        receiving=receiving.key if receiving else HOME, receiving_unit="" if receiving else deal.owner,
        first_year=year_of(deal.started, southern), last_year=year_of(max(deal.started, deal.until - 1), southern),
        mobilities_per_year=places, amount=places * months, eqf_levels=levels if mobility == "student-studies" else "",
        is_blended="yes" if out.chance.random() < 0.1 else "",
    )  # fmt: skip


def write_texts(out: Writer, at: str, subjects: list[str], receiving: Institution | None) -> None:
    """Add subjects and languages; some conditions have no subject, and the renewal desk finds them."""
    if out.chance.random() > 0.01:
        for code in subjects:
            out.add("condition_subjects", condition=at, isced_f=code, clarification="")
    for language, level in languages(out.chance, receiving):
        out.add("condition_languages", condition=at, language=language, level=level, isced_f="")


def year_of(first: int, southern: bool) -> str:  # noqa: FBT001 -- one flag with a name
    """Return the academic year of the receiving institution that begins in `first`."""
    return f"{first}/{first if southern else first + 1}"


def languages(chance: Random, partner: Institution | None) -> Iterable[tuple[str, str]]:
    """Yield the languages of instruction with the level; at times the level is missing."""
    spoken = partner.languages if partner else ["en"]
    for language in dict.fromkeys([*spoken[: 1 + (chance.random() < 0.5)], *(["en"] if chance.random() < 0.7 else [])]):
        yield language, "" if chance.random() < 0.01 else chance.choice(("B1", "B2", "B2", "C1"))


def write_counts(out: Writer, number: int, partner: Institution) -> None:
    """Add what was exchanged in past years: nothing with some, far more one way with others."""
    chance = out.chance
    if number % 9 == 4:
        return  # never used
    tilt = 4 if number % 13 == 5 else 0
    for year in YEARS:
        for direction in ("incoming", "outgoing"):
            people = max(0, chance.randint(0, 4) + (tilt if direction == "incoming" else 0))
            if people:
                out.add(
                    "exchange_counts", organisation=partner.key, unit="", academic_year=year, direction=direction, kind="student-studies",
                    people=people, months=people * chance.choice((5, 10)), source="imported",
                )  # fmt: skip


def write_sheet(out: Writer, partner: Institution) -> None:
    """Add a fact sheet with whom to ask."""
    chance = out.chance
    out.add(
        "fact_sheets", organisation=partner.key, nominations_autumn=chance.choice(("04-01", "04-15", "05-01")),
        nominations_spring=chance.choice(("10-01", "10-15")), applications_autumn=chance.choice(("05-01", "05-15", "06-01")),
        applications_spring=chance.choice(("11-01", "11-15")), decision_weeks=chance.randint(2, 6), transcript_weeks=chance.randint(3, 8),
        grading_en="Illustrative: ten-point scale, 6 is a pass.", grading_nl="Ter illustratie: tienpuntsschaal, een 6 is voldoende.",
        requirements_en="Illustrative: at least 60 EC completed before the exchange.",
        requirements_nl="Ter illustratie: minstens 60 EC behaald voor de uitwisseling.", source=SOURCE,
    )  # fmt: skip
    for kind in chance.sample(("housing", "visa", "insurance", "accessibility", "courses"), 2):
        out.add(
            "fact_sheet_contacts", sheet=partner.key, kind=kind, email=f"{kind}@{partner.key}.example.org", website="",
            note="Illustrative functional mailbox",
        )  # fmt: skip


def build(chance: Random, agreements: int, count: int) -> dict[str, Rows]:
    """Return the rows of every file."""
    out, partners = Writer(chance), institutions(chance, count)
    for each in partners:
        out.add(
            "organisations", key=each.key, name_en=each.name_en, name_nl=each.name_nl, country=each.country, kind="hei", city=each.city,
            source=SOURCE, is_illustrative="yes",
        )  # fmt: skip
    for number in range(agreements):
        partner = partners[number] if number < count else chance.choice(partners)
        others = chance.sample([each for each in partners if each.key != partner.key], 2) if number % 75 == 20 else []
        write_agreement(out, number, [partner, *others])
    for number, each in enumerate(partners):
        if number % 9 != 4:  # some partners lack a contact, as in life
            out.add(
                "contacts", organisation=each.key, unit="", role="agreements", mailbox_name="International office (illustrative)",
                email=f"exchange@{each.key}.example.org", is_public="no",
            )  # fmt: skip
        write_counts(out, number, each)
        if number % 3 == 0:
            write_sheet(out, each)
    return out.rows


def main(folder: Path, agreements: int = AGREEMENTS, count: int = INSTITUTIONS) -> None:
    """Write the folder; benchmarks ask for more of everything."""
    folder.mkdir(parents=True, exist_ok=True)
    about = "Everything here is invented: institutions, agreements, numbers and mailboxes. Written by tools/demo_agreements.py."
    (folder / "folder.yaml").write_text(f"format: 1\ntitle: 620 invented agreements\nabout: {about!r}\n", encoding="utf-8")
    for name, rows in build(Random(SEED), agreements, count).items():  # noqa: S311 -- the same bytes every time is the point
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
