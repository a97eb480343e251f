"""Who goes where: runs, offers, waiting lists."""
