"""Rounds of applications in the office: the register, the round at a glance, its destinations and places, its form."""
