"""Tables of scoring."""

from goliard.apps.scoring.models.committee import CommitteeMember
from goliard.apps.scoring.models.corrections import ScoreCorrection
from goliard.apps.scoring.models.recommendations import Recommendation
from goliard.apps.scoring.models.sheets import CommitteeScore, CommitteeSheet

__all__ = ["CommitteeMember", "CommitteeScore", "CommitteeSheet", "Recommendation", "ScoreCorrection"]
