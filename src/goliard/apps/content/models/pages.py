"""Pages of the public site that the office writes: the dossier, explanations, statements."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import Audience, PageState
from goliard.apps.content.models.images import Image


class Page(models.Model):
    """A page or block in both languages, as Markdown.

    `path` is its address below the language, such as `erasmus/ka1`; a block that other pages show has a path that starts with `block/`.
    """

    path = models.CharField(_("address"), max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=20, choices=PageState.choices, default=PageState.DRAFT)
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    summary_en = models.CharField(_("summary in English"), max_length=400, blank=True)
    summary_nl = models.CharField(_("summary in Dutch"), max_length=400, blank=True)
    body_en = models.TextField(_("text in English"))
    body_nl = models.TextField(_("text in Dutch"))
    cover = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("cover image"))
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class PageVersion(models.Model):
    """What a page said before it was changed."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    title_en = models.CharField(max_length=200)
    title_nl = models.CharField(max_length=200)
    body_en = models.TextField()
    body_nl = models.TextField()
    replaced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version of a page")
        verbose_name_plural = _("earlier versions of pages")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["page", "version"], name="page_version_once")]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.version}"
