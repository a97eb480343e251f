"""Published facts, news, pages and images."""
