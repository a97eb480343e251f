"""REST for the systems of the campus: one version beside the other, each described by its own OpenAPI document."""
