"""What each operation and each parameter is, in both languages: the document tells the English, the page for people both."""

from __future__ import annotations

from goliard.rules.values.texts import Text

TAGS = {
    "agreements": Text("Overeenkomsten", "Agreements"),
    "partners": Text("Partners", "Partners"),
    "places": Text("Plaatsen", "Places"),
    "exchange counts": Text("Uitwisselingsaantallen", "Exchange counts"),
    "students": Text("Studenten en resultaten", "Students and results"),
}

OPERATIONS = {
    "list_agreements": Text(
        "Overeenkomsten, op volgorde van hun sleutel, met de versie die geldt en de hash van de vastgelegde tekst.",
        "Agreements in the order of their keys, with the version in force and the hash of its sealed text.",
    ),
    "read_agreement": Text(
        "Eén overeenkomst: partijen, versies, de voorwaarden die gelden en die welke in de maak zijn.",
        "One agreement: parties, versions, the conditions in force and those that are being made.",
    ),
    "read_sealed_text": Text(
        "De tekst van een versie zoals die is vastgelegd, byte voor byte: de SHA-256 van dit antwoord is de sha256 van de versie.",
        "The text of a version as it was sealed, byte for byte: the SHA-256 of this answer is the sha256 of the version.",
    ),
    "add_agreement": Text(
        "Een concept maken, met de voorwaarden erbij of later. De eigen instelling is vanzelf partij.",
        "Make a draft, with its conditions or without. The institution itself is party without being named.",
    ),
    "change_agreement": Text(
        "Titel, data, opzegtermijn of verdraagbare onbalans wijzigen. Wat niet wordt meegestuurd blijft staan.",
        "Change title, dates, notice or tolerable imbalance. What is not sent stays as it is.",
    ),
    "write_draft": Text(
        "Voorwaarden en overige bepalingen van het concept vervangen.",
        "Replace conditions and other terms of the draft.",
    ),
    "take_step": Text(
        "Een stap zetten: propose (voorstellen), recall (terugnemen), amend (wijzigen), end (beëindigen). Akkoord gaan doet een mens.",
        "Take a step: propose, recall, amend or end. To agree is for a person.",
    ),
    "list_partners": Text(
        "Partners, op volgorde van hun sleutel, met hun identificaties. De eigen instelling is er niet bij.",
        "Partners in the order of their keys, with their identifiers. The institution itself is not one of them.",
    ),
    "read_partner": Text(
        "Eén partner met de contacten van vandaag: functionele postbussen, en personen als het token die mag zien.",
        "One partner with the contacts of today: functional mailboxes, and persons where the token may see them.",
    ),
    "list_places": Text(
        "Plaatsen in een academisch jaar, per voorwaarde van een overeenkomst die van kracht is: hoeveel er zijn, vastgelegd en vrij.",
        "Places in an academic year, condition by condition of the agreements in effect: how many there are, are claimed, and are free.",
    ),
    "list_exchange_counts": Text(
        "Hoeveel er per partner, academisch jaar en richting gingen en kwamen.",
        "How many went and came, by partner, academic year and direction.",
    ),
    "write_exchange_count": Text(
        "Een aantal schrijven: nieuw (201), of in plaats van wat er bij dezelfde partner, eenheid, jaar, richting en soort stond (200).",
        "Write a number: new (201), or in the place of what stood under the same partner, unit, year, direction and kind (200).",
    ),
    "take_student_feed": Text(
        "Studenten, inschrijvingen, resultaten en talen uit het studentsysteem: alles of niets; met dry_run alleen wat er zou gebeuren.",
        "Students, enrolments, results and languages from the student system: all or nothing; with dry_run only what would happen.",
    ),
}

_PARTNER = Text("sleutel van de partner", "key of the partner")
PARAMETERS = {
    "limit": Text("hoeveel hoogstens", "how many at most"),
    "after": Text("verder na deze plaats: zie next in het antwoord", "continue after this place: see next in the answer"),
    "key": Text("sleutel", "key"),
    "number": Text("nummer van de versie", "number of the version"),
    "state": Text("stand van zaken", "state"),
    "kind": Text("soort", "kind"),
    "partner": _PARTNER,
    "country": Text("land, ISO 3166-1 met twee letters", "country, ISO 3166-1 with two letters"),
    "unit": Text("sleutel van de eigen eenheid", "key of the home unit"),
    "in_effect_on": Text("van kracht op deze dag", "in effect on this day"),
    "identifier": Text("precies dit kenmerk: HEI-id, Erasmuscode, PIC, OID, ECHE", "exactly this: HEI id, Erasmus code, PIC, OID, ECHE"),
    "academic_year": Text(
        "zoals 2026/2027 (2026/2026 als het in januari begint)",
        "such as 2026/2027 (2026/2026 where it begins in January)",
    ),
    "direction": Text("gezien vanuit de eigen instelling", "seen from the institution"),
    "cycle": Text("cyclus van het hoger onderwijs: EQF 5 tot en met 8", "cycle of higher education: EQF 5 to 8"),
    "subject": Text("ISCED-F-code van twee tot vier cijfers", "ISCED-F code of two to four digits"),
    "Idempotency-Key": Text(
        "een eigen kenmerk van dit verzoek: herhaald geeft het een week lang het eerste antwoord, en schrijft het niets",
        "a mark of your own for this request: repeated, it gets the first answer for a week, and writes nothing",
    ),
}  # fmt: skip
