"""Lists of nominations as documents; nothing that a person typed is read as markup."""
