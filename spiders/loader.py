"""Make a spider of every outlet file, so that there is no spider module to keep in step with it."""

from collections.abc import Sequence

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from spiders.news import NewsSpider


class OutletSpiderLoader:
    """Knows the spider ``news`` and one spider for each outlet, called as its file is."""

    def __init__(self, outlets: dict[str, Outlet]) -> None:
        self._outlets = outlets

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "OutletSpiderLoader":
        return cls(load_outlets(outlet_folders(settings.get("OUTLETS"))))

    def list(self) -> Sequence[str]:
        return [*sorted(self._outlets), NewsSpider.name]

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider class of that name; KeyError, as Scrapy wants it, where there is none."""
        if spider_name == NewsSpider.name:
            return NewsSpider
        if spider_name not in self._outlets:
            raise KeyError(f"Spider not found: {spider_name}")
        return type("OutletSpider", (NewsSpider,), {"name": spider_name})

    def find_by_request(self, request: Request) -> Sequence[str]:
        return [slug for slug, outlet in self._outlets.items() if outlet.owns(request.url)]
