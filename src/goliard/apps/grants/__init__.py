"""Scholarships of the institution, in the same engine as the grants of the programme."""
