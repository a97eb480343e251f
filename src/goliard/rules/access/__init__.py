"""Who may do what: the actor and the scope of a role."""
