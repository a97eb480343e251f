"""Screens of accounts: who signs in, and as what."""
