"""Numpy (and optionally numba) twins of a few rules, proven equal to them."""
