"""Countries, other spellings of their names, Erasmus+ regions and what a country is to the programme by date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import AdviceColour, Continent, ProgrammeStatus, Verification
from goliard.apps.institutions.models.dated import Dated


class Country(models.Model):
    """A country by ISO 3166-1 (and XK, the code in use for Kosovo)."""

    iso2 = models.CharField(_("ISO code"), max_length=2, unique=True)
    iso3 = models.CharField(_("ISO code, three letters"), max_length=3, blank=True)
    numeric = models.CharField(_("ISO number"), max_length=3, blank=True)
    slug = models.SlugField(_("word in addresses"), max_length=80, unique=True, help_text=_("From the English name, in both languages."))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    continent = models.CharField(_("continent"), max_length=20, choices=Continent.choices)
    latitude = models.DecimalField(_("latitude of its middle"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude of its middle"), max_digits=8, decimal_places=4)
    search_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso2"]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The name in `nl`, or the English one."""
        return self.name_nl if language.startswith("nl") else self.name_en


class CountryAlias(models.Model):
    """Another spelling under which documents name a country: "Columbia", "VS"."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="aliases")
    name = models.CharField(_("other spelling"), max_length=120)
    search_key = models.CharField(max_length=120, editable=False, unique=True)

    class Meta:
        verbose_name = _("other spelling of a country")
        verbose_name_plural = _("other spellings of countries")

    def __str__(self) -> str:
        return self.name


class Region(Dated):
    """A region of the Erasmus+ programme; numbers and members differ between programme periods."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    programme_period = models.CharField(_("programme period"), max_length=9)
    number = models.PositiveSmallIntegerField(_("number"))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    verification = models.CharField(_("verification"), max_length=2, choices=Verification.choices)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("Erasmus+ region")
        verbose_name_plural = _("Erasmus+ regions")
        ordering = ["programme_period", "number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name_en} ({self.programme_period})"


class CountryStatus(Dated):
    """What a country is to the programme in a period, and in which region it lies then."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="statuses")
    status = models.CharField(_("status"), max_length=10, choices=ProgrammeStatus.choices)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="statuses", verbose_name=_("Erasmus+ region"))
    verification = models.CharField(_("verification"), max_length=2, choices=Verification.choices)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("programme status of a country")
        verbose_name_plural = _("programme statuses of countries")
        ordering = ["country_id", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["country", "valid_from"], name="one_status_from_a_day")]

    def __str__(self) -> str:
        return f"{self.country_id}: {self.status}"


class CountryAdvice(Dated):
    """The travel advice for a country, from a day on; where regions differ, the office writes the one that counts for where people go."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="advice")
    colour = models.CharField(_("travel advice"), max_length=10, choices=AdviceColour.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.URLField(_("source"), blank=True)

    class Meta:
        verbose_name = _("travel advice")
        verbose_name_plural = _("travel advice")
        ordering = ["country_id", "valid_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["country", "valid_from"], name="one_advice_from_a_day")]

    def __str__(self) -> str:
        return f"{self.country_id}: {self.colour}"
