"""The interface of a crawl that pipelines and middlewares use: where to write, and whom to tell what became of a page.

The spider implements it (spiders/news.py). Pipelines and the modules that the spider imports know it only by these
protocols, so that imports run one way and calls are type-checked.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from archive.captures import Captures
from archive.writer import Writer
from kickcrawl.article import Visit
from kickcrawl.errors import KickcrawlError
from kickcrawl.outlet import Outlet


class Run(Protocol):
    """The run of one outlet within a crawl."""

    outlet: Outlet
    run_id: int  # 0 before the run has begun
    counts: Counter[str]
    requested: int  # requests of this run, retries and redirects included
    requested_today: int  # answers to the outlet's earlier runs of this day (UTC)
    in_flight: int  # candidates that are asked for, read or stored
    is_spent: bool  # True once a request budget (run, outlet or day) is used up

    def count(self, name: str) -> None:
        """Count *name* for this outlet."""


@runtime_checkable
class Crawl(Protocol):
    """A crawl of one or more outlets into one archive."""

    write: Writer
    captures: Captures

    @property
    def runs(self) -> Sequence[Run]:
        """The run of each outlet."""

    def run_of(self, url: str) -> Run | None:
        """Return the run of the outlet that *url* belongs to; None before it has begun."""

    def count(self, outlet: str, name: str) -> None:
        """Count *name* for the run of *outlet* (its slug)."""

    def landed(self, visit: Visit) -> None:
        """Be told that *visit* has left the pipelines: one candidate fewer is in flight."""

    def archive_failed(self, error: KickcrawlError) -> None:
        """Be told that the archive cannot be written: nothing more is fetched."""


def crawl_of(spider: object) -> Crawl | None:
    """Return *spider* as the crawl that it is; None if it has no archive (``kickcrawl add``)."""
    return spider if isinstance(spider, Crawl) else None
