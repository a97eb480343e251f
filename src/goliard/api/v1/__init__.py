"""Version 1: agreements, partners, places, exchange counts."""
