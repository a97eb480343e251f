"""Tables of agreements."""

from goliard.apps.agreements.models.agreements import Agreement, AgreementParty, AgreementVersion
from goliard.apps.agreements.models.conditions import CooperationCondition, LanguageSkill, SubjectArea
from goliard.apps.agreements.models.factsheets import FactSheet, FactSheetInfo
from goliard.apps.agreements.models.imports import ImportRun
from goliard.apps.agreements.models.network_copies import IiaApproval, IiaPublication, OwnIia, PartnerApproval, PartnerIia
from goliard.apps.agreements.models.partner_pages import PartnerLink, PartnerProposal
from goliard.apps.agreements.models.places import ExchangeCount, PlaceClaim, PlaceSplit
from goliard.apps.agreements.models.reviews import AgreementReview

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementReview",
    "AgreementVersion",
    "CooperationCondition",
    "ExchangeCount",
    "FactSheet",
    "FactSheetInfo",
    "IiaApproval",
    "IiaPublication",
    "ImportRun",
    "LanguageSkill",
    "OwnIia",
    "PartnerApproval",
    "PartnerIia",
    "PartnerLink",
    "PartnerProposal",
    "PlaceClaim",
    "PlaceSplit",
    "SubjectArea",
]
