"""Which partners of a project may be used in a mobility: approved, and with an agreement in effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goliard.apps.agreements.models import AgreementParty
from goliard.apps.agreements.queries.destinations import agreements_in_effect
from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.models import PartnerChange, Project
from goliard.rules.funding.running import mobility_faults
from goliard.rules.values.texts import Reason


@dataclass(frozen=True, slots=True)
class Readiness:
    """A partner with what stands in the way of a mobility; `asked` for one whose request is not decided."""

    organisation: Organisation
    faults: tuple[Reason, ...]
    asked: bool = False


def readiness_of_partners(project: Project, *, today: date) -> list[Readiness]:
    """Return every partner of a project, and who was asked for, in three queries."""
    partners = [row.organisation for row in project.partners.select_related("organisation__country").order_by("position", "pk")]
    asked = [row.organisation for row in PartnerChange.objects.filter(project=project, state="requested").select_related("organisation")]
    signed = set(AgreementParty.objects.filter(agreement__in=agreements_in_effect(today)).values_list("organisation_id", flat=True))
    return [
        Readiness(
            each, mobility_faults(name=each.name_en, is_approved=each in partners, has_agreement=each.pk in signed), each not in partners
        )
        for each in dict.fromkeys([*partners, *asked])
    ]


def may_be_used_in_a_mobility(project: Project, organisation: Organisation, *, on: date) -> tuple[Reason, ...]:
    """Return why no mobility of the project may use an organisation on a day; empty when it may."""
    found = [each for each in readiness_of_partners(project, today=on) if each.organisation.pk == organisation.pk]
    return found[0].faults if found else mobility_faults(name=organisation.name_en, is_approved=False, has_agreement=False)
