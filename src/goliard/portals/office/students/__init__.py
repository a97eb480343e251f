"""Students as the student system tells them."""
