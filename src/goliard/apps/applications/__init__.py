"""Applications in a round: written, handed in with a receipt, looked at by the office."""
