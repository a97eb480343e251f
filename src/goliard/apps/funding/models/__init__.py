"""Tables of funding."""

from goliard.apps.funding.models.calls import CallFigure, FundingCall
from goliard.apps.funding.models.policy import PolicyDocument, Priority, StrategicGoal
from goliard.apps.funding.models.programmes import Action, Programme

__all__ = ["Action", "CallFigure", "FundingCall", "PolicyDocument", "Priority", "Programme", "StrategicGoal"]
