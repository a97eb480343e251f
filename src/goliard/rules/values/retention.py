"""How long personal data and files are kept: the class of a row. The periods that belong to a class are the institution's own decision."""

from __future__ import annotations

from enum import StrEnum


class RetentionClass(StrEnum):
    """Why something is kept, which decides for how long."""

    PUBLIC = "public"  # published: for as long as it is shown
    RELATION = "relation"  # partners, contacts, coordinators: for as long as the relation lasts
    ACCOUNT = "account"  # sign-in data: for as long as the account is open
    APPLICATION = "application"  # applications and selections, refused ones included
    MOBILITY = "mobility"  # the file of a stay abroad, with its recognition
    FINANCE = "finance"  # what auditors of the funder may ask for
    TEMPORARY = "temporary"  # imports, exports, drafts
