"""The form of a round: questions and documents."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.rounds.choices import QuestionKind
from goliard.apps.rounds.models.listed import file_types, listed
from goliard.apps.rounds.models.rounds import Round


class FormQuestion(models.Model):
    """A question in both languages. `first_wishes` asks it once for each of so many first wishes; 0 asks it once for all.

    `longest` counts characters (0 for no limit); the choices of a list stand one a line, as many in Dutch as in English.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.LONG)
    text_nl = models.CharField(_("question in Dutch"), max_length=500)
    text_en = models.CharField(_("question in English"), max_length=500)
    help_nl = models.CharField(_("explanation in Dutch"), max_length=500, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    choices_nl = models.TextField(_("list in Dutch"), blank=True)
    choices_en = models.TextField(_("list in English"), blank=True)
    longest = models.PositiveIntegerField(_("longest answer, in characters"), default=3000)
    first_wishes = models.PositiveSmallIntegerField(
        _("for each of the first wishes"), default=0, help_text=_("How many wishes; 0 asks it once.")
    )
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("question of a round")
        verbose_name_plural = _("questions of rounds")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text_en

    def text(self, language: str) -> str:
        """The question in `nl`, or the English one."""
        return self.text_nl if language.startswith("nl") else self.text_en

    def help(self, language: str) -> str:
        """The explanation in `nl`, or the English one."""
        return self.help_nl if language.startswith("nl") else self.help_en

    def choices(self, language: str) -> list[str]:
        """The list to choose from, in `nl` or in English; the position in it is the answer."""
        text = self.choices_nl if language.startswith("nl") else self.choices_en
        return [line.strip() for line in text.splitlines() if line.strip()]


class DocumentRequirement(models.Model):
    """A document that is handed in with an application: which types of file, and how large at most (in megabytes of 1,000,000 bytes)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title_nl = models.CharField(_("document in Dutch"), max_length=200)
    title_en = models.CharField(_("document in English"), max_length=200)
    help_nl = models.CharField(_("explanation in Dutch"), max_length=500, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    types = models.CharField(
        _("types of file"), max_length=30, default="pdf", validators=[file_types], help_text=_("Such as pdf, jpeg, png.")
    )
    megabytes = models.PositiveSmallIntegerField(
        _("largest, in megabytes"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("document of a round")
        verbose_name_plural = _("documents of rounds")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The name in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en

    def help(self, language: str) -> str:
        """The explanation in `nl`, or the English one."""
        return self.help_nl if language.startswith("nl") else self.help_en

    @property
    def type_list(self) -> tuple[str, ...]:
        """The types, one by one."""
        return listed(self.types)
