"""Nominations in the office: lists a partner, deadlines, links, answers."""
