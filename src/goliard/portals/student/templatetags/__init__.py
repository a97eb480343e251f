"""Template tags of the student portal."""
