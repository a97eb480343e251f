"""The public site in both languages."""
