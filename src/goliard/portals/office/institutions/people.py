"""The register of people: coordinators and contacts of partners and units."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.choices import Retention
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.people.models import Person, PersonEmail, PersonName
from goliard.apps.people.policies import may_edit_people, may_read_people
from goliard.apps.people.services.persons import keep_person
from goliard.portals.office.registers.fields import SearchFilter, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class PersonForm(forms.ModelForm):
    """The names that hold today."""

    class Meta:
        model = Person
        formfield_callback = form_field
        fields = ["given_name", "family_name", "native_name", "title", "retention_class"]


def _rows(_actor: Actor) -> QuerySet[Person]:
    """Students and applicants are not here: their data serve a selection, and stand with their applications."""
    rows = Person.objects.filter(merged_into__isnull=True).exclude(retention_class=Retention.APPLICATION)
    return rows.prefetch_related("emails")


PEOPLE = Register(
    name="people",
    model=Person,
    title=_("People"),
    one=_("person"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "family_name", lambda row: row.full_name),
        Column("title", _("Title"), "title", lambda row: row.title),
        Column("email", _("E-mail"), "", lambda row: next((each.email for each in row.emails.all()), "")),
    ),
    default_sort="name",
    form=PersonForm,
    may_read=may_read_people,
    may_add=may_edit_people,
    may_edit=may_edit_people,
    keep=keep_person,
    remove=remove,
    filters=SearchFilter,
    parts=(
        Parts(
            "emails",
            _("E-mail addresses"),
            forms.inlineformset_factory(Person, PersonEmail, fields=["email", "is_preferred"], extra=1),
            (
                Column("email", _("E-mail"), export=lambda row: row.email),
                Column("preferred", _("Preferred"), export=lambda row: "✓" if row.is_preferred else ""),
            ),
            lambda person: person.emails.all(),
        ),
        Parts(
            "earlier_names",
            _("Earlier names"),
            forms.inlineformset_factory(
                Person,
                PersonName,
                fields=["given_name", "family_name", "valid_from", "valid_until"],
                formfield_callback=form_field,
                extra=1,
            ),
            (
                Column("name", _("Name"), export=str),
                Column("until", _("Until"), export=lambda row: row.valid_until),
            ),
            lambda person: person.earlier_names.all(),
        ),
    ),
)
