"""By what applications are scored, and how much each criterion weighs."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.rounds.choices import CriterionAim, CriterionSource
from goliard.apps.rounds.models.destinations import RoundDestination
from goliard.apps.rounds.models.rounds import Round


class Criterion(models.Model):
    """A criterion of the round (`destination` empty) or of one destination.

    A value from `least` to `most` becomes 0 to 100 points, of which `weight` percent count. The weights that hold at a destination are 100
    together: its own criteria where it has any, else those of the round.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    destination = models.ForeignKey(
        RoundDestination, models.CASCADE, null=True, blank=True, related_name="criteria", verbose_name=_("only for")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    description_nl = models.TextField(_("what is judged, in Dutch"), blank=True)
    description_en = models.TextField(_("what is judged, in English"), blank=True)
    aim = models.CharField(_("serves"), max_length=12, choices=CriterionAim.choices, default=CriterionAim.EXCELLENCE)
    source = models.CharField(_("value from"), max_length=20, choices=CriterionSource.choices, default=CriterionSource.COMMITTEE)
    weight = models.PositiveSmallIntegerField(
        _("weight in percent"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    least = models.DecimalField(_("lowest value"), max_digits=6, decimal_places=2, default=0)
    most = models.DecimalField(_("highest value"), max_digits=6, decimal_places=2, default=10)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__lt=models.F("most")),
                name="criterion_scale_in_order",
                violation_error_message=_("The lowest value lies below the highest."),
            )
        ]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The name in `nl`, or the English one."""
        return self.name_nl if language.startswith("nl") else self.name_en

    def description(self, language: str) -> str:
        """What is judged, in `nl` or in English."""
        return self.description_nl if language.startswith("nl") else self.description_en
