"""The stay that an application plans, and what is missing in it."""

from __future__ import annotations

from datetime import date

from goliard.apps.applications.models import Application, OwnHost, PlannedStay
from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.institutions.models.dated import holding
from goliard.apps.rounds.choices import RoundKind
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.asked import requirements_of_round
from goliard.rules.applications.stay import Host, Session, StayAsked, StayFacts, stay_faults
from goliard.rules.eligibility.facts import Person, Requirements, TravelAdvice
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.texts import Reason, Text


def stay_of(application: Application) -> PlannedStay | None:
    """Return the stay as it is planned, or None."""
    return PlannedStay.objects.filter(application=application).prefetch_related("sessions").first()


def host_of(application: Application) -> OwnHost | None:
    """Return the host that the applicant found, or None."""
    return OwnHost.objects.filter(application=application).select_related("country").first()


def wishes_own_host(application: Application) -> bool:
    """Whether one of the wishes is a host that the applicant found."""
    return _has_own_hosts(application.round) and application.preferences.filter(destination__is_own_host=True).exists()


def offers_own_host(round: Round) -> bool:
    """Whether one may wish for a host of one's own in the round."""
    return _has_own_hosts(round) and round.destinations.filter(is_own_host=True, is_withdrawn=False).exists()


def _has_own_hosts(round: Round) -> bool:
    """Only trainees find their host themselves; every other round is spared the question."""
    return round.kind == RoundKind.TRAINEESHIP


def asks_stay(round: Round) -> bool:
    """Whether the form of the round asks for a stay or a host."""
    return bool(round.purposes) or offers_own_host(round)


def missing_in_stay(application: Application, day: date) -> tuple[Reason, ...]:
    """Return what the stay lacks, and why nobody goes to the host's country on a day; empty where the round asks for none."""
    round_ = application.round
    own = wishes_own_host(application)
    if not round_.purposes and not own:
        return ()
    stay, host = stay_of(application), host_of(application) if own else None
    asked = StayAsked(
        purposes=frozenset(round_.purpose_list), days_min=round_.days_min, days_max=round_.days_max,
        doctoral_short_stays=round_.doctoral_short_stays, teaching_hours=round_.teaching_hours, sessions=round_.is_for_staff,
    )  # fmt: skip
    facts = StayFacts(
        purpose=stay.purpose if stay else "",
        starts_on=stay.starts_on if stay else None,
        ends_on=stay.ends_on if stay else None,
        sessions=tuple(Session(each.topic, each.hours) for each in stay.sessions.all()) if stay else (),
        cycle=EqfLevel(application.enrolment.cycle) if application.enrolment else None,
        host=_host(host) if own else None,
    )
    return (*stay_faults(facts, asked, day), *_advice(round_, host, day))


def _host(host: OwnHost | None) -> Host:
    if host is None:
        return Host()
    country = host.country.iso2 if host.country else ""
    return Host(host.name, host.city, country, host.contact_name, host.contact_email, host.tasks)


def _advice(round: Round, host: OwnHost | None, day: date) -> list[Reason]:
    """The travel advice counts for a host of one's own as for every destination."""
    if host is None or host.country is None:
        return []
    rows = CountryAdvice.objects.filter(holding(day), country=host.country).order_by("-valid_from")
    colour = rows.values_list("colour", flat=True).first()
    asked = Requirements(barred_advice=requirements_of_round(round).barred_advice)
    found = refusals(Person(is_enrolled=True), asked, TravelAdvice(colour) if colour else None)
    return [Reason("application.stay", _at(host, each.because), field="stay") for each in found]


def _at(host: OwnHost, because: Text) -> Text:
    return Text(f"{host.name}: {because.nl}", f"{host.name}: {because.en}")
