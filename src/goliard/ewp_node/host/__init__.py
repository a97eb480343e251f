"""What partners ask us: one door, one function an endpoint."""
