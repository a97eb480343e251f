"""The partner's page: no account, one link, one agreement."""
