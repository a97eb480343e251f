"""Tables of projects."""

from goliard.apps.projects.models.cooperation import ProjectOutput, ResourceShare, WorkPackage
from goliard.apps.projects.models.initiatives import JointProgrammeInitiative
from goliard.apps.projects.models.jean_monnet import JeanMonnetAward
from goliard.apps.projects.models.money import AwardedProject, ProjectBudget, ProjectFlow
from goliard.apps.projects.models.parties import ProjectCoordinator, ProjectHomeUnit, ProjectPartner
from goliard.apps.projects.models.projects import Project
from goliard.apps.projects.models.scope import ProjectGoal, ProjectMobility, ProjectPriority

__all__ = [
    "AwardedProject",
    "JeanMonnetAward",
    "JointProgrammeInitiative",
    "Project",
    "ProjectBudget",
    "ProjectCoordinator",
    "ProjectFlow",
    "ProjectGoal",
    "ProjectHomeUnit",
    "ProjectMobility",
    "ProjectOutput",
    "ProjectPartner",
    "ProjectPriority",
    "ResourceShare",
    "WorkPackage",
]
