#!/usr/bin/env python3
"""Write `countries.csv` of the reference data: `countries.py facts.csv > countries.csv`.

`facts.csv` comes from `country_facts.mjs`. Names are those of Babel (CLDR), except where an exchange office writes another one.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from babel import Locale

from goliard.rules.values.folding import fold

# UN M49 geographic regions, with the Americas as two continents: South America is 005; Northern America, Central America and the
# Caribbean (021, 013, 029) are North America.
CONTINENTS = {
    "africa": "015 011 017 014 018",
    "antarctica": "010",
    "asia": "145 143 030 034 035",
    "europe": "154 155 151 039",
    "north-america": "021 013 029",
    "oceania": "053 054 057 061",
    "south-america": "005",
}
CONTINENT_OF = {region: continent for continent, regions in CONTINENTS.items() for region in regions.split()}

# Where CLDR's display name is not what an office writes: English, Dutch (empty = CLDR's).
NAMES = {
    "AX": ("", "Åland"),
    "CD": ("Democratic Republic of the Congo", "Democratische Republiek Congo"),
    "CG": ("Republic of the Congo", "Republiek Congo"),
    "CV": ("Cabo Verde", ""),
    "GS": ("South Georgia and the South Sandwich Islands", ""),
    "HK": ("Hong Kong", "Hongkong"),
    "HM": ("Heard Island and McDonald Islands", ""),
    "MM": ("Myanmar", "Myanmar"),
    "MO": ("Macao", "Macau"),
    "PS": ("Palestine", "Palestina"),
    "ST": ("", "São Tomé en Principe"),
    "VC": ("Saint Vincent and the Grenadines", ""),
}

# Other spellings that people and files use; none may fit two countries (so no bare "Congo" or "Korea").
ALIASES = """
AE: UAE; VAE; Emirates
AX: Aland
BA: Bosnia; Bosnië; Bosnië-Herzegovina; Bosnia-Herzegovina
BN: Brunei Darussalam
BO: Bolivia, Plurinational State of
BQ: Bonaire, Sint Eustatius and Saba; BES islands; BES-eilanden
BY: Wit-Rusland; Belorussia
CC: Keeling Islands
CD: Congo, The Democratic Republic of the; Congo - Kinshasa; Congo-Kinshasa; DR Congo; DRC; Zaire
CG: Congo - Brazzaville; Congo-Brazzaville
CI: Ivory Coast
CN: PRC; People's Republic of China; Volksrepubliek China
CO: Columbia
CV: Cape Verde; Kaapverdische Eilanden
CZ: Czech Republic; Tsjechische Republiek
FK: Falkland Islands (Malvinas); Malvinas
FM: Micronesia, Federated States of; Federated States of Micronesia
FO: Faroes; Faroe; Faeroe Islands
GB: UK; U.K.; VK; Great Britain; Groot-Brittannië; England; Engeland; Scotland; Schotland; Wales; Northern Ireland; Noord-Ierland
GM: The Gambia
GR: EL; Hellas
HK: Hong Kong SAR; Hong Kong SAR China
IR: Iran, Islamic Republic of
KG: Kirgizstan
KH: Kampuchea
KP: Korea, Democratic People's Republic of; DPRK
KR: Korea, Republic of; Republic of Korea; Republiek Korea
LA: Lao People's Democratic Republic; Lao PDR
MD: Moldova, Republic of; Republic of Moldova; Moldova
MK: FYROM; Macedonia; Macedonië; Former Yugoslav Republic of Macedonia
MM: Burma; Birma; Myanmar (Burma)
MO: Macao SAR; Macao SAR China; Macau SAR
NL: Holland; The Netherlands; Koninkrijk der Nederlanden
PN: Pitcairn
PS: Palestine, State of; State of Palestine; Palestinian Territories; Palestijnse gebieden
RU: Russian Federation; Russische Federatie
SA: Saoudi-Arabië; KSA
SH: Saint Helena, Ascension and Tristan da Cunha; Saint Helena
SJ: Svalbard
SR: Surinam
SX: Sint Maarten (Dutch part)
MF: Saint Martin (French part)
SY: Syrian Arab Republic; Syrische Arabische Republiek
SZ: Swaziland
TL: East Timor
TR: Turkey
TW: Taiwan, Province of China; Chinese Taipei
TZ: Tanzania, United Republic of; United Republic of Tanzania
UM: United States Minor Outlying Islands
US: US; USA; VS; U.S.; U.S.A.; VSA; United States of America; Verenigde Staten van Amerika
VA: Holy See; Heilige Stoel; Holy See (Vatican City State); Vaticaan; Vatican
VE: Venezuela, Bolivarian Republic of
VG: Virgin Islands, British
VI: Virgin Islands, U.S.
VN: Viet Nam
"""


def aliases_of() -> dict[str, list[str]]:
    """ISO code → spellings, from the table above."""
    lines = (line.partition(":") for line in ALIASES.strip().splitlines())
    return {iso2: [alias.strip() for alias in aliases.split(";")] for iso2, _, aliases in lines}


def plain(name: str) -> str:
    """CLDR's display name with the words and marks that people type."""
    return name.replace("’", "'").replace(" & ", " and ").replace("St. ", "Saint ")


def main() -> None:
    """Read the facts, write the countries to standard output."""
    english, dutch, aliases = Locale("en").territories, Locale("nl").territories, aliases_of()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["iso2", "iso3", "numeric", "name_en", "name_nl", "continent", "lat", "lon", "aliases"])
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            iso2 = row["iso2"]
            chosen_en, chosen_nl = NAMES.get(iso2, ("", ""))
            name_en, name_nl = chosen_en or plain(english[iso2]), chosen_nl or plain(dutch[iso2])
            spellings = [english[iso2], dutch[iso2], *aliases.get(iso2, [])]
            others = {fold(s): s for s in reversed(spellings)}  # one spelling for each search key, CLDR's first
            extra = sorted((s for key, s in others.items() if key not in {fold(name_en), fold(name_nl)}), key=str.casefold)
            writer.writerow(
                [iso2, row["iso3"], row["numeric"], name_en, name_nl, CONTINENT_OF[row["m49"]], row["lat"], row["lon"], ";".join(extra)]
            )


if __name__ == "__main__":
    main()
