"""Extract: hand the page to a worker process and put what it read into the visit."""

from dataclasses import replace

from kickcrawl.article import Visit
from kickcrawl.extract import extract
from kickcrawl.workers import Workers


class ExtractPipeline:
    """Owns the worker processes of the crawl."""

    def open_spider(self) -> None:
        self._workers = Workers(extract)

    async def process_item(self, visit: Visit) -> Visit:
        if visit.result is not None:
            return visit
        return replace(visit, result=await self._workers.read(visit.page))

    def close_spider(self) -> None:
        self._workers.close()
