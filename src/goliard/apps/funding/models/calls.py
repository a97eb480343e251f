"""Funding calls of a year and the figures that were published about them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import CallState, FunderRole, Measure, Qualifier
from goliard.apps.funding.models.programmes import Action
from goliard.apps.institutions.models import Organisation


class FundingCall(models.Model):
    """The call of one year of an action. Its rules bind its projects: `project_months` is the longest period that a project may have."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    action = models.ForeignKey(Action, models.PROTECT, related_name="calls", verbose_name=_("action"))
    year = models.PositiveSmallIntegerField(_("call year"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    headline_en = models.CharField(_("headline in English"), max_length=200, blank=True)
    headline_nl = models.CharField(_("headline in Dutch"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=CallState.choices, default=CallState.ANNOUNCED)
    funder = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="funded_calls", verbose_name=_("funder"))
    funder_role = models.CharField(_("role of the funder"), max_length=20, choices=FunderRole.choices, blank=True)
    project_months = models.PositiveSmallIntegerField(_("longest project, in months"), null=True, blank=True)
    reviewers_needed = models.PositiveSmallIntegerField(
        _("reviewers of a contested proposal"),
        default=2,
        help_text=_("So many sheets must count before the office decides where several ask for a country."),
    )
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    introduction_nl = models.TextField(_("introduction in Dutch"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_public = models.BooleanField(_("shown on the public site"), default=False)

    class Meta:
        verbose_name = _("funding call")
        verbose_name_plural = _("funding calls")
        ordering = ["-year", "key"]
        constraints = [models.UniqueConstraint(fields=["action", "year"], name="one_call_a_year")]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class CallFigure(models.Model):
    """A number that a source published about a call, kept apart from what the office's own records add up to."""

    call = models.ForeignKey(FundingCall, models.CASCADE, related_name="figures")
    measure = models.CharField(_("counts"), max_length=20, choices=Measure.choices)
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier.choices, blank=True)
    value = models.BigIntegerField(_("number"))
    as_of = models.CharField(_("as of"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("published figure of a call")
        verbose_name_plural = _("published figures of calls")
        ordering = ["call_id", "measure"]
        constraints = [models.UniqueConstraint(fields=["call", "measure"], name="one_figure_a_measure")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.measure}: {self.value}"
