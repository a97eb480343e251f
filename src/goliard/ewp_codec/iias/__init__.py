"""Interinstitutional agreements, API version 7: the copies, their index, their statistics and their hash."""
