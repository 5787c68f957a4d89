"""Make a spider of every outlet file, so that there is no spider module to keep in step with it."""

from collections.abc import Sequence
from functools import cached_property

from scrapy import Request, Spider
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import BaseSettings

from kickcrawl.errors import KickcrawlError
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from spiders.news import NewsSpider


class OutletSpiderLoader:
    """Knows the spider ``news`` and one spider for each outlet, called as its file is.

    The files are read when they are first asked for: Scrapy makes a loader for every command.
    """

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "OutletSpiderLoader":
        """Return a loader of the bundled outlets and those in the folder that the setting OUTLETS names."""
        return cls(settings.get("OUTLETS"))

    @cached_property
    def _outlets(self) -> dict[str, Outlet]:
        try:
            return load_outlets(outlet_folders(self._folder))
        except KickcrawlError as error:
            raise ScrapyUsageError(f"kickcrawl: {error}", print_help=False) from error  # one line and exit 2

    def list(self) -> Sequence[str]:
        """Return the names of all spiders: the slugs of the outlets, and ``news``."""
        return [*sorted(self._outlets), NewsSpider.name]

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider class of that name; KeyError, as Scrapy wants it, where there is none."""
        if spider_name == NewsSpider.name:
            return NewsSpider
        if spider_name not in self._outlets:
            raise KeyError(f"Spider not found: {spider_name}")
        return type("OutletSpider", (NewsSpider,), {"name": spider_name})

    def find_by_request(self, request: Request) -> Sequence[str]:
        """Return the slugs of the outlets that own the address of *request*."""
        return [slug for slug, outlet in self._outlets.items() if outlet.owns(request.url)]
