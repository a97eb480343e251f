"""Settings, URL root, server entry."""
