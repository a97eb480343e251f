"""The catalogue of figures: every name that a table may use, its unit, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goliard.rules.values.texts import Text


class Unit(StrEnum):
    """What a figure counts."""

    EUR_PER_MONTH = "EUR/month"
    EUR_PER_DAY = "EUR/day"
    EUR_PER_MOBILITY = "EUR/mobility"
    EUR_PER_PARTICIPANT = "EUR/participant"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"
    PARTICIPANTS = "participants"
    PERCENT = "%"
    YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure means, and in what it is counted."""

    unit: Unit
    text: Text


def _meaning(unit: Unit, nl: str, en: str) -> Meaning:
    return Meaning(unit, Text(nl=nl, en=en))


CATALOGUE: dict[str, Meaning] = {
    # what the action is for
    "between_programme_countries": _meaning(Unit.YES_NO, "ook tussen programmalanden", "also between programme countries"),
    # individual support
    "student_month": _meaning(Unit.EUR_PER_MONTH, "maandbedrag van een student", "monthly amount of a student"),
    "month_days": _meaning(Unit.DAYS, "dagen in een beursmaand", "days in a month of grant"),
    "short_term_day_1_14": _meaning(Unit.EUR_PER_DAY, "dagbedrag kort verblijf, dag 1-14", "day rate of a short stay, day 1-14"),
    "short_term_day_15_30": _meaning(Unit.EUR_PER_DAY, "dagbedrag kort verblijf, vanaf dag 15", "day rate of a short stay, from day 15"),
    "staff_day": _meaning(Unit.EUR_PER_DAY, "dagbedrag van een medewerker", "day rate of staff"),
    "staff_full_days": _meaning(Unit.DAYS, "dagen tegen het volle dagbedrag", "days at the full day rate"),
    "staff_day_15_factor": _meaning(Unit.PERCENT, "deel van het dagbedrag vanaf dag 15", "share of the day rate from day 15"),
    # travel
    "travel_for_students": _meaning(Unit.YES_NO, "reisbijdrage voor studenten", "travel support for students"),
    "standard_travel_days_max": _meaning(Unit.DAYS, "reisdagen, gewone reis", "travel days, standard travel"),
    "green_travel_days_max": _meaning(Unit.DAYS, "reisdagen, groene reis", "travel days, green travel"),
    "expensive_travel_allowed": _meaning(Unit.YES_NO, "dure reis naar werkelijke kosten", "expensive travel by real costs"),
    "expensive_travel_trigger": _meaning(
        Unit.PERCENT, "de klasse dekt minder dan dit deel van de kosten", "the band covers less than this share of the costs"
    ),
    "expensive_travel_rate": _meaning(Unit.PERCENT, "deel van de werkelijke reiskosten", "share of the real travel costs"),
    # top-ups
    "topup_fewer_opp_long": _meaning(Unit.EUR_PER_MONTH, "toeslag minder kansen, lang", "top-up for fewer opportunities, long"),
    "topup_fewer_opp_short_5_14": _meaning(
        Unit.EUR_PER_MOBILITY, "toeslag minder kansen, 5-14 dagen", "top-up for fewer opportunities, 5-14 days"
    ),
    "topup_fewer_opp_short_15_30": _meaning(
        Unit.EUR_PER_MOBILITY, "toeslag minder kansen, 15-30 dagen", "top-up for fewer opportunities, 15-30 days"
    ),
    "topup_traineeship_long": _meaning(Unit.EUR_PER_MONTH, "stagetoeslag", "traineeship top-up"),
    "topup_traineeship_ka171": _meaning(Unit.EUR_PER_MONTH, "stagetoeslag in regio 1-12", "traineeship top-up in regions 1-12"),
    "topups_cumulate": _meaning(Unit.YES_NO, "stagetoeslag en minder kansen samen", "traineeship and fewer opportunities together"),
    "green_topup_one_off": _meaning(Unit.EUR_PER_MOBILITY, "eenmalige groene toeslag", "one-off green top-up"),
    # for the institution
    "org_support": _meaning(Unit.EUR_PER_PARTICIPANT, "organisatiekosten per deelnemer", "organisational support per participant"),
    "org_support_above": _meaning(
        Unit.EUR_PER_PARTICIPANT, "organisatiekosten boven de eerste trede", "organisational support beyond the first tier"
    ),
    "org_support_first_tier": _meaning(Unit.PARTICIPANTS, "deelnemers in de eerste trede", "participants in the first tier"),
    "inclusion_support_org": _meaning(
        Unit.EUR_PER_PARTICIPANT, "inclusiesteun voor de instelling", "inclusion support for the organisation"
    ),
    "inclusion_support_participant": _meaning(Unit.PERCENT, "inclusiesteun, deel van de kosten", "inclusion support, share of the costs"),
    # limits
    "student_long_days_min": _meaning(Unit.DAYS, "kortste lange verblijf", "shortest long stay"),
    "student_short_days_min": _meaning(Unit.DAYS, "kortste korte verblijf", "shortest short stay"),
    "student_short_days_max": _meaning(Unit.DAYS, "langste korte verblijf", "longest short stay"),
    "cap_months_per_cycle": _meaning(Unit.MONTHS, "meeste maanden per studiecyclus", "most months per study cycle"),
    "staff_days_min": _meaning(Unit.DAYS, "kortste verblijf van een medewerker", "shortest stay of staff"),
    "staff_days_max": _meaning(Unit.DAYS, "langste verblijf van een medewerker", "longest stay of staff"),
    "teaching_hours_min": _meaning(Unit.HOURS, "lesuren per week of kortere periode", "teaching hours a week or shorter stay"),
    "teaching_hours_with_training": _meaning(Unit.HOURS, "lesuren naast training", "teaching hours beside training"),
    "teaching_week_days": _meaning(Unit.DAYS, "dagen in een lesweek", "days in a week of teaching"),
    # payment to the participant
    "first_instalment_min": _meaning(Unit.PERCENT, "kleinste eerste termijn", "smallest first instalment"),
    "first_instalment_max": _meaning(Unit.PERCENT, "grootste eerste termijn", "largest first instalment"),
    "first_instalment_days": _meaning(Unit.DAYS, "eerste termijn na ondertekening", "first instalment after signature"),
    "balance_days": _meaning(Unit.DAYS, "slotbetaling na de EU-enquête", "balance after the EU survey"),
    "na_to_hei_first_payment": _meaning(
        Unit.PERCENT, "eerste betaling van het nationaal agentschap", "first payment of the National Agency"
    ),
    "shorter_stay_tolerance": _meaning(Unit.DAYS, "dagen korter zonder gevolg", "days shorter without effect"),
    # moving money within a project without an amendment
    "transfer_in_out_max": _meaning(
        Unit.PERCENT, "van het project, tussen inkomend en uitgaand", "of the project, between incoming and outgoing"
    ),
    "transfer_org_support_max": _meaning(
        Unit.PERCENT, "van de organisatiekosten, naar mobiliteit", "of organisational support, to mobility"
    ),
    "transfer_to_exceptional_max": _meaning(
        Unit.PERCENT, "van de subsidie, naar uitzonderlijke kosten", "of the grant, to exceptional costs"
    ),
    "transfer_within_region": _meaning(Unit.YES_NO, "vrij tussen landen van één regio", "free between countries of one region"),
    # scholarships of the institution
    "apply_days_before_start": _meaning(Unit.DAYS, "aanvragen voor de start", "apply before the start"),
    "paid_days_before_start_most": _meaning(Unit.DAYS, "op zijn vroegst betaald voor de start", "paid before the start, at the earliest"),
    "paid_days_before_start_least": _meaning(Unit.DAYS, "op zijn laatst betaald voor de start", "paid before the start, at the latest"),
    "combines_with_eu_grant": _meaning(Unit.YES_NO, "samen met een beurs van het programma", "together with a grant of the programme"),
}


def meaning_of(label: str) -> Text | None:
    """What a figure says, by its name or its label (`student_month (group=2)`); None for a name outside the catalogue."""
    name = label.split(" ", 1)[0]
    return CATALOGUE[name].text if name in CATALOGUE else None


WHOLE = frozenset({Unit.DAYS, Unit.MONTHS, Unit.PARTICIPANTS})
"""Units of which a table holds no parts."""
DIVISORS = frozenset({"month_days", "teaching_week_days"})
"""Figures by which the engine divides: never zero."""

# what a figure may depend on, and the values each dimension knows (None: a code that is checked by its shape)
DIMENSIONS: dict[str, frozenset[str] | None] = {
    "direction": frozenset({"incoming", "outgoing"}),
    "participant": frozenset({"student", "staff"}),
    "activity": frozenset({"studies", "traineeship", "teaching", "training"}),
    "cycle": frozenset({"short", "first", "second", "third"}),
    "length": frozenset({"short", "long"}),
    "group": frozenset({"1", "2", "3"}),
    "area": frozenset({"programme", "partner"}),
    "third_country": frozenset({"yes", "no"}),
    "fewer_opportunities": frozenset({"yes", "no"}),
    "sender": None,
    "receiver": None,
}
