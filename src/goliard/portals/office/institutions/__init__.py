"""The registers of institutions: organisations, home units, networks, countries."""
