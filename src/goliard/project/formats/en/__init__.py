"""English, as a European office writes it."""
