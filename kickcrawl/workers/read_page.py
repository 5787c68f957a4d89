"""Read a page and judge what was read: the one way from a Page to what may be stored of it."""

from dataclasses import dataclass

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.quality import why_rejected
from kickcrawl.reading import Reading
from kickcrawl.workers.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a page gave: *read* is what the extractor made of it, *result* what may be stored, or why nothing may.

    Both are the same Article unless it does not stand for the article that was asked for.
    """

    read: Article | Rejection
    result: Article | Rejection

    @property
    def lesson(self) -> Reading | None:
        """How the page was read, if it may teach how the outlet's pages are built: a doubtful page does not."""
        return self.result.reading if isinstance(self.result, Article) else None


async def read_page(workers: Workers, page: Page) -> Judged:
    """Return what *page* gives, read in a worker process and judged here."""
    read = await workers.read(page)
    if isinstance(read, Rejection):
        return Judged(read=read, result=read)
    return Judged(read=read, result=why_rejected(page, read) or read)
