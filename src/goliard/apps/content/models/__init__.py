"""Tables of content."""

from goliard.apps.content.models.facts import PublishedFact
from goliard.apps.content.models.images import Image
from goliard.apps.content.models.news import FeaturedProject, NewsItem
from goliard.apps.content.models.pages import Page, PageVersion

__all__ = ["FeaturedProject", "Image", "NewsItem", "Page", "PageVersion", "PublishedFact"]
