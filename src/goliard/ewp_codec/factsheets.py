"""Factsheet 1.2: deadlines, requirements and who helps with housing, visa and insurance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.contacts import PhoneNumber, parse_phone_number, write_phone_number
from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.lexical import ACCESSIBILITY, EMAIL, HTTP_URL, INTEGER, MONTH_DAY
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import FACTSHEET, PHONE
from goliard.ewp_codec.reading import ElementReader, Parsed, open_document
from goliard.ewp_codec.writing import ElementWriter, new_document, to_bytes


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A deadline for each term, as `--MM-DD`."""

    autumn_term: str
    spring_term: str


@dataclass(frozen=True, slots=True)
class Information:
    """Where to ask and read: an e-mail address, a telephone number and at least one web page."""

    email: str
    phone_number: PhoneNumber
    website_urls: tuple[LocalizedText, ...]


@dataclass(frozen=True, slots=True)
class AdditionalRequirement:
    """Something that an applicant needs besides the usual."""

    name: str
    details: str
    websites: tuple[LocalizedText, ...] = ()


@dataclass(frozen=True, slots=True)
class Accessibility:
    """A building (`infrastructure`) or a `service` for people with a disability."""

    type: str
    name: str
    information: Information
    description: str = ""


@dataclass(frozen=True, slots=True)
class AdditionalInformation:
    """Information on any other subject."""

    type: str
    information: Information


@dataclass(frozen=True, slots=True)
class Factsheet:
    """What a partner needs to know every year. Both limits are weeks: to decide on applications, and to send transcripts."""

    hei_id: str
    nominations: CalendarEntry
    applications: CalendarEntry
    application_information: Information
    decision_weeks: int | None
    transcript_weeks: int | None
    housing: Information
    visa: Information
    insurance: Information
    additional_requirements: tuple[AdditionalRequirement, ...] = ()
    accessibility: tuple[Accessibility, ...] = ()
    additional_information: tuple[AdditionalInformation, ...] = ()


def parse_factsheets(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[Factsheet, ...]]:
    """Read the answer of factsheet. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "factsheet-response", FACTSHEET, limits)
    factsheets = tuple(_factsheet(factsheet) for factsheet in reader.children("factsheet"))
    reader.close()
    return Parsed(factsheets, faults.as_tuple())


def render_factsheets(factsheets: Iterable[Factsheet]) -> bytes:
    """Write the answer of factsheet. Raises `Unwritable`."""
    writer = new_document("factsheet-response", FACTSHEET)
    for factsheet in factsheets:
        _write_factsheet(writer.child("factsheet"), factsheet)
    return to_bytes(writer)


def _factsheet(reader: ElementReader) -> Factsheet:
    hei_id = reader.text("hei-id", required=True).strip()
    nominations, applications = _calendar(reader)
    application_information = _information(reader, "application-info")
    requirements = tuple(_requirement(requirement) for requirement in reader.children("additional-requirement"))
    decision_weeks = reader.integer("decision-weeks-limit", required=True)
    transcript_weeks = reader.integer("tor-weeks-limit", required=True)
    accessibility = tuple(_accessibility(entry) for entry in reader.children("accessibility"))
    factsheet = Factsheet(
        hei_id=hei_id,
        nominations=nominations,
        applications=applications,
        application_information=application_information,
        additional_requirements=requirements,
        decision_weeks=decision_weeks,
        transcript_weeks=transcript_weeks,
        accessibility=accessibility,
        housing=_information(reader, "housing-info"),
        visa=_information(reader, "visa-info"),
        insurance=_information(reader, "insurance-info"),
        additional_information=tuple(_additional(entry) for entry in reader.children("additional-info")),
    )
    reader.close()
    return factsheet


def _calendar(parent: ElementReader) -> tuple[CalendarEntry, CalendarEntry]:
    reader = parent.child("calendar", required=True)
    if reader is None:
        return CalendarEntry("", ""), CalendarEntry("", "")
    entries = _calendar_entry(reader, "student-nominations"), _calendar_entry(reader, "student-applications")
    reader.close()
    return entries


def _calendar_entry(parent: ElementReader, name: str) -> CalendarEntry:
    reader = parent.child(name, required=True)
    if reader is None:
        return CalendarEntry("", "")
    entry = CalendarEntry(reader.text("autumn-term", MONTH_DAY, required=True), reader.text("spring-term", MONTH_DAY, required=True))
    reader.close()
    return entry


def _information(parent: ElementReader, name: str) -> Information:
    reader = parent.child(name, required=True)
    if reader is None:
        return Information("", PhoneNumber(), ())
    email = reader.text("email", EMAIL, required=True)
    phone = reader.child("phone-number", namespace=PHONE, required=True)
    number = PhoneNumber() if phone is None else parse_phone_number(phone)
    information = Information(email, number, reader.localized("website-url", HTTP_URL, at_least=1))
    reader.close()
    return information


def _requirement(reader: ElementReader) -> AdditionalRequirement:
    name, details = reader.text("name", required=True), reader.text("details", required=True)
    requirement = AdditionalRequirement(name, details, reader.localized("information-website", HTTP_URL))
    reader.close()
    return requirement


def _accessibility(reader: ElementReader) -> Accessibility:
    type_ = reader.text("type", ACCESSIBILITY, required=True)
    name = reader.text("name", required=True)
    description = reader.text("description")
    entry = Accessibility(type_, name, _information(reader, "information"), description)
    reader.close()
    return entry


def _additional(reader: ElementReader) -> AdditionalInformation:
    entry = AdditionalInformation(reader.text("type", required=True), _information(reader, "info"))
    reader.close()
    return entry


def _write_factsheet(writer: ElementWriter, factsheet: Factsheet) -> None:
    writer.text("hei-id", factsheet.hei_id)
    calendar = writer.child("calendar")
    _write_calendar_entry(calendar, "student-nominations", factsheet.nominations)
    _write_calendar_entry(calendar, "student-applications", factsheet.applications)
    _write_information(writer, "application-info", factsheet.application_information)
    for requirement in factsheet.additional_requirements:
        inner = writer.child("additional-requirement")
        inner.text("name", requirement.name)
        inner.text("details", requirement.details)
        inner.localized("information-website", requirement.websites, url=True)
    writer.integer("decision-weeks-limit", factsheet.decision_weeks, INTEGER)
    writer.integer("tor-weeks-limit", factsheet.transcript_weeks, INTEGER)
    for entry in factsheet.accessibility:
        inner = writer.child("accessibility")
        inner.text("type", entry.type, ACCESSIBILITY)
        inner.text("name", entry.name)
        inner.optional("description", entry.description)
        _write_information(inner, "information", entry.information)
    _write_information(writer, "housing-info", factsheet.housing)
    _write_information(writer, "visa-info", factsheet.visa)
    _write_information(writer, "insurance-info", factsheet.insurance)
    for additional in factsheet.additional_information:
        inner = writer.child("additional-info")
        inner.text("type", additional.type)
        _write_information(inner, "info", additional.information)


def _write_calendar_entry(parent: ElementWriter, name: str, entry: CalendarEntry) -> None:
    writer = parent.child(name)
    writer.text("autumn-term", entry.autumn_term, MONTH_DAY)
    writer.text("spring-term", entry.spring_term, MONTH_DAY)


def _write_information(parent: ElementWriter, name: str, information: Information) -> None:
    writer = parent.child(name)
    writer.text("email", information.email, EMAIL)
    write_phone_number(writer, "phone-number", information.phone_number)
    writer.localized("website-url", information.website_urls, at_least=1, url=True)
