"""Tables of rates in the office."""
