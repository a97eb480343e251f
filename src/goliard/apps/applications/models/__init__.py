"""Tables of applications."""

from goliard.apps.applications.models.applications import Answer, Application, ApplicationDocument, Preference
from goliard.apps.applications.models.approvals import ManagerApproval
from goliard.apps.applications.models.declarations import OpportunityDeclaration, SpecialDataReader
from goliard.apps.applications.models.requests import DocumentRequest
from goliard.apps.applications.models.stays import OwnHost, PlannedSession, PlannedStay
from goliard.apps.applications.models.submissions import ApplicationSubmission, SubmittedDocument

__all__ = [
    "Answer",
    "Application",
    "ApplicationDocument",
    "ApplicationSubmission",
    "DocumentRequest",
    "ManagerApproval",
    "OpportunityDeclaration",
    "OwnHost",
    "PlannedSession",
    "PlannedStay",
    "Preference",
    "SpecialDataReader",
    "SubmittedDocument",
]
