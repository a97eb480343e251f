"""One transition table per thing that has a status."""
