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

    Scrapy makes a loader for every command, so nothing is read before it is needed.
    """

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "OutletSpiderLoader":
        """Return the loader of the outlets in the folder that the setting OUTLETS names, beside the bundled ones."""
        return cls(settings.get("OUTLETS"))

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """The outlets of all files, by slug; read when they are first asked for. Raises KickcrawlError."""
        return load_outlets(outlet_folders(self._folder))

    @property
    def _outlets(self) -> dict[str, Outlet]:
        try:
            return self.outlets
        except KickcrawlError as error:
            raise ScrapyUsageError(f"kickcrawl: {error}", print_help=False) from error  # one line and exit 2

    def list(self) -> Sequence[str]:
        """Return the names of all spiders."""
        return [*sorted(self._outlets), NewsSpider.name]

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider class of that name; KeyError, as Scrapy wants it, where there is none."""
        if spider_name == NewsSpider.name:
            return NewsSpider
        if spider_name not in self._outlets:
            raise KeyError(f"Spider not found: {spider_name}")
        return type("OutletSpider", (NewsSpider,), {"name": spider_name})

    def find_by_request(self, request: Request) -> Sequence[str]:
        """Return the names of the outlets that the request's address belongs to."""
        return [slug for slug, outlet in self._outlets.items() if outlet.owns(request.url)]
