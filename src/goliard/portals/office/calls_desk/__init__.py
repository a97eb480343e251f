"""A call at a glance, and the expressions of interest for it."""
