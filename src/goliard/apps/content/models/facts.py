"""Published facts: a number stands once, with its source, and pages quote it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import Qualifier


class PublishedFact(models.Model):
    """A fact that pages quote by key instead of repeating its number.

    `[[fact:erasmus_participants]]` in a text prints "over 13 million people".
    """

    key = models.CharField(_("key"), max_length=60, unique=True)
    label_en = models.CharField(_("what it says, in English"), max_length=200)
    label_nl = models.CharField(_("what it says, in Dutch"), max_length=200)
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier.choices, blank=True)
    value = models.CharField(
        _("value"), max_length=40, help_text=_("A whole or decimal number as published, with a point, without thousands separators.")
    )
    unit_en = models.CharField(_("unit in English"), max_length=80, blank=True)
    unit_nl = models.CharField(_("unit in Dutch"), max_length=80, blank=True)
    as_of = models.CharField(_("as of"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=300)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        verbose_name = _("published fact")
        verbose_name_plural = _("published facts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
