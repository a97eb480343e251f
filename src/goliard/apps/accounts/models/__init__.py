"""Tables of accounts."""

from goliard.apps.accounts.models.api_tokens import ApiToken, KeptAnswer
from goliard.apps.accounts.models.roles import RoleAssignment
from goliard.apps.accounts.models.users import User

__all__ = ["ApiToken", "KeptAnswer", "RoleAssignment", "User"]
