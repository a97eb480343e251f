"""Programmes, actions, calls, priorities and policy documents."""
