"""What a project does and serves: kinds of mobility, priorities, goals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.models import Priority, StrategicGoal
from goliard.apps.projects.choices import Direction, Participant, Purpose
from goliard.apps.projects.models.projects import Project


class ProjectMobility(models.Model):
    """A kind of mobility that a project offers. An empty direction or purpose is one that no source gives."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="mobilities")
    participant = models.CharField(_("who travels"), max_length=10, choices=Participant.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, blank=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    note_nl = models.CharField(_("note in Dutch"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kind of mobility")
        verbose_name_plural = _("kinds of mobility")
        ordering = ["participant", "direction", "purpose"]
        constraints = [models.UniqueConstraint(fields=["project", "participant", "direction", "purpose"], name="mobility_kind_once")]

    def __str__(self) -> str:
        return f"{self.participant} {self.direction} {self.purpose}".strip()


class ProjectPriority(models.Model):
    """How a project serves a priority."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="priorities")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="served_by", verbose_name=_("priority"))
    how_en = models.TextField(_("how, in English"), blank=True)
    how_nl = models.TextField(_("how, in Dutch"), blank=True)

    class Meta:
        verbose_name = _("priority of a project")
        verbose_name_plural = _("priorities of projects")
        ordering = ["priority__position"]
        constraints = [models.UniqueConstraint(fields=["project", "priority"], name="priority_once_per_project")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.priority_id}"


class ProjectGoal(models.Model):
    """A strategic goal that a project serves."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="goals")
    goal = models.ForeignKey(StrategicGoal, models.PROTECT, related_name="served_by", verbose_name=_("strategic goal"))

    class Meta:
        verbose_name = _("goal of a project")
        verbose_name_plural = _("goals of projects")
        ordering = ["goal_id"]
        constraints = [models.UniqueConstraint(fields=["project", "goal"], name="goal_once_per_project")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.goal_id}"
