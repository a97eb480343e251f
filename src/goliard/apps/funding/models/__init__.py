"""Tables of funding."""

from goliard.apps.funding.models.applications import ApplicationFile, PartnershipVersion, ProjectApplication
from goliard.apps.funding.models.calls import CallFigure, FundingCall
from goliard.apps.funding.models.decisions import Award, PartnershipDecision
from goliard.apps.funding.models.interests import (
    CoApplicant,
    ExpressionOfInterest,
    InterestAnswer,
    InterestPriority,
    InterestSubmission,
    MobilityFlow,
)
from goliard.apps.funding.models.policy import PolicyDocument, Priority, StrategicGoal
from goliard.apps.funding.models.preselection import InterestDecision, ScoringSheet, SheetScore
from goliard.apps.funding.models.programmes import Action, Programme
from goliard.apps.funding.models.questions import CallQuestion
from goliard.apps.funding.models.timeline import CallStep, StepReopening
from goliard.apps.funding.models.what_if import PlanCopy, PlanCopyFlow

__all__ = [
    "Action",
    "ApplicationFile",
    "Award",
    "CallFigure",
    "CallQuestion",
    "CallStep",
    "CoApplicant",
    "ExpressionOfInterest",
    "FundingCall",
    "InterestAnswer",
    "InterestDecision",
    "InterestPriority",
    "InterestSubmission",
    "MobilityFlow",
    "PartnershipDecision",
    "PartnershipVersion",
    "PlanCopy",
    "PlanCopyFlow",
    "PolicyDocument",
    "Priority",
    "Programme",
    "ProjectApplication",
    "ScoringSheet",
    "SheetScore",
    "StepReopening",
    "StrategicGoal",
]
