"""Persons, their names, addresses and identifiers, and the contacts of organisations."""
