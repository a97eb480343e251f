"""Writes of accounts, their roles and tokens."""

from goliard.apps.accounts.services.accounts import (
    AccountExists,
    Invitation,
    LastAdministrator,
    NotADemonstration,
    RoleEndsBeforeItStarts,
    assign_role,
    create_administrator,
    create_demonstration_account,
    deactivate_account,
    end_role,
    forget_second_factor,
    invite,
    link_person,
    reactivate_account,
    renew_invitation,
)

__all__ = [
    "AccountExists",
    "Invitation",
    "LastAdministrator",
    "NotADemonstration",
    "RoleEndsBeforeItStarts",
    "assign_role",
    "create_administrator",
    "create_demonstration_account",
    "deactivate_account",
    "end_role",
    "forget_second_factor",
    "invite",
    "link_person",
    "reactivate_account",
    "renew_invitation",
]
