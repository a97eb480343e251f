"""Countries, organisations with their units, networks."""
