"""Columns of an import, the headings by which they are recognised, and how one sheet's columns are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goliard.apps.agreements.services.imports.sheets import Sheet, folded
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may hold: its key, its name, and further headings that offices use."""

    key: str
    name: Text
    also: tuple[str, ...] = ()

    @property
    def headings(self) -> frozenset[str]:
        """Every heading by which it is recognised, folded."""
        return frozenset(folded(text) for text in (self.key, self.name.nl, self.name.en, *self.also))


FIELDS = (
    Field("key", Text("sleutel", "key"), ("kenmerk", "agreement key", "reference", "referentie", "agreement id", "nummer", "number")),
    Field("title", Text("titel", "title"), ("omschrijving", "description")),
    Field("hei_id", Text("HEI-id", "HEI ID"), ("schac", "schac code")),
    Field("erasmus_code", Text("Erasmuscode", "Erasmus code"), ("erasmus id code", "id code", "erasmus id")),
    Field("partner_key", Text("partnersleutel", "partner key")),
    Field(
        "partner",
        Text("partner", "partner"),
        ("partnerinstelling", "partner institution", "instelling", "institution", "universiteit", "university", "name", "naam"),
    ),
    Field("country", Text("land", "country"), ("partner country", "landcode", "country code")),
    Field(
        "parties",
        Text("overige partijen", "further parties"),
        ("multilateraal", "multilateral", "andere partners", "other partners", "all partners", "alle partners"),
    ),
    Field("kind", Text("soort overeenkomst", "kind of agreement"), ("soort", "kind", "type", "agreement type", "type overeenkomst")),
    Field("state", Text("staat", "state"), ("status",)),
    Field("owner", Text("faculteit", "faculty"), ("beheerd door", "run by", "owner", "eenheid", "unit")),
    Field(
        "starts_on",
        Text("van kracht vanaf", "in effect from"),
        ("begin", "start", "start date", "begindatum", "startdatum", "valid from", "van", "from"),
    ),
    Field(
        "ends_on",
        Text("van kracht tot en met", "in effect until"),
        ("einde", "end", "end date", "einddatum", "valid until", "tot", "until", "expires"),
    ),
    Field("mobility", Text("mobiliteit", "mobility"), ("mobility type", "soort mobiliteit")),
    Field(
        "places_out",
        Text("plaatsen uitgaand", "places outgoing"),
        ("uit", "out", "outgoing", "uitgaand", "students out", "studenten uit", "aantal uit"),
    ),
    Field(
        "places_in",
        Text("plaatsen inkomend", "places incoming"),
        ("in", "incoming", "inkomend", "students in", "studenten in", "aantal in"),
    ),
    Field("other_side", Text("andere kant, als wij het niet zijn", "other side, where it is not us"), ("andere kant", "other side")),
    Field(
        "shares_out",
        Text("verdeling uitgaand", "shares outgoing"),
        ("verdeling", "shares", "per faculteit", "per faculty", "deelovereenkomsten", "sub agreements"),
    ),
    Field("shares_in", Text("verdeling inkomend", "shares incoming")),
    Field("home_unit", Text("onze eenheid", "our unit"), ("eigen eenheid", "home unit")),
    Field("partner_unit", Text("eenheid van de partner", "unit of the partner"), ("partnereenheid", "partner unit", "partner department")),
    Field("amount", Text("maanden of dagen per jaar", "months or days a year"), ("maanden", "months", "dagen", "days", "total months")),
    Field("first_year", Text("eerste academisch jaar", "first academic year"), ("eerste jaar", "first year")),
    Field("last_year", Text("laatste academisch jaar", "last academic year"), ("laatste jaar", "last year")),
    Field("levels", Text("EQF-niveaus", "EQF levels"), ("niveau", "level", "levels", "eqf", "study level", "studieniveau")),
    Field(
        "subjects",
        Text("vakgebieden (ISCED-F)", "subjects (ISCED-F)"),
        ("isced", "isced f", "isced code", "vakgebied", "subject", "subject area", "subjects"),
    ),
    Field("languages", Text("talen", "languages"), ("taal", "language", "taalniveau", "language level")),
    Field("blended", Text("blended mogelijk", "blended possible"), ("blended",)),
    Field("terms", Text("overige afspraken", "other terms"), ("afspraken", "terms", "voorwaarden")),
    Field("notice_months", Text("opzegtermijn in maanden", "notice in months"), ("opzegtermijn", "notice")),
    Field("tolerance", Text("toelaatbare onbalans", "tolerable imbalance")),
    Field("note", Text("opmerking", "note"), ("opmerkingen", "notes", "remarks", "remark")),
)
BY_KEY = {field.key: field for field in FIELDS}
KNOWN = frozenset(heading for field in FIELDS for heading in field.headings)
Mapped = Mapping[str, int]  # the column of a field, from 0


def recognised(sheet: Sheet) -> dict[str, int]:
    """Return the columns whose headings are known; where two say the same, the first one counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.heading):
        for field in FIELDS:
            if folded(heading) in field.headings and field.key not in found:
                found[field.key] = place
                break
    return found


def missing(mapped: Mapped) -> list[Text]:
    """Return what a mapping lacks: something that names the partner, the kind, the end."""
    faults = []
    if not {"hei_id", "erasmus_code", "partner_key", "partner"} & set(mapped):
        faults.append(Text("Geen kolom noemt de partner.", "No column names the partner."))
    faults += [
        Text(f"De kolom ‘{BY_KEY[key].name.nl}’ ontbreekt.", f"The column “{BY_KEY[key].name.en}” is missing.")
        for key in ("kind", "starts_on", "ends_on")
        if key not in mapped
    ]
    return faults
