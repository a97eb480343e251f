"""What there is only one of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import CountryAlias, CountryStatus, Organisation, OrganisationIdentifier, OrganizationalUnit
from goliard.apps.institutions.services.countries import overlapping_statuses
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.faults import Fault, Faults
from goliard.apps.transfer.reading import Contents
from goliard.apps.transfer.table import Record, batches
from goliard.rules.values.folding import fold
from goliard.rules.values.texts import Text


def check_homes(contents: Contents, faults: Faults) -> None:
    """One home institution: in the folder, and together with the database."""
    records = contents.records["organisations"]
    said = {record.values["key"]: record.values.get("is_home") for record in records}
    stored = set(Organisation.objects.filter(is_home=True).values_list("key", flat=True))
    homes = {key for key, is_home in said.items() if is_home} | {key for key in stored if said.get(key, True) is not False}
    if len(homes) > 1:
        shown = ", ".join(sorted(homes))
        for record in records:
            if record.values.get("is_home"):
                _add(
                    faults,
                    record,
                    "is_home",
                    Text(f"Er is één eigen instelling; hier zijn het: {shown}.", f"There is one home institution; here: {shown}."),
                )


def check_calls(contents: Contents, faults: Faults) -> None:
    """One call of an action in a year."""
    taken = {(action, year): key for key, action, year in FundingCall.objects.values_list("key", "action__key", "year")}
    for record in contents.records["calls"]:
        action, year = record.values.get("action"), record.values.get("year")
        if action is None or year is None:
            continue
        first = taken.setdefault((action, year), record.values["key"])
        if first != record.values["key"]:
            because = Text(
                f"Van deze actie is er in dit jaar al een call: {first}.", f"This action has a call in this year already: {first}."
            )
            _add(faults, record, "year", because)


def check_aliases(contents: Contents, faults: Faults) -> None:
    """One country behind every other spelling."""
    taken = dict(CountryAlias.objects.values_list("search_key", "country__iso2"))
    for record in contents.records["countries"]:
        iso2 = record.values["iso2"]
        for key, owner in list(taken.items()):
            if owner == iso2 and "aliases" in record.lists:
                del taken[key]
    for record in contents.records["countries"]:
        iso2 = record.values["iso2"]
        for alias in record.lists.get("aliases", ()):
            if taken.setdefault(fold(alias), iso2) != iso2:
                because = Text(f"‘{alias}’ hoort al bij {taken[fold(alias)]}.", f"“{alias}” already belongs to {taken[fold(alias)]}.")
                _add(faults, record, "aliases", because)


def check_names(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """Every organisation and unit has a name."""
    because = Text("Er is geen naam: vul name_en of name_nl in.", "There is no name: fill in name_en or name_nl.")
    for part in batches(touched["organisations"]):
        for pk, key in Organisation.objects.filter(pk__in=part, name_en="").values_list("pk", "key"):
            yield Finding("organisations", pk, "name_en", because, key)
    for part in batches(touched["units"]):
        for pk, key in OrganizationalUnit.objects.filter(pk__in=part, name_en="").values_list("pk", "key"):
            yield Finding("units", pk, "name_en", because, key)


def check_identifiers(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """No two organisations share a SCHAC code, Erasmus code, PIC or OID."""
    schemes = [IdentifierScheme.HEI_ID, IdentifierScheme.ERASMUS, IdentifierScheme.PIC, IdentifierScheme.OID]
    if not touched["organisation_identifiers"]:
        return
    rows = OrganisationIdentifier.objects.filter(scheme__in=schemes)
    doubles = rows.values("scheme", "value").annotate(owners=Count("organisation", distinct=True)).filter(owners__gt=1).order_by()
    for double in doubles:
        found = list(rows.filter(scheme=double["scheme"], value=double["value"]).select_related("organisation"))
        for row in found:
            if row.pk in touched["organisation_identifiers"]:
                others = ", ".join(sorted(each.organisation.key for each in found if each.pk != row.pk))
                because = Text(f"{row.value} hoort ook bij {others}.", f"{row.value} belongs to {others} too.")
                yield Finding("organisation_identifiers", row.pk, "value", because, row.organisation.key)


def check_statuses(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """A country has one status on a day."""
    by_country: dict[int, list[CountryStatus]] = {}
    if not touched["country_statuses"]:
        return
    for row in CountryStatus.objects.select_related("country"):
        by_country.setdefault(row.country_id, []).append(row)
    for rows in by_country.values():
        for reason in overlapping_statuses(rows):
            touching = [row for row in rows if row.pk in touched["country_statuses"]]
            for row in touching[:1]:
                yield Finding("country_statuses", row.pk, "valid_from", reason.because, row.country.iso2)


def _add(faults: Faults, record: Record, column: str, because: Text) -> None:
    faults.add(Fault(record.file, because, row=record.row, column=column))
