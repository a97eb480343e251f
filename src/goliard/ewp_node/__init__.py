"""The node in the Erasmus Without Paper network: transport and mapping."""
