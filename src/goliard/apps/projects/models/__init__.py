"""Tables of projects."""

from goliard.apps.projects.models.cooperation import ProjectOutput, ResourceShare, WorkPackage
from goliard.apps.projects.models.initiatives import JointProgrammeInitiative
from goliard.apps.projects.models.jean_monnet import JeanMonnetAward
from goliard.apps.projects.models.money import AwardedProject, ProjectBudget, ProjectFlow
from goliard.apps.projects.models.parties import ProjectCoordinator, ProjectHomeUnit, ProjectPartner
from goliard.apps.projects.models.projects import Project
from goliard.apps.projects.models.running import BudgetTransfer, PartnerChange, ProjectClosure, ProjectInterruption
from goliard.apps.projects.models.scope import ProjectGoal, ProjectMobility, ProjectPriority

__all__ = [
    "AwardedProject",
    "BudgetTransfer",
    "JeanMonnetAward",
    "JointProgrammeInitiative",
    "PartnerChange",
    "Project",
    "ProjectBudget",
    "ProjectClosure",
    "ProjectCoordinator",
    "ProjectFlow",
    "ProjectGoal",
    "ProjectHomeUnit",
    "ProjectInterruption",
    "ProjectMobility",
    "ProjectOutput",
    "ProjectPartner",
    "ProjectPriority",
    "ResourceShare",
    "WorkPackage",
]
