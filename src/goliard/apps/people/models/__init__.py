"""Tables of people."""

from goliard.apps.people.models.appointments import Appointment
from goliard.apps.people.models.contacts import BOUNCING, Contact
from goliard.apps.people.models.enrolments import Enrolment, LanguageResult
from goliard.apps.people.models.persons import Citizenship, Person, PersonEmail, PersonIdentifier, PersonName

__all__ = [
    "BOUNCING",
    "Appointment",
    "Citizenship",
    "Contact",
    "Enrolment",
    "LanguageResult",
    "Person",
    "PersonEmail",
    "PersonIdentifier",
    "PersonName",
]
