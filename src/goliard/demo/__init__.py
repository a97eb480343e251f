"""The demonstration university: data only."""
