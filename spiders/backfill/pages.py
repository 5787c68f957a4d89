"""Put an article together from captures of a web archive: its first page, and the nearest ones of its further pages."""

from dataclasses import dataclass, replace

from archive import layouts
from archive.asked import about_further_page, page_of
from archive.backfill.backfills import Backfill
from archive.backfill.found import FoundCapture, find_page, resolve_found
from archive.captures import Captures
from archive.frontier import Due
from archive.writer import Writer
from kickcrawl.article import PageSource, Visit
from kickcrawl.page.further_pages import ArticlePages, wanted_pages
from kickcrawl.page.html import leads_on
from kickcrawl.rights.visited import result_unread, rights_of
from spiders.answers import note_missing_pages
from spiders.backfill.captured import CaptureFetcher, KeptPage
from spiders.run import OutletRun


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPages:
    """Makes the visits of *run*, which fetches for *backfill*."""

    fetcher: CaptureFetcher
    backfill: Backfill
    run: OutletRun
    write: Writer
    captures: Captures

    async def visit(self, found: FoundCapture, first: KeptPage) -> Visit | None:
        """Return the visit of the article whose first page is *first*; None where it leads elsewhere."""
        if (target := leads_on(first.source)) is not None:
            await self.write(resolve_found, found.address, "rejected", f"redirect: the page leads on to {target}")
            self.run.count("capture/redirect")
            return None
        due, result = due_of(found), result_unread(first.source, first.withheld)
        pages = await self._pages(due, first) if result is None else ArticlePages((first.source,))
        if pages.missing:
            await note_missing_pages(self.write, self.captures, self.run, due, pages.missing)
        held = await self.write(layouts.trusted, self.run.outlet.slug, found.captured_at)
        since, until = self.run.span
        return Visit(
            page=replace(page_of(due, pages, self.run.outlet.rules), layouts=tuple(held)),
            outlet=self.run.outlet.slug,
            run_id=self.run.run_id,
            capture_id=first.capture_id,
            fetched_at=found.captured_at,
            checked_at=found.captured_at,
            since=since,
            until=until,
            result=result,
            source=found.address,
            rights=rights_of(first.headers, first.withheld),
        )

    async def _pages(self, due: Due, first: KeptPage) -> ArticlePages:
        """Return the article's pages: of each further one the capture that is nearest in time."""
        walk = wanted_pages(first.source)
        try:
            url = next(walk)
            while True:
                url = walk.send(await self._page(due, url, first.captured_at))
        except StopIteration as end:
            pages: ArticlePages = end.value
            return pages

    async def _page(self, due: Due, url: str, near: str) -> PageSource | None:
        found = await self.write(find_page, self.backfill, url, near)
        kept = await self.fetcher.fetch(found, about_further_page(due)) if found is not None else None
        return kept.source if kept is not None and kept.withheld is None else None


def due_of(found: FoundCapture) -> Due:
    """Return what is known of the article whose first page is in *found*: its address."""
    return Due(found.url, (), None, None, is_known=False)
