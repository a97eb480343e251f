"""Funding programmes and their actions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import ActionKind, MobilityTrack
from goliard.rules.funding.cooperation import BY_KEY


def known_cooperation(key: str) -> None:
    """Refuse a kind of cooperation that the rules do not know."""
    if key not in BY_KEY:
        raise ValidationError(_("There is no kind of cooperation “%(key)s”."), params={"key": key})


class Programme(models.Model):
    """A funding programme of a period, such as Erasmus+ 2021-2027."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    is_eu_funded = models.BooleanField(
        _("funded by the European Union"), default=True, help_text=_("Pages of its projects carry the co-funding statement.")
    )
    description_en = models.TextField(_("description in English"), blank=True)
    description_nl = models.TextField(_("description in Dutch"), blank=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("predecessor"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-first_year", "title_en"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class Action(models.Model):
    """An action of a programme: KA131, KA171, KA107, a Jean Monnet chair …"""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="actions", verbose_name=_("programme"))
    code = models.CharField(_("code"), max_length=20, help_text=_("As the programme writes it, such as KA171."))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ActionKind.choices)
    track = models.CharField(_("track"), max_length=10, choices=MobilityTrack.choices, blank=True)
    cooperation = models.CharField(_("kind of cooperation"), max_length=30, blank=True, validators=[known_cooperation])
    first_call_year = models.PositiveSmallIntegerField(_("first call year"), null=True, blank=True)
    project_months = models.PositiveSmallIntegerField(_("longest project, in months"), null=True, blank=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("predecessor"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title_en}"

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en
