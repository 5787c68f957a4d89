"""The bounds of a crawl that spiders and probes keep themselves: what kickcrawl/settings.py sets, as one record.

docs/reliability.md lists all bounds, those that Scrapy itself keeps included.
"""

from dataclasses import dataclass, fields

from scrapy.settings import BaseSettings

from kickcrawl import settings as own


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Each field is the setting of its name in upper case, whose comment says what it bounds."""

    sitemap_files: int = own.SITEMAP_FILES
    sitemap_depth: int = own.SITEMAP_DEPTH
    sitemap_entries: int = own.SITEMAP_ENTRIES
    feed_entries: int = own.FEED_ENTRIES
    listing_links: int = own.LISTING_LINKS
    seed_pages: int = own.SEED_PAGES
    barren_pages: int = own.BARREN_PAGES
    story_pages: int = own.STORY_PAGES
    article_pictures: int = own.ARTICLE_PICTURES
    run_pictures: int = own.RUN_PICTURES
    picture_maxsize: int = own.PICTURE_MAXSIZE

    @classmethod
    def of(cls, settings: BaseSettings) -> "Bounds":
        """Return the bounds that *settings* hold, the operator's own (``-s``) included."""
        return cls(**{field.name: settings.getint(field.name.upper()) for field in fields(cls)})
