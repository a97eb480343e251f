"""Reads of what the office publishes: pages, news, quoted numbers."""

from goliard.apps.content.queries.news import news_item, news_items
from goliard.apps.content.queries.pages import block, page_at, pages_below, sitemap_pages
from goliard.apps.content.queries.quotes import gather_quotes

__all__ = ["block", "gather_quotes", "news_item", "news_items", "page_at", "pages_below", "sitemap_pages"]
