"""An agreement with a partner: one condition each way."""

from __future__ import annotations

from datetime import date

from tests.factories.university import University

from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition, LanguageSkill, SubjectArea
from goliard.apps.institutions.services.names import search_key


def an_agreement(university: University, *, state: str = "draft", key: str = "partner-2026", places: int = 2) -> Agreement:
    """A complete agreement of home and partner over 2026/2027 to 2028/2029; in effect, its version is agreed."""
    agreement = Agreement.objects.create(
        key=key,
        kind="exchange",
        state=state,
        title=f"Exchange with {university.partner.name_en}",
        starts_on=date(2026, 9, 1),
        ends_on=date(2029, 8, 31),
        search_key=search_key([f"Exchange with {university.partner.name_en}", key]),
    )
    for position, organisation in enumerate((university.home, university.partner)):
        AgreementParty.objects.create(agreement=agreement, organisation=organisation, position=position)
    version_state = {"draft": "draft", "proposed": "proposed"}.get(state, "agreed")
    version = AgreementVersion.objects.create(agreement=agreement, number=1, state=version_state)
    for position, (sending, receiving) in enumerate(((university.home, university.partner), (university.partner, university.home))):
        condition = CooperationCondition.objects.create(
            version=version,
            position=position,
            kind="student-studies",
            sending=sending,
            receiving=receiving,
            first_year="2026/2027",
            last_year="2028/2029",
            mobilities_per_year=places,
            amount="20",
            eqf_levels="67",
        )
        SubjectArea.objects.create(condition=condition, isced_f="0222", clarification="Modern history")
        LanguageSkill.objects.create(condition=condition, language="en", level="B2")
    return agreement
