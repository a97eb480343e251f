"""The register of contacts: persons and functional mailboxes of organisations, each in a role and for a time."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.apps.people.choices import ContactRole
from goliard.apps.people.models import BOUNCING, Contact
from goliard.apps.people.policies import may_edit_people, may_read_people
from goliard.portals.office.institutions.bounces import bounce_panel
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class ContactFilter(SearchFilter):
    """Narrow by words, role, and whether the contact still holds."""

    search_in = ("organisation__search_key", "person__search_key", "mailbox_name", "email")
    role = any_of(_("Role"), ContactRole.choices)
    mail = any_of(_("Mail"), [("bounced", _("comes back"))])
    current = any_of(_("When"), [("now", _("current")), ("past", _("former"))])

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        rows = self.narrow(super().apply(rows), role="role")
        if self.cleaned_data["mail"] == "bounced":
            rows = rows.filter(BOUNCING)
        now = holding(timezone.localdate())
        match self.cleaned_data["current"]:
            case "now":
                return rows.filter(now)
            case "past":
                return rows.exclude(now)
        return rows


class ContactForm(forms.ModelForm):
    """Either a person or a functional mailbox, for one organisation."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))
    unit = LookupField(lookup_rows("units"), "units", required=False, label=_("unit"))
    person = LookupField(lookup_rows("persons"), "persons", key="public_id", required=False, label=_("person"))

    class Meta:
        model = Contact
        formfield_callback = form_field
        fields = ["organisation", "unit", "person", "mailbox_name", "role", "email", "phone", "valid_from", "valid_until", "is_public"]


def _rows(_actor: Actor) -> QuerySet[Contact]:
    return Contact.objects.select_related("organisation", "unit", "person")


CONTACTS = Register(
    name="contacts",
    model=Contact,
    title=_("Contacts"),
    one=_("contact"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "mailbox_name", lambda row: row.name),
        Column("organisation", _("Organisation"), "organisation__name_en", lambda row: row.organisation.name(get_language() or "en")),
        Column("role", _("Role"), "role", lambda row: row.get_role_display()),
        Column("email", _("E-mail"), "email", lambda row: f"{row.email} ({_t('comes back')})" if row.is_bouncing else row.email),
        Column("until", _("Until"), "valid_until", lambda row: row.valid_until),
    ),
    default_sort="organisation",
    form=ContactForm,
    may_read=may_read_people,
    may_add=may_edit_people,
    may_edit=may_edit_people,
    keep=keep,
    remove=remove,
    filters=ContactFilter,
    panels=lambda contact, actor: (bounce_panel(contact, actor),),
)
