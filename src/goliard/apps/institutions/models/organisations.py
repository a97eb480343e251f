"""Organisations of every kind, their names over time and the identifiers that others gave them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import GovernmentLevel, IdentifierScheme, NameKind, NameStatus, OrganisationKind
from goliard.apps.institutions.models.countries import Country
from goliard.apps.institutions.models.dated import Dated


class Organisation(models.Model):
    """A university, research institute, company, agency … that the office works with, or the home institution itself.

    `name_en` and `name_nl` repeat the names that hold today, so that lists need no join;
    `services.names` keeps them in step with the name rows.
    """

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Stands in addresses and in files; never reused."))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    is_home = models.BooleanField(_("home institution"), default=False)
    name_en = models.CharField(_("name in English"), max_length=250)
    name_nl = models.CharField(_("name in Dutch"), max_length=250)
    acronym = models.CharField(_("abbreviation"), max_length=40, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="organisations", verbose_name=_("country"))
    city = models.CharField(_("city"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=4, null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    founded = models.CharField(_("founded"), max_length=60, blank=True, help_text=_('A year or a text such as "early 1990s".'))
    profile_en = models.TextField(_("profile in English"), blank=True)
    profile_nl = models.TextField(_("profile in Dutch"), blank=True)
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    government_level = models.CharField(_("level of government"), max_length=20, choices=GovernmentLevel.choices, blank=True)
    is_recognised_research = models.BooleanField(
        _("recognised research organisation"),
        default=False,
        help_text=_("May stand as the partner-country side of an International Credit Mobility project."),
    )
    name_status = models.CharField(_("name"), max_length=12, choices=NameStatus.choices, default=NameStatus.CONFIRMED)
    status_note_en = models.CharField(_("why not confirmed, in English"), max_length=300, blank=True)
    status_note_nl = models.CharField(_("why not confirmed, in Dutch"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_illustrative = models.BooleanField(
        _("illustrative"), default=False, help_text=_("Invented for demonstration; every page that shows it says so.")
    )
    is_public = models.BooleanField(_("shown on the public site"), default=True)
    search_key = models.CharField(max_length=1000, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en", "pk"]
        indexes = [
            models.Index(fields=["name_en", "id"], name="organisation_name_en"),
            models.Index(fields=["name_nl", "id"], name="organisation_name_nl"),
            models.Index(fields=["is_public", "is_home", "kind"], name="organisation_counted"),  # how many the finder finds
            models.Index(fields=["is_public", "is_home", "country"], name="organisation_public"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["is_home"], condition=models.Q(is_home=True), name="one_home_institution"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organisation_coordinates_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The current name in `nl`, or the English one."""
        return self.name_nl if language.startswith("nl") else self.name_en


class OrganisationName(Dated):
    """One name of an organisation in a language and script, for as long as it held."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind.choices, default=NameKind.OFFICIAL)
    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("BCP 47, such as en, nl, am."))
    script = models.CharField(_("script"), max_length=4, blank=True, help_text=_("ISO 15924, such as Latn, Ethi."))
    value = models.CharField(_("name"), max_length=250)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["kind", "language", "valid_from", "pk"]

    def __str__(self) -> str:
        return self.value


class OrganisationIdentifier(Dated):
    """An identifier that an issuer gave: SCHAC code, Erasmus code, PIC, OID, charter number with its validity."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=10, choices=IdentifierScheme.choices)
    value = models.CharField(_("value"), max_length=80)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("identifier of an organisation")
        verbose_name_plural = _("identifiers of organisations")
        ordering = ["scheme", "value"]
        constraints = [models.UniqueConstraint(fields=["scheme", "value", "organisation"], name="identifier_once_per_organisation")]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_lookup")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"
