"""News, tied to the call whose data its numbers come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import PageState
from goliard.apps.content.models.images import Image
from goliard.apps.funding.models import FundingCall
from goliard.apps.projects.models import Project


class NewsItem(models.Model):
    """A news item; `[[call:projects]]` and the like in its text print the linked call's numbers."""

    slug = models.SlugField(_("word in its address"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=PageState.choices, default=PageState.DRAFT)
    published_on = models.DateField(_("date"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    summary_en = models.CharField(_("summary in English"), max_length=400, blank=True)
    summary_nl = models.CharField(_("summary in Dutch"), max_length=400, blank=True)
    body_en = models.TextField(_("text in English"))
    body_nl = models.TextField(_("text in Dutch"))
    call = models.ForeignKey(FundingCall, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("call"))
    image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("image"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-published_on", "slug"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class FeaturedProject(models.Model):
    """A project that a news item shows as an example, in the editor's order."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="featured")
    project = models.ForeignKey(Project, models.PROTECT, related_name="featured_in", verbose_name=_("project"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("featured project")
        verbose_name_plural = _("featured projects")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "project"], name="featured_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.project_id}"
