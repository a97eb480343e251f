"""What comes in: exactly the fields of the document, of exactly its kinds; and the rows that its keys name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, ConfigDict

from goliard.api.problems import Fault, Problem
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

M = TypeVar("M", bound=Model)


class Sent(BaseModel):
    """What a caller sends: an unknown field or a number in quotes is refused, not guessed at."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Keys:
    """The rows that keys name, read at once; what is missing is told together, each with its field."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._organisations: dict[str, Organisation] = {}
        self._units: dict[str, OrganizationalUnit] = {}

    def read(self, *, organisations: Iterable[str] = (), units: Iterable[str | None] = ()) -> None:
        """Read all rows with these keys, in two queries."""
        self._organisations |= {row.key: row for row in Organisation.objects.filter(key__in=set(organisations))}
        wanted = {key for key in units if key}
        self._units |= {row.key: row for row in OrganizationalUnit.objects.filter(key__in=wanted).select_related("organisation")}

    def organisation(self, key: str, field: str) -> Organisation | None:
        """Return the organisation, or note that there is none."""
        return self._noted(self._organisations.get(key), key, field)

    def unit(self, key: str | None, field: str, *, of: Organisation | None = None) -> OrganizationalUnit | None:
        """Return the unit, or note that there is none, or that it belongs to another organisation than `of`."""
        if not key:
            return None
        found = self._units.get(key)
        return self._noted(found if found and (of is None or found.organisation_id == of.pk) else None, key, field)

    def home_unit(self, key: str | None, field: str) -> OrganizationalUnit | None:
        """Return the unit of the institution itself, or note that there is none."""
        found = self._units.get(key or "")
        return self._noted(found if found and found.organisation.is_home else None, key, field) if key else None

    def invalid(self, invalid: InvalidValue, field: str) -> None:
        """Note a text that is not what it should be."""
        self.faults.append(Fault(field, "invalid-value", invalid.text))

    def settle(self) -> None:
        """Raise Problem 422 with everything that was noted."""
        if self.faults:
            raise Problem(422, "refused", self.faults[0].message, tuple(self.faults))

    def _noted(self, found: M | None, key: str | None, field: str) -> M | None:
        if found is None:
            said = Text(f"Er is niets met de sleutel «{key}».", f"There is nothing with the key “{key}”.")
            self.faults.append(Fault(field, "unknown-key", said))
        return found


def row_or_problem(rows: QuerySet[M], key: str) -> M:
    """Return the row with a key. Raises Problem 404."""
    found = rows.filter(key=key).first()
    if found is None:
        said = Text(
            f"Er is niets met de sleutel «{key}» dat dit token mag zien.", f"There is nothing with the key “{key}” that this token may see."
        )
        raise Problem(404, "not-found", said)
    return found
