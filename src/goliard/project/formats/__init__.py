"""How dates and numbers are written, where Django's own habit is not that of a European office."""
