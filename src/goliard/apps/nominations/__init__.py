"""Telling partners who comes."""
