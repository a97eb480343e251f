"""Which institution a row means: by its codes, its key, a name or another spelling; with suggestions where it means none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches

from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Country, Organisation, OrganisationIdentifier, OrganisationName
from goliard.rules.values.folding import fold
from goliard.rules.values.texts import Text

MOST_SUGGESTIONS = 200  # rows; comparing names is slow
Fault = tuple[str, Text]  # field, reason


@dataclass(slots=True)
class Register:
    """Every institution by what may name it, read once."""

    codes: dict[tuple[str, str], Organisation] = field(default_factory=dict)  # (scheme, value); keys under ("key", …)
    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[int, Organisation] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    suggested: int = 0


def read_register() -> Register:
    """Read all institutions with their names and codes, in five queries."""
    found = Register()
    for row in Organisation.objects.select_related("country"):
        found.rows[row.pk] = row
        found.codes["key", row.key] = row
        for name in (row.name_en, row.name_nl, row.acronym):
            if name:
                found.names[fold(name)].add(row.pk)
    for owner, name in OrganisationName.objects.values_list("organisation", "value"):
        found.names[fold(name)].add(owner)
    for owner, scheme, value in OrganisationIdentifier.objects.values_list("organisation", "scheme", "value"):
        found.codes[scheme, _code(value)] = found.rows[owner]
    for country in Country.objects.prefetch_related("aliases"):
        for name in (country.iso2, country.iso3, country.name_en, country.name_nl, *(each.name for each in country.aliases.all())):
            found.countries[fold(name)] = country.pk
    return found


def _code(text: str) -> str:
    return " ".join(text.lower().split())


def match(register: Register, said: dict[str, str]) -> tuple[Organisation | None, list[Fault]]:
    """Return the partner that a row means, or None with what is wrong; what two cells say must agree."""
    faults: list[Fault] = []
    found: Organisation | None = None
    country = register.countries.get(fold(said["country"])) if said.get("country") else None
    if said.get("country") and country is None:
        faults.append(("country", Text(f"Het land ‘{said['country']}’ is niet bekend.", f"The country “{said['country']}” is not known.")))
    for key, scheme in (("hei_id", IdentifierScheme.HEI_ID), ("erasmus_code", IdentifierScheme.ERASMUS), ("partner_key", "key")):
        if not said.get(key):
            continue
        row = register.codes.get((scheme, said[key].strip() if key == "partner_key" else _code(said[key])))
        if row is None:
            faults.append((key, Text(f"Geen instelling heeft ‘{said[key]}’.", f"No institution has “{said[key]}”.")))
        elif found is not None and row.pk != found.pk:
            faults.append((key, _disagree(row, found)))
        found = found or row
    if said.get("partner"):
        found = _by_name(register, said["partner"], found, country, faults)
    if found is None and not faults:
        faults.append(("partner", Text("De partner ontbreekt.", "The partner is missing.")))
    if found is not None and found.is_home:
        faults.append(("partner", Text("Dit is de eigen instelling.", "This is the home institution.")))
    if found is not None and country is not None and found.country_id != country:
        nl, en = found.country.name_nl, found.country.name_en
        faults.append(("country", Text(f"{found.name('nl')} staat in {nl}.", f"{found.name('en')} is in {en}.")))
    return (None if faults else found), faults


def match_one(register: Register, text: str) -> Organisation | Text:
    """Return the institution that one text means, by a code, its key or a name, or why it means none."""
    for scheme in (IdentifierScheme.HEI_ID, IdentifierScheme.ERASMUS, "key"):
        if (row := register.codes.get((scheme, text.strip() if scheme == "key" else _code(text)))) is not None:
            return row
    faults: list[Fault] = []
    found = _by_name(register, text, None, None, faults)
    return faults[0][1] if found is None else found


def _by_name(register: Register, name: str, found: Organisation | None, country: int | None, faults: list[Fault]) -> Organisation | None:
    owners = register.names.get(fold(name), set())
    if found is not None:
        if owners and found.pk not in owners:
            faults.append(("partner", _disagree(register.rows[min(owners)], found)))
        return found
    here = {pk for pk in owners if country is None or register.rows[pk].country_id == country} or owners
    if len(here) == 1:
        return register.rows[here.pop()]
    if not here:
        faults.append(("partner", _unknown(register, name, country)))
        return None
    shown = ", ".join(sorted(register.rows[pk].key for pk in here))
    faults.append(("partner", Text(f"Meer instellingen heten zo: {shown}.", f"Several institutions are called so: {shown}.")))
    return None


def _disagree(one: Organisation, other: Organisation) -> Text:
    nl = f"Dit is {one.name('nl')}, een andere cel zegt {other.name('nl')}."
    return Text(nl, f"This is {one.name('en')}, another cell says {other.name('en')}.")


def _unknown(register: Register, name: str, country: int | None) -> Text:
    register.suggested += 1
    close: list[str] = []
    if register.suggested <= MOST_SUGGESTIONS:
        here = {pk for pk, row in register.rows.items() if country is None or row.country_id == country}
        pool = [known for known, owners in register.names.items() if owners & here]
        close = get_close_matches(fold(name)[:200], pool, n=3, cutoff=0.7)
    likely = list(dict.fromkeys(register.rows[min(register.names[each])].name_en for each in close))
    nl, en = f"Geen instelling heet ‘{name}’.", f"No institution is called “{name}”."
    if likely:
        nl, en = f"{nl} Bedoeld: {', '.join(likely)}?", f"{en} Did you mean: {', '.join(likely)}?"
    return Text(nl, en)
