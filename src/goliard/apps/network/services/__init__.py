"""What the network remembers is written here."""
