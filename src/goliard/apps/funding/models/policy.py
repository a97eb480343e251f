"""What projects are held against: priorities, strategic goals and the documents that state them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import PolicyDocumentKind, PriorityOwner
from goliard.apps.institutions.models.dated import Dated


class PolicyDocument(Dated):
    """A document that rules and pages cite: programme guide, charter, policy statement, strategic plan, framework."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PolicyDocumentKind.choices)
    title_en = models.CharField(_("title in English"), max_length=250)
    title_nl = models.CharField(_("title in Dutch"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    citation = models.CharField(_("place cited"), max_length=200, blank=True, help_text=_("Page and heading."))
    url = models.URLField(_("address"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_nl = models.TextField(_("note in Dutch"), blank=True)

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")
        ordering = ["kind", "title_en"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class Priority(models.Model):
    """A priority of the programme or of the institution that projects serve."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    owner = models.CharField(_("whose"), max_length=12, choices=PriorityOwner.choices)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    description_en = models.TextField(_("description in English"), blank=True)
    description_nl = models.TextField(_("description in Dutch"), blank=True)
    document = models.ForeignKey(
        PolicyDocument, models.PROTECT, null=True, blank=True, related_name="priorities", verbose_name=_("stated in")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["owner", "position"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class StrategicGoal(models.Model):
    """A goal of the institution's strategic plan, with which projects and calls are tagged."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="goals", verbose_name=_("strategic plan"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        ordering = ["document_id", "position"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en
