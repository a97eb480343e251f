"""Rounds: who may apply for which places, when, with which form, judged by which criteria."""
