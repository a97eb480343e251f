"""Rate tables that officers maintain."""
