"""Settings by place of use: base, demo, test, production."""
