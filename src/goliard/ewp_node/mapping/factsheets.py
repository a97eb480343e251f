"""Our fact sheet as the network wants it: whole, or not at all."""

from __future__ import annotations

from goliard.apps.agreements.choices import InfoKind
from goliard.apps.agreements.models import FactSheet, FactSheetInfo
from goliard.ewp_codec.factsheets import Accessibility, AdditionalInformation, AdditionalRequirement, CalendarEntry, Factsheet, Information
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_node.mapping.institutions import phone_of

REQUIRED = (InfoKind.APPLICATION, InfoKind.HOUSING, InfoKind.VISA, InfoKind.INSURANCE)
FURTHER = (InfoKind.RECOGNITION, InfoKind.COURSES)


def factsheet_of(sheet: FactSheet, hei_id: str) -> Factsheet | None:
    """Return the fact sheet, or None while something that the network demands is missing: a date, a limit, or whom to ask about what."""
    dates = (sheet.nominations_autumn, sheet.nominations_spring, sheet.applications_autumn, sheet.applications_spring)
    found = {row.kind: information_of(row) for row in sheet.infos.all() if row.email and row.phone and row.website}
    if not all(dates) or sheet.decision_weeks is None or sheet.transcript_weeks is None or any(kind not in found for kind in REQUIRED):
        return None
    requirements = sheet.requirements_en or sheet.requirements_nl
    help_there = found.get(InfoKind.ACCESSIBILITY)
    return Factsheet(
        hei_id=hei_id,
        nominations=CalendarEntry(f"--{dates[0]}", f"--{dates[1]}"),
        applications=CalendarEntry(f"--{dates[2]}", f"--{dates[3]}"),
        application_information=found[InfoKind.APPLICATION],
        decision_weeks=sheet.decision_weeks,
        transcript_weeks=sheet.transcript_weeks,
        housing=found[InfoKind.HOUSING],
        visa=found[InfoKind.VISA],
        insurance=found[InfoKind.INSURANCE],
        additional_requirements=(AdditionalRequirement("Further requirements", requirements),) if requirements else (),
        accessibility=() if help_there is None else (Accessibility("service", "Accessibility", help_there),),
        additional_information=tuple(AdditionalInformation(kind.value, found[kind]) for kind in FURTHER if kind in found),
    )


def information_of(row: FactSheetInfo) -> Information:
    """Return whom to ask."""
    return Information(row.email, phone_of(row.phone), (LocalizedText(row.website),))
