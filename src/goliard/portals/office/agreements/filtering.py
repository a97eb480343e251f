"""How the list of agreements is narrowed: by words, partner's country, who runs it, what it says, and what the renewal desk looks for."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import AgreementKind, AgreementState, ConditionKind
from goliard.apps.agreements.models import Agreement, AgreementParty, LanguageSkill, SubjectArea
from goliard.apps.agreements.queries.desk import RENEWAL_FILTERS, About, narrowed, saying
from goliard.apps.institutions.models import Country, OrganizationalUnit
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.rules.values.collation import sort_key
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field

LOWEST_LEVEL = 5  # below it nobody studies in higher education
_PARTNER = Q(organisation__is_home=False)


def _country_choices() -> list[tuple[str, str]]:
    reached = AgreementParty.objects.filter(_PARTNER).order_by().values("organisation__country").distinct()
    found = [(str(row.pk), row.name(get_language() or "en")) for row in Country.objects.filter(pk__in=reached)]
    return sorted(found, key=lambda choice: sort_key(choice[1]))


def _owner_choices() -> list[tuple[str, str]]:
    running = Agreement.objects.order_by().values("owner").distinct()
    units = [(str(unit.pk), unit.name(get_language() or "en")) for unit in OrganizationalUnit.objects.filter(pk__in=running)]
    return [("none", _t("the institution as a whole")), *sorted(units, key=lambda choice: sort_key(choice[1]))]


def _subject_choices() -> list[tuple[str, str]]:
    codes = {code[:2] for code in SubjectArea.objects.order_by().values_list("isced_f", flat=True).distinct()}
    return [(code, f"{code} {parse_isced_field(code).name.in_language(get_language() or 'en')}") for code in sorted(codes)]


def _language_choices() -> list[tuple[str, str]]:
    codes = LanguageSkill.objects.order_by().values_list("language", flat=True).distinct()
    return [(code, code) for code in sorted(codes)]


class AgreementFilter(SearchFilter):
    """Narrow by words, kind, state and what the renewal desk looks for."""

    kind = any_of(_("Kind"), AgreementKind.choices)
    state = any_of(_("State"), AgreementState.choices)
    desk = any_of(_("Asks for attention"), RENEWAL_FILTERS)
    country = any_of(_("Country"), _country_choices)
    owner = any_of(_("Run by"), _owner_choices)
    mobility = any_of(_("Mobility"), ConditionKind.choices)
    subject = any_of(_("Subject"), _subject_choices)
    level = any_of(_("Level"), [(str(level.value), f"EQF {level.value}") for level in EqfLevel if level.value >= LOWEST_LEVEL])
    language = any_of(_("Language"), _language_choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        rows = self.narrow(super().apply(rows), kind="kind", state="state")
        said = self.cleaned_data
        if said["country"]:
            rows = rows.filter(pk__in=AgreementParty.objects.filter(_PARTNER, organisation__country=said["country"]).values("agreement"))
        if said["owner"]:
            rows = rows.filter(owner=None if said["owner"] == "none" else said["owner"])
        about = About(said["mobility"], said["subject"], said["level"], said["language"])
        return narrowed(saying(rows, about), said["desk"], timezone.localdate())
