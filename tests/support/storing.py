"""Put articles into a real archive as the crawl does, without a crawl."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.articles import Decision, record
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.runs import start_run
from kickcrawl.article import Article
from kickcrawl.compare.near import LookupKeys
from kickcrawl.fingerprint import article_id

NOW = datetime(2025, 7, 14, 1, tzinfo=UTC)
OUTLET: dict[str, Any] = {
    "slug": "warta", "name": "Warta Uji", "publisher": None, "region": "ID-NB", "place": "Mataram", "language": "id",
    "timezone": "Asia/Makassar", "platform": "wordpress", "home": "https://warta.example/",
}  # fmt: skip
# A capture of which nobody asks more than that it is there.
KEPT: dict[str, Any] = {
    "status": 200, "digest": "sha256:0", "length": 1,
    "file": "warta-20250714T010000Z.warc.gz", "offset": 0, "size": 1, "record_digest": "sha256:0",
}  # fmt: skip


class Shelf:
    """An archive, and the runs and captures that its articles need."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._runs: dict[str, tuple[int, int]] = {}
        self.minutes = 0  # from NOW to what was put last

    def put(
        self, slug: str, text: str, *, title: str | None = None, outlet: str = "warta", keys: LookupKeys | None = None,
        **fields: Any,
    ) -> Decision:  # fmt: skip
        """Store a state of the article ``https://OUTLET.example/SLUG``; each call is a minute later than the last.

        *keys*: as a worker gives them with the article.
        """
        run_id, capture_id = self._runs.get(outlet) or self._begin(outlet)
        self.minutes += 1
        url = url_of(slug, outlet)
        arrival = Arrival(
            article=Article(
                url=url, title=slug.replace("-", " ").title() if title is None else title, text=text, **fields
            ),
            outlet=outlet,
            requested_url=url,
            capture_id=capture_id,
            run_id=run_id,
            fetched_at=(NOW + timedelta(minutes=self.minutes)).isoformat(),
            lookup_keys=keys,
        )
        with self.archive.transaction():
            return record(self.archive, arrival)

    def begin_again(self) -> None:
        """Let what is put next belong to another run, which begins after all that was put before."""
        self._runs.clear()
        self.minutes += 1

    def _begin(self, outlet: str) -> tuple[int, int]:
        row = {"slug": outlet, "name": outlet.title(), "publisher": None, "region": "ID-NB", "place": None}
        more = {"language": "id", "timezone": "Asia/Makassar", "platform": "generic", "home": url_of("", outlet)}
        run_id = start_run(self.archive, row | more, {}, NOW + timedelta(minutes=self.minutes))
        fetched = Capture(
            run_id=run_id,
            url=url_of("", outlet),
            fetched_at=NOW.isoformat(),
            **KEPT,
        )
        self._runs[outlet] = run_id, store_capture(self.archive, fetched)
        return self._runs[outlet]


@contextmanager
def shelf_in(folder: Path) -> Iterator[Shelf]:
    """Give an empty archive in *folder*, closed at the end."""
    archive = open_archive(folder / "archive.db", create=True)
    try:
        yield Shelf(archive)
    finally:
        archive.close()


def url_of(slug: str, outlet: str = "warta") -> str:
    return f"https://{outlet}.example/{slug}"


def id_of(slug: str, outlet: str = "warta") -> str:
    """Return the id that the article of that slug is cited by."""
    return article_id(url_of(slug, outlet))
