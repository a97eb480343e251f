"""Destinations: where agreements in effect let people of the institution go, as the public may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from goliard.apps.agreements.choices import AgreementState
from goliard.apps.agreements.models import Agreement, CooperationCondition, FactSheet, LanguageSkill, SubjectArea
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit, UnitParent
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries import home_institution
from goliard.apps.people.models import Contact
from goliard.rules.agreements.figures import rounded_down
from goliard.rules.values.folding import fold


@dataclass(frozen=True, slots=True)
class Sought:
    """What a visitor looks for; everything empty means every destination.

    `country` is its word in addresses, `subject` an ISCED-F code of two to four digits, `level` an EQF level, `language` a code, `kind` a
    kind of mobility, `agreement` a kind of agreement, `faculty` the key of a unit of the home institution whose people may go.
    """

    text: str = ""
    country: str = ""
    subject: str = ""
    level: str = ""
    language: str = ""
    kind: str = ""
    agreement: str = ""
    faculty: str = ""

    def __bool__(self) -> bool:
        return any((self.text, self.country, self.subject, self.level, self.language, self.kind, self.agreement, self.faculty))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the public destinations offer to choose from."""

    countries: list[Country]
    subjects: list[str]
    levels: list[str]
    languages: list[str]
    kinds: list[str]
    agreements: list[str]
    faculties: list[OrganizationalUnit]


@dataclass(frozen=True, slots=True)
class InEffect:
    """How many agreements are in effect on a day, and how many of them were invented for a demonstration."""

    total: int
    illustrative: int

    @property
    def said(self) -> int:
        """The number as a sentence says it after "more than": rounded down."""
        return rounded_down(self.total)


def agreements_in_effect(on: date) -> QuerySet[Agreement]:
    """Return the agreements that are in effect on a day: by their state, begun and not yet ended."""
    return Agreement.objects.filter(state=AgreementState.IN_EFFECT, starts_on__lte=on, ends_on__gte=on)


def count_in_effect(on: date) -> InEffect:
    """Count them."""
    illustrative = Count("pk", filter=Q(is_illustrative=True))
    counted = agreements_in_effect(on).order_by().aggregate(total=Count("pk"), illustrative=illustrative)
    return InEffect(counted["total"], counted["illustrative"])


def open_conditions(on: date) -> QuerySet[CooperationCondition]:
    """Return the conditions under which people of the home institution may go, of agreements in effect that the public may see."""
    home = home_institution()
    agreement = "version__agreement__"
    return conditions_in_force().filter(
        **{f"{agreement}starts_on__lte": on, f"{agreement}ends_on__gte": on, f"{agreement}is_public": True},
        sending=home.pk if home else None,  # by its key: twice as fast as by what it is
        receiving__is_public=True,
        mobilities_per_year__gt=0,
    )


def sought_conditions(sought: Sought, on: date) -> QuerySet[CooperationCondition]:
    """Return the open conditions that fit all that is sought at once."""
    found = open_conditions(on)
    for word in fold(sought.text[:200]).split()[:8]:
        found = found.filter(Q(receiving__search_key__contains=word) | Q(receiving__country__search_key__contains=word))
    plain = {"receiving__country__slug": sought.country, "kind": sought.kind, "version__agreement__kind": sought.agreement}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if sought.level:
        found = found.filter(eqf_levels__contains=sought.level)
    if sought.language:
        found = found.filter(Exists(LanguageSkill.objects.filter(condition=OuterRef("pk"), language=sought.language)))
    if sought.subject:
        found = found.filter(Exists(SubjectArea.objects.filter(covering(sought.subject), condition=OuterRef("pk"))))
    return found.filter(_open_to(sought.faculty, on)) if sought.faculty else found


def _open_to(faculty: str, on: date) -> Q:
    """What people of a unit may use: places for its line of units, or for everybody; with an unknown key nothing."""
    units = line_of(faculty, on)
    for_all = Q(sending_unit=None) & (Q(version__agreement__owner=None) | Q(version__agreement__owner__in=units))
    return (Q(sending_unit__in=units) | for_all) if units else Q(pk__in=[])


