"""Images, none without a credit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.models import StoredFile


class Image(models.Model):
    """An image with the text for those who do not see it and the credit that is printed with it. The database refuses an empty credit."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="images", verbose_name=_("file"))
    alt_en = models.CharField(_("description in English"), max_length=300)
    alt_nl = models.CharField(_("description in Dutch"), max_length=300)
    credit = models.CharField(_("credit"), max_length=300, help_text=_("Title, author, source; printed with the image."))
    licence = models.CharField(_("licence"), max_length=120)
    source_url = models.URLField(_("found at"), blank=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(credit=""), name="image_has_credit"),
            models.CheckConstraint(condition=~models.Q(licence=""), name="image_has_licence"),
        ]

    def __str__(self) -> str:
        return self.key
