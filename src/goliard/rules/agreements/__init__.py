"""Agreements: two copies compared, places, balance, notice. No database, no clock."""
