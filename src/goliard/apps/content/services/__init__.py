"""Writes of facts, news, pages and images."""
