"""What the database knows of the people in a feed, read in a few queries whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from goliard.apps.institutions.choices import IdentifierScheme as OrganisationScheme
from goliard.apps.institutions.models import Country, Organisation, OrganisationIdentifier, OrganizationalUnit
from goliard.apps.people.choices import IdentifierScheme
from goliard.apps.people.models import Citizenship, LanguageResult, Person, PersonEmail, PersonIdentifier, PersonName
from goliard.apps.people.services.student_feed.feeds import Feed, Part
from goliard.apps.people.services.student_feed.reading import FeedRow

CHUNK = 500


@dataclass(slots=True)
class Known:
    """Everything by the key under which a row names it."""

    feed: Feed
    issuer: str = ""
    units: dict[str, OrganizationalUnit] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    persons: dict[tuple[str, str], Person] = field(default_factory=dict)  # (scheme, value)
    numbered: set[int] = field(default_factory=set)  # persons with a number of this feed's kind
    identifiers: set[tuple[int, str, str]] = field(default_factory=set)  # (person, scheme, value)
    emails: dict[int, set[str]] = field(default_factory=dict)
    preferred: set[int] = field(default_factory=set)
    earlier_names: dict[int, list[str]] = field(default_factory=dict)
    citizenships: dict[int, dict[str, Citizenship]] = field(default_factory=dict)
    parts: dict[tuple[int, str], Part] = field(default_factory=dict)  # enrolments or appointments
    languages: dict[tuple[int, str], LanguageResult] = field(default_factory=dict)
    newest: dict[int, str] = field(default_factory=dict)  # person → the newest day of which something is known, as ISO text


def issuer_of_student_numbers() -> str:
    """Return the SCHAC code of the home institution, or its key while it has none: student numbers are unique within it."""
    home = Organisation.objects.filter(is_home=True).order_by().first()
    if home is None:
        return ""
    codes = OrganisationIdentifier.objects.filter(organisation=home, scheme=OrganisationScheme.HEI_ID, valid_until=None)
    return codes.values_list("value", flat=True).order_by("pk").first() or home.key


def known_of(rows: Sequence[FeedRow], feed: Feed) -> Known:
    """Gather what a feed of `rows` needs to know; the home institution is locked, so that two feeds never run into each other."""
    list(Organisation.objects.select_for_update().filter(is_home=True).order_by())
    known = Known(feed, issuer_of_student_numbers())
    known.units = {unit.key: unit for unit in OrganizationalUnit.objects.filter(organisation__is_home=True)}
    known.countries = {country.iso2: country for country in Country.objects.all()}
    for scheme, issuer, values in (
        (feed.scheme, known.issuer, [row[feed.number] for row in rows]),
        (IdentifierScheme.ESI, "", [row["esi"] for row in rows if row["esi"]]),
    ):
        for part in _chunks(sorted(set(values))):
            found = PersonIdentifier.objects.filter(scheme=scheme, issuer=issuer, value__in=part).select_related("person")
            known.persons |= {(scheme.value, each.value): each.person for each in found}
    if feed.finds_by_email:
        _gather_addresses(known, sorted({row["email"] for row in rows}))
    _gather_parts(known, sorted({person.pk for person in known.persons.values()}), feed)
    known.numbered = {person for person, scheme, _value in known.identifiers if scheme == feed.scheme.value}
    return known


def _gather_addresses(known: Known, addresses: Sequence[str]) -> None:
    """Who has an address and no number of this kind; where several have it nobody is meant."""
    for part in _chunks(addresses):
        found = PersonEmail.objects.filter(email__in=part, person__merged_into=None).select_related("person")
        owners: dict[str, set[Person]] = {}
        for email in found:
            owners.setdefault(email.email, set()).add(email.person)
        known.persons |= {("email", address): people.pop() for address, people in owners.items() if len(people) == 1}


def _gather_parts(known: Known, persons: Sequence[int], feed: Feed) -> None:
    for part in _chunks(persons):
        rows = {"person_id__in": part}
        known.identifiers |= set(PersonIdentifier.objects.filter(**rows).values_list("person_id", "scheme", "value"))
        for email in PersonEmail.objects.filter(**rows):
            known.emails.setdefault(email.person_id, set()).add(email.email.lower())
            known.preferred |= {email.person_id} if email.is_preferred else set()
        for name in PersonName.objects.filter(**rows):
            known.earlier_names.setdefault(name.person_id, []).append(str(name))
        for citizenship in Citizenship.objects.filter(**rows).select_related("country"):
            known.citizenships.setdefault(citizenship.person_id, {})[citizenship.country.iso2] = citizenship
        for each in feed.model._default_manager.filter(**rows):
            known.parts[each.person_id, getattr(each, feed.part_field)] = each
            known.newest[each.person_id] = max(known.newest.get(each.person_id, ""), each.as_of.isoformat())
        for result in LanguageResult.objects.filter(told_by=feed.told_by, **rows):
            known.languages[result.person_id, result.language] = result


def _chunks(values: Sequence[object]) -> Iterator[Sequence[object]]:
    """Databases take a limited number of values in one question."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
