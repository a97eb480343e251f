"""The parts of a project: who takes part, what it offers, what it serves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import ActionKind
from goliard.apps.institutions.usage import told
from goliard.apps.projects.models import (
    JeanMonnetAward,
    Project,
    ProjectBudget,
    ProjectCoordinator,
    ProjectFlow,
    ProjectGoal,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.portals.office.projects.forms import (
    BudgetForm,
    CoordinatorForm,
    HomeUnitForm,
    JeanMonnetForm,
    OutputForm,
    PartnerForm,
    PriorityForm,
    ShareForm,
    WorkPackageForm,
)
from goliard.portals.office.registers.register import Parts
from goliard.portals.shared.lists import Column
from goliard.portals.shared.templatetags.calls import euros

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


def _is_of(kind: ActionKind) -> Callable[[Project], bool]:
    return lambda project: project.call_id is not None and project.call.action.kind == kind


WORK_PACKAGES = Parts(
    "work_packages",
    _("Work packages"),
    forms.inlineformset_factory(Project, WorkPackage, form=WorkPackageForm, extra=1),
    (
        Column("number", _("Number"), export=lambda row: row.number),
        Column("title", _("Title"), export=told),
        Column("leader", _("Led by"), export=lambda row: told(row.leader) if row.leader else ""),
    ),
    lambda project: project.work_packages.select_related("leader"),
    _is_of(ActionKind.COOPERATION),
)
OUTPUTS = Parts(
    "outputs",
    _("Outputs"),
    forms.inlineformset_factory(Project, ProjectOutput, form=OutputForm, extra=1),
    (
        Column("title", _("Title"), export=told),
        Column("kind", _("Kind"), export=lambda row: row.get_kind_display()),
        Column("level", _("Level"), export=lambda row: row.get_level_display()),
        Column("date", _("Date"), export=lambda row: row.published_on),
        Column("licence", _("Licence"), export=lambda row: row.licence),
        Column("public", _("Shown on the public site"), export=lambda row: "✓" if row.is_public else ""),
    ),
    lambda project: project.outputs.all(),
    _is_of(ActionKind.COOPERATION),
)
SHARES = Parts(
    "resource_shares",
    _("Shares of the resources"),
    forms.inlineformset_factory(Project, ResourceShare, form=ShareForm, extra=1),
    (
        Column("organisation", _("Organisation"), export=lambda row: told(row.organisation)),
        Column("share", _("Share"), export=lambda row: f"{number_format(Decimal(row.hundredths) / 100, 2)} %"),
    ),
    lambda project: project.resource_shares.select_related("organisation"),
    _is_of(ActionKind.COOPERATION),
)
JEAN_MONNET = Parts(
    "jean_monnet",
    _("Jean Monnet award"),
    forms.inlineformset_factory(Project, JeanMonnetAward, form=JeanMonnetForm, extra=1, max_num=1),
    (
        Column("kind", _("Kind"), export=lambda row: row.get_kind_display()),
        Column("holder", _("Holder"), export=lambda row: row.holder.full_name if row.holder else ""),
        Column("hours", _("Teaching hours a year"), export=lambda row: row.teaching_hours),
    ),
    lambda project: JeanMonnetAward.objects.filter(project=project).select_related("holder"),
    _is_of(ActionKind.JEAN_MONNET),
)
FLOWS = Parts(
    "flows",
    _("Flows: planned, granted, realised"),
    forms.inlineformset_factory(
        Project, ProjectFlow, extra=1,
        fields=["position", "direction", "kind", "days", "travel_days", "planned", "granted", "realised", "is_illustrative"],
    ),
    (
        Column("direction", _("Direction"), export=lambda row: row.get_direction_display()),
        Column("kind", _("Who travels"), export=lambda row: row.get_kind_display()),
        Column("days", _("Days each"), export=lambda row: row.days),
        Column("planned", _("Planned"), export=lambda row: row.planned),
        Column("granted", _("Granted"), export=lambda row: row.granted),
        Column("realised", _("Realised"), export=lambda row: row.realised),
        Column("illustrative", _("Illustrative"), export=lambda row: _("illustrative") if row.is_illustrative else ""),
    ),
    lambda project: project.flows.all(),
    _is_of(ActionKind.MOBILITY),
)  # fmt: skip
BUDGETS = Parts(
    "budgets",
    _("Budget: planned, granted, realised"),
    forms.inlineformset_factory(Project, ProjectBudget, form=BudgetForm, extra=1),
    (
        Column("category", _("Heading"), export=lambda row: row.get_category_display()),
        Column("planned", _("Planned"), export=lambda row: euros(row.planned_cents)),
        Column("granted", _("Granted"), export=lambda row: euros(row.granted_cents)),
        Column("realised", _("Realised"), export=lambda row: euros(row.realised_cents)),
    ),
    lambda project: project.budgets.all(),
    _is_of(ActionKind.MOBILITY),
)
ALL = (PARTNERS, HOME_UNITS, COORDINATORS, MOBILITIES, FLOWS, BUDGETS, WORK_PACKAGES, OUTPUTS, SHARES, JEAN_MONNET, PRIORITIES, GOALS)
