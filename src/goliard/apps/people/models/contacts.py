"""Whom one turns to at an organisation: a person, or a functional mailbox that outlives persons."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.people.choices import ContactRole
from goliard.apps.people.models.persons import Person

#: contacts to whose address mail came back
BOUNCING = models.Q(bounced_address=models.F("email")) & ~models.Q(email="")


class Contact(Dated):
    """A contact of an organisation (or one of its units) in a role, for as long as it holds."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts", verbose_name=_("organisation"))
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("unit"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("person"))
    mailbox_name = models.CharField(
        _("functional mailbox"), max_length=200, blank=True, help_text=_("Such as International Relations; for a contact without a person.")
    )
    role = models.CharField(_("role"), max_length=16, choices=ContactRole.choices)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    bounced_address = models.EmailField(_("address from which mail came back"), blank=True, editable=False)
    bounced_at = models.DateTimeField(_("mail came back"), null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("shown on the public site"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, mailbox_name="") | (models.Q(person__isnull=True) & ~models.Q(mailbox_name="")),
                name="contact_person_or_mailbox",
                violation_error_message=_("Give either a person or the name of a functional mailbox."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's name, or that of the mailbox."""
        return self.person.full_name if self.person else self.mailbox_name

    @property
    def is_bouncing(self) -> bool:
        """Whether mail to the address that stands here came back; another address is believed again."""
        return bool(self.bounced_address) and self.bounced_address == self.email
