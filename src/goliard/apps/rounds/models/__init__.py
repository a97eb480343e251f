"""Tables of rounds."""

from goliard.apps.rounds.models.criteria import Criterion
from goliard.apps.rounds.models.destinations import DestinationPool, PoolGroup, RoundDestination, RoundGroup
from goliard.apps.rounds.models.forms import DocumentRequirement, FormQuestion
from goliard.apps.rounds.models.requirements import RoundRequirement
from goliard.apps.rounds.models.rounds import Round, RoundReopening

__all__ = [
    "Criterion",
    "DestinationPool",
    "DocumentRequirement",
    "FormQuestion",
    "PoolGroup",
    "Round",
    "RoundDestination",
    "RoundGroup",
    "RoundReopening",
    "RoundRequirement",
]
