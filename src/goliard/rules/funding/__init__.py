"""Who may apply for what, and what a project must say before it is shown."""
