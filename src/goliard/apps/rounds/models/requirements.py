"""What a round asks of who applies, as data that `rules/eligibility` judges."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.rounds.models.destinations import EQF_DIGITS, RoundDestination
from goliard.apps.rounds.models.listed import LISTED, colours, countries, home_units, isced_codes, languages, staff_categories
from goliard.apps.rounds.models.rounds import Round


class RoundRequirement(models.Model):
    """What is asked by the round as a whole (`destination` empty), or by one destination.

    What a destination fills in takes the place of what the round asks there: ISEP asks 6.5 where the round asks 7.0. Programmes are codes
    of the student system, nationalities ISO 3166 codes, languages such as `en B2` (one of them is enough).
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="requirements")
    destination = models.OneToOneField(
        RoundDestination, models.CASCADE, null=True, blank=True, related_name="requirement", verbose_name=_("destination")
    )
    minimum_credits = models.DecimalField(
        _("credits, at least (EC)"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    minimum_average = models.DecimalField(
        _("average, at least"), max_digits=4, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )  # fmt: skip
    eqf_levels = models.CharField(_("EQF levels"), max_length=4, blank=True, validators=[EQF_DIGITS])
    programmes = models.CharField(_("programmes"), max_length=500, blank=True, help_text=LISTED)
    faculty_keys = models.CharField(
        _("faculties"), max_length=300, blank=True, validators=[home_units], help_text=_("Keys of home units, with a comma between them.")
    )
    subjects = models.CharField(_("subjects (ISCED-F)"), max_length=200, blank=True, validators=[isced_codes], help_text=LISTED)
    staff_categories = models.CharField(
        _("staff"), max_length=30, blank=True, validators=[staff_categories], help_text=_("academic or support; empty takes both.")
    )
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, validators=[languages], help_text=_("Such as en B2, fr B1: one of them is enough.")
    )
    only_nationalities = models.CharField(_("only nationalities"), max_length=300, blank=True, validators=[countries], help_text=LISTED)
    barred_nationalities = models.CharField(_("not nationalities"), max_length=300, blank=True, validators=[countries], help_text=LISTED)
    barred_advice = models.CharField(
        _("nobody goes under travel advice"),
        max_length=30,
        blank=True,
        default="",
        validators=[colours],
        help_text=_("Such as orange, red; empty means these two."),
    )

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=models.Q(destination__isnull=True), name="one_requirement_of_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.destination_id or '*'}"
