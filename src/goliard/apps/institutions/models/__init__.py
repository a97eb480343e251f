"""Tables of the register."""

from goliard.apps.institutions.models.countries import Country, CountryAdvice, CountryAlias, CountryStatus, Region
from goliard.apps.institutions.models.networks import JointProgramme, Network, NetworkAim, NetworkMembership, NetworkPurposeTag
from goliard.apps.institutions.models.organisations import Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.institutions.models.units import OrganizationalUnit, UnitName, UnitParent

__all__ = [
    "Country",
    "CountryAdvice",
    "CountryAlias",
    "CountryStatus",
    "JointProgramme",
    "Network",
    "NetworkAim",
    "NetworkMembership",
    "NetworkPurposeTag",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationName",
    "OrganizationalUnit",
    "Region",
    "UnitName",
    "UnitParent",
]
