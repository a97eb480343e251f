"""Which kinds of partners there are: universities, companies, governments, and how many of each have an agreement or a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from goliard.apps.agreements.models import AgreementParty
from goliard.apps.agreements.queries.destinations import agreements_in_effect
from goliard.apps.institutions.choices import OrganisationKind
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.queries.partners import FUNDERS
from goliard.apps.projects.models import ProjectPartner

UNIVERSITY, INDUSTRY, GOVERNMENT, SOCIETY = "university", "industry", "government", "society"
HELIX = {
    OrganisationKind.HEI: UNIVERSITY,
    OrganisationKind.RESEARCH_INSTITUTE: UNIVERSITY,
    OrganisationKind.COMPANY: INDUSTRY,
    OrganisationKind.GOVERNMENT: GOVERNMENT,
}


@dataclass(frozen=True, slots=True)
class KindCount:
    """Partners of one kind."""

    kind: str
    partners: int
    with_agreement: int
    with_project: int

    @property
    def strand(self) -> str:
        """Where the kind stands in the triple helix; whatever is neither university, industry nor government is society."""
        return HELIX.get(OrganisationKind(self.kind), SOCIETY)


def partner_mix(on: date) -> list[KindCount]:
    """Return the kinds of all partners, the largest first, in one query; they add up to every organisation but the own one and funders."""
    held = AgreementParty.objects.filter(organisation=OuterRef("pk"), agreement__in=agreements_in_effect(on).order_by())
    joined = ProjectPartner.objects.filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(is_home=False).exclude(kind__in=FUNDERS).order_by()
    flagged = rows.annotate(is_held=Exists(held), is_joined=Exists(joined))
    counted = flagged.values("kind").annotate(
        partners=Count("pk"), with_agreement=Count("pk", filter=Q(is_held=True)), with_project=Count("pk", filter=Q(is_joined=True))
    )
    return sorted((KindCount(**row) for row in counted), key=lambda each: (-each.partners, each.kind))
