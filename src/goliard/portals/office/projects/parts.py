"""The parts of a project: who takes part, what it offers, what it serves."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.projects.models import (
    Project,
    ProjectCoordinator,
    ProjectGoal,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectPartner,
    ProjectPriority,
)
from goliard.portals.office.projects.forms import CoordinatorForm, HomeUnitForm, PartnerForm, PriorityForm
from goliard.portals.office.registers.register import Parts
from goliard.portals.shared.lists import Column

PARTNERS = Parts(
    "partners",
    _("Partners"),
    forms.inlineformset_factory(Project, ProjectPartner, form=PartnerForm, extra=1),
    (
        Column("organisation", _("Organisation"), export=lambda row: told(row.organisation)),
        Column("country", _("Country"), export=lambda row: told(row.organisation.country)),
        Column("unit", _("Unit of the partner"), export=lambda row: told(row.unit) if row.unit else ""),
        Column("role", _("Role"), export=lambda row: row.get_role_display()),
        Column("from", _("From"), export=lambda row: row.valid_from),
        Column("until", _("Until"), export=lambda row: row.valid_until),
    ),
    lambda project: project.partners.select_related("organisation__country", "unit"),
)
HOME_UNITS = Parts(
    "home_units",
    _("Home units"),
    forms.inlineformset_factory(Project, ProjectHomeUnit, form=HomeUnitForm, extra=1),
    (Column("unit", _("Unit"), export=lambda row: told(row.unit)),),
    lambda project: project.home_units.select_related("unit"),
)
COORDINATORS = Parts(
    "coordinators",
    _("Coordinators"),
    forms.inlineformset_factory(Project, ProjectCoordinator, form=CoordinatorForm, extra=1),
    (
        Column("person", _("Person"), export=lambda row: row.person.full_name),
        Column("side", _("For"), export=lambda row: row.get_side_display()),
        Column("role", _("Role"), export=lambda row: row.get_role_display()),
        Column("from", _("From"), export=lambda row: row.valid_from),
        Column("until", _("Until"), export=lambda row: row.valid_until),
        Column("public", _("Named on the public site"), export=lambda row: "✓" if row.is_public else ""),
    ),
    lambda project: project.coordinators.select_related("person"),
)
MOBILITIES = Parts(
    "mobilities",
    _("Kinds of mobility"),
    forms.inlineformset_factory(Project, ProjectMobility, fields=["participant", "direction", "purpose", "note_nl", "note_en"], extra=1),
    (
        Column("participant", _("Who travels"), export=lambda row: row.get_participant_display()),
        Column("direction", _("Direction"), export=lambda row: row.get_direction_display()),
        Column("purpose", _("Purpose"), export=lambda row: row.get_purpose_display()),
        Column("note", _("Note"), export=lambda row: row.note_nl if (get_language() or "").startswith("nl") else row.note_en),
    ),
    lambda project: project.mobilities.all(),
)
PRIORITIES = Parts(
    "priorities",
    _("Priorities"),
    forms.inlineformset_factory(Project, ProjectPriority, form=PriorityForm, extra=1),
    (
        Column("priority", _("Priority"), export=lambda row: told(row.priority)),
        Column("how", _("How"), export=lambda row: row.how_nl if (get_language() or "").startswith("nl") else row.how_en),
    ),
    lambda project: project.priorities.select_related("priority"),
)
GOALS = Parts(
    "goals",
    _("Strategic goals"),
    forms.inlineformset_factory(Project, ProjectGoal, fields=["goal"], extra=1),
    (Column("goal", _("Strategic goal"), export=lambda row: told(row.goal)),),
    lambda project: project.goals.select_related("goal"),
)
ALL = (PARTNERS, HOME_UNITS, COORDINATORS, MOBILITIES, PRIORITIES, GOALS)
