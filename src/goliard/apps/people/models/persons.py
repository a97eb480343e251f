"""A person and what identifies them. One row per human being, whatever their roles; two rows of one human being are merged."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.choices import Retention
from goliard.apps.institutions.models import Country
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.people.choices import IdentifierScheme


class Person(models.Model):
    """A human being. The names here are those that hold today; `PersonName` keeps earlier ones."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    native_name = models.CharField(_("name in own script"), max_length=250, blank=True)
    title = models.CharField(_("academic title"), max_length=60, blank=True)
    search_key = models.CharField(max_length=600, editable=False)
    retention_class = models.CharField(_("retention"), max_length=12, choices=Retention.choices, default=Retention.RELATION)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(given_name="", family_name=""),
                name="person_has_a_name",
                violation_error_message=_("Give a given name or a family name."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given name and family name; either may be empty."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class PersonName(Dated):
    """An earlier name of a person, for as long as it held; diplomas and agreements keep quoting it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_names")
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    native_name = models.CharField(_("name in own script"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["-valid_until", "pk"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class PersonEmail(models.Model):
    """An e-mail address of a person. Several are usual: of the home institution, of the host, a private one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="emails")
    email = models.EmailField(_("e-mail address"))
    is_preferred = models.BooleanField(_("preferred"), default=False)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ["-is_preferred", "email"]
        constraints = [
            models.UniqueConstraint(fields=["person", "email"], name="email_once_per_person"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_preferred=True), name="one_preferred_email"),
        ]

    def __str__(self) -> str:
        return self.email


class Citizenship(Dated):
    """A country of which a person is a citizen. A person may have several, or none."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="citizenships")
    country = models.ForeignKey(Country, models.PROTECT, related_name="citizenships", verbose_name=_("country"))

    class Meta:
        verbose_name = _("citizenship")
        verbose_name_plural = _("citizenships")
        constraints = [models.UniqueConstraint(fields=["person", "country"], name="citizenship_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.country_id}"


class PersonIdentifier(Dated):
    """A number that an issuer gave to a person. The same value of the same issuer never belongs to two persons."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=16, choices=IdentifierScheme.choices)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)  # a SCHAC code, an address of a sign-in service
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("identifier of a person")
        verbose_name_plural = _("identifiers of persons")
        ordering = ["scheme", "issuer", "value"]
        constraints = [models.UniqueConstraint(fields=["scheme", "issuer", "value"], name="person_identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"