def line_of(key: str, on: date) -> list[int]:
    """Return the primary keys of a home unit, of those above it and of those below it on a day; none for an unknown key. Two queries."""
    unit = OrganizationalUnit.objects.filter(key=key, organisation__is_home=True).first()
    if unit is None:
        return []
    pairs = list(UnitParent.objects.filter(holding(on)).values_list("unit_id", "parent_id"))
    return sorted(_reached(unit.pk, pairs) | _reached(unit.pk, [(parent, below) for below, parent in pairs]))


def _reached(start: int, pairs: list[tuple[int, int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        beyond = {there for one, there in pairs if one == here} - found
        found |= beyond
        waiting += beyond
    return found


def covering(code: str) -> Q:
    """Return the condition of a subject within the field, or of a wider one that leaves it open.

    `0421` is found under `04`, and `04` under `0421`.
    """
    wider = [code[:2], f"{code[:2]}0", f"{code[:2]}00", *([code[:3], f"{code[:3]}0"] if len(code) > 2 else [])]
    return Q(isced_f__startswith=code) | Q(isced_f__in=wider)


def destination_keys(conditions: QuerySet[CooperationCondition]) -> list[int]:
    """Return the primary keys of the institutions to which the conditions lead, in no order, in one query."""
    return list(conditions.order_by().values_list("receiving", flat=True).distinct())


def destinations(keys: Iterable[int], *, language: str) -> QuerySet[Organisation]:
    """Return the institutions with these keys, by name in `language`."""
    found = Organisation.objects.filter(pk__in=list(keys))
    return found.select_related("country").order_by("name_nl" if language.startswith("nl") else "name_en", "pk")


def conditions_by_destination(
    conditions: QuerySet[CooperationCondition], keys: Iterable[int] | None = None
) -> dict[int, list[CooperationCondition]]:
    """Return the conditions by the institution that receives, each with agreement, unit, subjects, languages, shares; in five queries."""
    rows = conditions if keys is None else conditions.filter(receiving__in=list(keys))
    found: dict[int, list[CooperationCondition]] = defaultdict(list)
    related = rows.select_related("version__agreement", "sending_unit", "receiving__country")
    for row in related.prefetch_related("subjects", "languages", "splits__unit").order_by("receiving", "kind", "position", "pk"):
        found[row.receiving_id].append(row)
    return found


def choices(on: date) -> Choices:
    """Return what there is to choose from, in six queries."""
    conditions = open_conditions(on).order_by()
    facets = conditions.values_list("receiving__country", "kind", "eqf_levels", "version__agreement__kind").distinct()
    countries, kinds, levels, agreements = (set(column) for column in zip(*facets, strict=True)) if facets else ((), (), (), ())
    subjects = SubjectArea.objects.filter(condition__in=conditions).order_by().values_list("isced_f", flat=True).distinct()
    languages = LanguageSkill.objects.filter(condition__in=conditions).order_by().values_list("language", flat=True).distinct()
    fields = {code[:2] for code in subjects} | {code[:3] for code in subjects if len(code) > 2 and code[2] != "0"}
    faculties = OrganizationalUnit.objects.filter(holding(on), organisation__is_home=True, kind=UnitKind.FACULTY)
    return Choices(
        list(Country.objects.filter(pk__in=countries)),
        sorted(fields),
        sorted({digit for text in levels for digit in text}),
        sorted(languages),
        sorted(kinds),
        sorted(agreements),
        list(faculties),
    )


def sheet_of(organisation: Organisation) -> FactSheet | None:
    """Return the fact sheet of an institution with whom to ask."""
    return FactSheet.objects.filter(organisation=organisation).prefetch_related("infos").first()


def our_contacts(partner: Organisation, *, on: date) -> QuerySet[Contact]:
    """Return the contacts of the home institution that the public may see: of the units that run an agreement with a partner, and of the
    institution as a whole where one of its agreements is in effect."""
    owners = set(agreements_in_effect(on).filter(parties__organisation=partner, is_public=True).order_by().values_list("owner", flat=True))
    wanted = Q(unit__in=[owner for owner in owners if owner is not None]) | (Q(unit=None) if owners else Q(pk__in=[]))
    found = Contact.objects.filter(holding(on), wanted, organisation__is_home=True, is_public=True)
    return found.select_related("person", "unit").order_by("role", "pk")
