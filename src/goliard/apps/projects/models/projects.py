"""The project itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.models import Country
from goliard.apps.projects.choices import PartnershipKind, ProjectState


class Project(models.Model):
    """A funded project of a call.

    A *historical record* is entered from public sources about a project of the past: what no source gives stays empty and
    reads "not published". Every other project must be complete before it is published (`goliard.rules.funding.completeness`).
    """

    key = models.SlugField(_("key"), max_length=80, unique=True)
    call = models.ForeignKey(FundingCall, models.PROTECT, related_name="projects", verbose_name=_("call"))
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices, default=ProjectState.DRAFT)
    is_historical = models.BooleanField(_("historical record"), default=False)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("country"),
        help_text=_("The partner country of a mobility project."),
    )
    number = models.CharField(_("project number"), max_length=60, blank=True)
    acronym = models.CharField(_("abbreviation"), max_length=40, blank=True)
    title_en = models.CharField(_("title in English"), max_length=250)
    title_nl = models.CharField(_("title in Dutch"), max_length=250)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, help_text=_("Where the source gives years only."))
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    partnership = models.CharField(_("partnership"), max_length=10, choices=PartnershipKind.choices, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("goes on from")
    )
    lay_summary_en = models.TextField(_("summary for everybody, in English"), blank=True)
    lay_summary_nl = models.TextField(_("summary for everybody, in Dutch"), blank=True)
    summary_en = models.TextField(_("academic summary in English"), blank=True)
    summary_nl = models.TextField(_("academic summary in Dutch"), blank=True)
    home_brings_en = models.TextField(_("what the home institution brings, in English"), blank=True)
    home_brings_nl = models.TextField(_("what the home institution brings, in Dutch"), blank=True)
    partner_brings_en = models.TextField(_("what the partner brings, in English"), blank=True)
    partner_brings_nl = models.TextField(_("what the partner brings, in Dutch"), blank=True)
    impact_en = models.TextField(_("impact on society, in English"), blank=True)
    impact_nl = models.TextField(_("impact on society, in Dutch"), blank=True)
    results_en = models.TextField(_("results in English"), blank=True)
    results_nl = models.TextField(_("results in Dutch"), blank=True)
    sustainability_nl = models.TextField(
        _("sustainability plan in Dutch"), blank=True, help_text=_("What stays after the end, and who looks after it.")
    )
    sustainability_en = models.TextField(_("sustainability plan in English"), blank=True)
    follow_up_on = models.DateField(
        _("follow-up on"), null=True, blank=True, help_text=_("The coordinators are reminded on this day, after the end.")
    )
    isced_f = models.CharField(_("subject (ISCED-F)"), max_length=4, blank=True)
    keywords = models.CharField(_("keywords"), max_length=300, blank=True, help_text=_("Separated by semicolons."))
    host_group = models.CharField(_("host group"), max_length=200, blank=True)
    award_cents = models.BigIntegerField(_("award in cents"), null=True, blank=True)
    is_featured = models.BooleanField(_("featured"), default=False)
    is_illustrative = models.BooleanField(
        _("illustrative"), default=False, help_text=_("Invented for demonstration; every page that shows it says so.")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    search_key = models.CharField(max_length=1500, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-call__year", "title_en", "pk"]
        indexes = [
            models.Index(fields=["call", "state", "country"], name="project_of_call"),
            models.Index(fields=["state", "title_en", "id"], name="project_by_title"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(award_cents__isnull=True) | models.Q(award_cents__gte=0), name="award_not_negative"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True) | models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en
