"""A network on one machine: a registry and two universities over HTTPS, each a complete installation in its own folder."""
