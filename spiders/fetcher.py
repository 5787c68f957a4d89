"""Fetch what is no candidate of its own: seeds, lists, further pages of articles, pictures."""

from collections.abc import Mapping

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.crawl import Crawl
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.urls import bare_host
from spiders.network.envelope import ABOUT, VOUCHED
from spiders.network.failures import bound_of, reason_of
from spiders.wiring import list_meta, page_meta


class Fetcher:
    """Fetches for *crawl*, through all middlewares, before the candidates that wait. Each method raises SeedError where
    no answer came."""

    def __init__(self, crawl: Crawl, crawler: Crawler) -> None:
        self._crawl = crawl
        self._crawler = crawler

    async def fetch(
        self, url: str, outlet: Outlet | None = None, about: Mapping[str, object] | None = None
    ) -> Response:
        """Return the answer to *url*: a seed's, or a further page of an article of *outlet*, kept with *about*."""
        of_page = page_meta(outlet, self._crawler.settings) if outlet else {}
        return await self.download(url, {**(ABOUT.entry(about) if about else {}), **of_page})

    async def fetch_list(self, url: str, outlet: Outlet) -> Response:
        """Return the page of *outlet* at *url* that lists articles."""
        return await self.download(url, list_meta(outlet, self._crawler.settings))

    async def download(self, url: str, meta: dict[str, object]) -> Response:
        """Return the answer to the request for *url* with *meta*."""
        run, host = self._crawl.run_of(url), bare_host(url)
        if run is not None and host not in run.outlet.bare_hosts:
            meta = meta | VOUCHED.entry(host)
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, priority=100, meta=meta)
        try:
            return await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever kept it from answering, of Scrapy's, Twisted's or the guard's kinds
            if run is not None and (bound := bound_of(error)):
                run.count(f"bound/{bound}")
            raise SeedError(reason_of(error)) from error
