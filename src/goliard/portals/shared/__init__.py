"""Layout, components and tokens that every portal shares."""
