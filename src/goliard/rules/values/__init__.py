"""Values of the field: one module a noun."""
