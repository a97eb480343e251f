"""A round: for whom, until when, and how places are given out."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.models.timeline import known_zone
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.projects.models import Project
from goliard.apps.rounds.choices import Audience, RoundingRule, RoundKind, RoundState, StayPurpose, TiesChoice
from goliard.apps.rounds.models.listed import listed, purposes


class Round(models.Model):
    """One round of applications. Dates and times are local to `zone`; what arrives at the deadline's own moment is in time.

    `owner` is the unit that runs it; empty, the university as a whole does. `policy_text` is what was locked, `policy_hash` its SHA-256.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RoundKind.choices)
    audience = models.CharField(_("who applies"), max_length=10, choices=Audience.choices, default=Audience.STUDENTS)
    state = models.CharField(_("state"), max_length=12, choices=RoundState.choices, default=RoundState.DRAFT, editable=False)
    owner = models.ForeignKey(OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("run by"))
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("project"))
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_rounds", verbose_name=_("later round after"),
        help_text=_("For places that were left in an earlier round."),
    )  # fmt: skip
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    introduction_nl = models.TextField(_("introduction in Dutch"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    academic_year = models.CharField(_("academic year"), max_length=9)
    opens_on = models.DateField(_("opens on"))
    opens_at = models.TimeField(_("opens at"), default=time(9, 0))
    closes_on = models.DateField(_("deadline"))
    closes_at = models.TimeField(_("deadline, local time"), default=time(23, 59))
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam", validators=[known_zone])
    results_on = models.DateField(_("results by"), null=True, blank=True)
    answer_by = models.DateField(_("answer to an offer by"), null=True, blank=True)
    wishes_min = models.PositiveSmallIntegerField(_("wishes, at least"), default=1, validators=[MinValueValidator(1)])
    wishes_max = models.PositiveSmallIntegerField(_("wishes, at most"), default=10, validators=[MaxValueValidator(50)])
    recommendations = models.PositiveSmallIntegerField(
        _("recommendations"), default=0, help_text=_("How many referees are asked, each by a link of their own.")
    )
    purposes = models.CharField(
        _("planned stay, for"), max_length=80, blank=True, validators=[purposes],
        help_text=_("Such as teaching, training: the form then asks for purpose and dates. Empty asks for no planned stay."),
    )  # fmt: skip
    days_min = models.PositiveSmallIntegerField(_("shortest stay, in days"), null=True, blank=True, validators=[MinValueValidator(1)])
    days_max = models.PositiveSmallIntegerField(_("longest stay, in days"), null=True, blank=True)
    doctoral_short_stays = models.BooleanField(
        _("short stays of PhD candidates"), default=False, help_text=_("Doctoral candidates may also go for 5 to 30 days.")
    )
    teaching_hours = models.PositiveSmallIntegerField(
        _("teaching hours, at least"), default=0, help_text=_("In a week or a shorter stay; more in proportion. 0 asks none.")
    )
    asks_approval = models.BooleanField(
        _("the line manager approves"), default=False, help_text=_("By a link in a letter, or in the staff portal.")
    )
    policy = models.CharField(_("placement policy"), max_length=40, default="deferred-acceptance")
    ties = models.CharField(_("equal scores"), max_length=12, choices=TiesChoice.choices, default=TiesChoice.APPLICANT)
    seed = models.CharField(_("published seed"), max_length=100, blank=True)
    total_decimals = models.PositiveSmallIntegerField(_("decimals of a total"), default=2, validators=[MaxValueValidator(6)])
    rounding = models.CharField(_("rounding of a total"), max_length=10, choices=RoundingRule.choices, default=RoundingRule.HALF_UP)
    policy_text = models.TextField(editable=False, blank=True)
    policy_hash = models.CharField(_("hash of the policy"), max_length=64, editable=False, blank=True)
    policy_locked_at = models.DateTimeField(_("policy locked"), null=True, editable=False)
    is_public = models.BooleanField(_("shown on the public site"), default=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-closes_on", "title_en", "pk"]
        indexes = [models.Index(fields=["state", "closes_on"], name="round_closes")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wishes_min__lte=models.F("wishes_max")),
                name="round_wishes_in_order",
                violation_error_message=_("The fewest wishes are not more than the most."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")),
                name="round_opens_before_it_closes",
                violation_error_message=_("A round opens before its deadline."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=RoundKind.ICM_PROJECT)
                | models.Q(kind=RoundKind.STAFF_MOBILITY, audience=Audience.STAFF)
                | (~models.Q(kind=RoundKind.STAFF_MOBILITY) & models.Q(audience=Audience.STUDENTS)),
                name="round_audience_of_its_kind",
                violation_error_message=_("Staff apply in rounds of staff mobility and of ICM projects, students in all others."),
            ),
            models.CheckConstraint(
                condition=models.Q(days_min__isnull=True) | models.Q(days_max__isnull=True) | models.Q(days_min__lte=models.F("days_max")),
                name="round_days_in_order",
                violation_error_message=_("The shortest stay is not longer than the longest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en

    def introduction(self, language: str) -> str:
        """The introduction in `nl`, or the English one."""
        return self.introduction_nl if language.startswith("nl") else self.introduction_en

    @property
    def opens(self) -> datetime:
        """The first moment at which one may apply."""
        return datetime.combine(self.opens_on, self.opens_at, tzinfo=ZoneInfo(self.zone))

    @property
    def deadline(self) -> datetime:
        """The last moment that is in time, before any reopening."""
        return datetime.combine(self.closes_on, self.closes_at, tzinfo=ZoneInfo(self.zone))

    @property
    def is_for_staff(self) -> bool:
        """Whether members of staff apply, with an appointment in the place of an enrolment."""
        return self.audience == Audience.STAFF

    @property
    def purpose_list(self) -> tuple[StayPurpose, ...]:
        """What one may go for; empty asks for no planned stay."""
        return tuple(StayPurpose(word) for word in listed(self.purposes))

    @property
    def is_locked(self) -> bool:
        """Whether the policy can no longer change."""
        return self.policy_locked_at is not None


class RoundReopening(models.Model):
    """An officer moved the deadline to a later moment for everybody, with a reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reopenings")
    until = models.DateTimeField(_("open until"))
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("later deadline")
        verbose_name_plural = _("later deadlines")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.until}"
