"""An archive as researchers ask it: `from archive import open_archive`. Read-only, whatever is asked.

with open_archive("data/archive.db") as archive:
    for article in archive.articles(query="banjir", since="2025-01-01"):
        print(article["published_at"], article["title"])
    frame = archive.articles(outlet="kicknews").to_pandas()
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack, cast

from archive.corpus.captured import CapturedAnswer, read_answer
from archive.corpus.records import Records
from archive.corpus.typed import Article, CaptureRow, Filters, Revision, StoryMember
from archive.database import open_archive
from archive.export.table import Table, TableName
from archive.export.tables import table_of
from archive.history.past import find_state, read_day
from archive.outlets import check_outlet
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order, count, timeline
from kickcrawl.errors import UsageError


class Corpus:
    """The articles of an archive, their revisions, stories and captures.

    *query* is in the language of `kickcrawl search`: words in any form, "phrases", AND, OR, NOT, title:, prefix*.
    What methods return is read when it is iterated. One thread at a time; errors are kickcrawl.errors.KickcrawlError.
    """

    def __init__(self, path: Path) -> None:
        self._archive = open_archive(path, read_only=True)

    def __enter__(self) -> Self:
        """Give the corpus itself; it is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive; nothing more can be asked."""
        self._archive.close()

    def articles(
        self, query: str | None = None, *, order: Order = "oldest", limit: int | None = None, **filters: Unpack[Filters]
    ) -> Records[Article]:
        """Return the articles that are asked for, in their current state."""
        choice = self._choice(query, filters)
        table = table_of("articles", self._archive, choice, order=order, limit=limit)
        return Records(table, (lambda: count(self._archive, choice)) if limit is None else None)

    def article(self, name: str) -> Article:
        """Return one article: by its id, the first digits of one, or a URL; ID@2 is its second revision.

        Raises UsageError where there is none.
        """
        return cast("Article", find_state(self._archive, name))

    def revisions(self, query: str | None = None, **filters: Unpack[Filters]) -> Records[Revision]:
        """Return all revisions of the articles that are asked for, each article's oldest first."""
        return Records(self._table("revisions", query, filters))

    def stories(self, query: str | None = None, **filters: Unpack[Filters]) -> Records[StoryMember]:
        """Return the stories that the articles belong to: a record for each member, also for those not asked for."""
        return Records(self._table("stories", query, filters))

    def captures(self, query: str | None = None, **filters: Unpack[Filters]) -> Records[CaptureRow]:
        """Return the fetches that a replay of the articles needs; read_capture() has what was fetched."""
        return Records(self._table("captures", query, filters))

    def read_capture(self, of: Mapping[str, object] | int) -> CapturedAnswer:
        """Return what a capture holds: of a capture, or the one that an article or a revision was read from.

        Raises UsageError for what has no capture; ArchiveError where its WARC record is missing or was taken down.
        """
        found = of if isinstance(of, int) else of.get("capture_id", of.get("id"))
        if not isinstance(found, int):
            raise UsageError("give a capture, an article or a revision, or the number of a capture")
        return read_answer(self._archive, found)

    def count(self, query: str | None = None, **filters: Unpack[Filters]) -> int:
        """Return how many articles there are."""
        return count(self._archive, self._choice(query, filters))

    def timeline(
        self, query: str | None = None, *, by: Bucket = "month", **filters: Unpack[Filters]
    ) -> list[tuple[str, int]]:
        """Return how many articles are of each day, month or outlet."""
        return timeline(self._archive, self._choice(query, filters), by)

    def _table(self, name: TableName, query: str | None, filters: Filters) -> Table:
        return table_of(name, self._archive, self._choice(query, filters))

    def _choice(self, query: str | None, filters: Filters) -> Choice:
        if unknown := [name for name in filters if name not in Filters.__annotations__]:
            known = ", ".join(Filters.__annotations__)
            raise UsageError(f"there is no filter {unknown[0]!r}; the filters are {known}")
        given: dict[str, Any] = {**filters, "since": _day(filters.get("since")), "until": _day(filters.get("until"))}
        choice = Choice(words=query, **given)
        check_outlet(self._archive, choice.outlet)
        return choice


def _day(given: date | str | None) -> date | None:
    if isinstance(given, str):
        return read_day(given)
    return given.date() if isinstance(given, datetime) else given
