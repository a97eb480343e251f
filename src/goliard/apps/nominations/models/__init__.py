"""Tables of nominations."""

from goliard.apps.nominations.models.nominations import Nomination, NominationLink

__all__ = ["Nomination", "NominationLink"]
