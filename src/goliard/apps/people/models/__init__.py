"""Tables of people."""

from goliard.apps.people.models.contacts import Contact
from goliard.apps.people.models.enrolments import Enrolment, LanguageResult
from goliard.apps.people.models.persons import Citizenship, Person, PersonEmail, PersonIdentifier, PersonName

__all__ = ["Citizenship", "Contact", "Enrolment", "LanguageResult", "Person", "PersonEmail", "PersonIdentifier", "PersonName"]
