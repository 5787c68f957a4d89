"""The bounds of a crawl: what kickcrawl/settings.py sets, as spiders and probes use it, and the name of what was hit.

docs/reliability.md lists all bounds, those that Scrapy itself keeps included.
"""

from dataclasses import dataclass, fields
from typing import Any

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.settings import BaseSettings

from kickcrawl import settings as own
from spiders.network.held_bytes import TooMuchHeld
from spiders.network.render import NotRenderedInTime


class OverBound(IgnoreRequest):
    """A request that was not made, or an answer that was not taken, because of the bound *name*."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


class BudgetSpent(OverBound):
    """Nothing more is asked of an outlet in this run."""


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

    @classmethod
    def of(cls, settings: BaseSettings) -> "Bounds":
        """Return the bounds that *settings* hold, the operator's own (``-s``) included."""
        return cls(**{field.name: settings.getint(field.name.upper()) for field in fields(cls)})


def bound_of(error: Any) -> str | None:
    """Return the name of the bound that *error* tells of, as it is counted (``bound/size``); None if of none."""
    if isinstance(error, OverBound):
        return error.name
    if isinstance(error, DownloadTimeoutError | NotRenderedInTime):
        return "time"
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):  # on the wire; while decoding
        return "size"
    if isinstance(error, TooMuchHeld):
        return "held"
    return "redirects" if "max redirections" in str(error) else None
