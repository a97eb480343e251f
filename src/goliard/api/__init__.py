"""REST for campus systems."""
