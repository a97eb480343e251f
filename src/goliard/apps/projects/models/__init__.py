"""Tables of projects."""

from goliard.apps.projects.models.parties import ProjectCoordinator, ProjectHomeUnit, ProjectPartner
from goliard.apps.projects.models.projects import Project
from goliard.apps.projects.models.scope import ProjectGoal, ProjectMobility, ProjectPriority

__all__ = ["Project", "ProjectCoordinator", "ProjectGoal", "ProjectHomeUnit", "ProjectMobility", "ProjectPartner", "ProjectPriority"]
