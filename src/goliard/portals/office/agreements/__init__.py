"""The registers of agreements: the agreements, the versions of their text, fact sheets, exchange counts."""
