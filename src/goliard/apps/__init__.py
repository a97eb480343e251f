"""What the office remembers and does, in the order of the journey."""
