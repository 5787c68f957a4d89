"""Common Crawl's index: a list of crawls, and for each crawl pages of lines of JSON that say where a record stands.

    collinfo.json -> [{"id": "CC-MAIN-2024-10", "cdx-api": "https://…-index", "from": "…", "to": "…"}, ...]
    …-index?url=…&showNumPages=true -> {"pages": 2, ...}      …-index?url=…&page=0 -> {"filename": …, "offset": …}

Source: https://index.commoncrawl.org/ (its form of 2024).
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict
from urllib.parse import urlencode

from kickcrawl.webarchives.indexed import (
    IndexedCapture,
    IndexFailed,
    IndexPage,
    capture_of,
    from_stamp,
    json_lines,
    scope_of,
)

_WHAT = "the index of Common Crawl"
_YEAR = re.compile(r"\d{4}")


class _Place(TypedDict):
    """Which crawls are still to be asked, the first for which of the hosts and which page; None: how many it has."""

    apis: list[str]
    host: int
    page: int | None
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCrawlIndex:
    """The index at *base*, for *hosts* in all crawls that ended after *since*; records are had from *data*."""

    base: str
    data: str
    hosts: tuple[str, ...]
    since: date

    def ask(self, cursor: str | None) -> str:
        """Return the address of the answer at *cursor*."""
        if cursor is None:
            return f"{self.base}/collinfo.json"
        place: _Place = json.loads(cursor)
        asked = [*scope_of(self.hosts[place["host"]]).items(), ("output", "json"), ("filter", "=status:200")]
        asked.append(("showNumPages", "true") if place["page"] is None else ("page", str(place["page"])))
        return f"{place['apis'][0]}?{urlencode(asked)}"

    def read(self, status: int, body: bytes, cursor: str | None) -> IndexPage:
        """Return what the answer says. Raises IndexFailed."""
        if cursor is None:
            return IndexPage(
                cursor=self._cursor({"apis": self._crawls(status, body), "host": 0, "page": None, "pages": 0})
            )
        place: _Place = json.loads(cursor)
        if status == 404 and b"No Captures found" in body:
            return IndexPage(cursor=self._cursor(self._next_host(place)))
        if status != 200:
            raise IndexFailed(f"{_WHAT} answered HTTP {status}")
        lines = json_lines(body, _WHAT)
        if place["page"] is None:
            return IndexPage(cursor=self._cursor(self._begin(place, lines)))
        found = (self._capture(line) for line in lines)
        following = {**place, "page": place["page"] + 1}
        is_last = place["page"] + 1 >= place["pages"]
        return IndexPage(
            captures=tuple(capture for capture in found if capture is not None),
            cursor=self._cursor(self._next_host(place) if is_last else following),
        )

    def _crawls(self, status: int, body: bytes) -> list[str]:
        """Return the indexes of the crawls that may hold something since *since*, in the order of the list."""
        try:
            told = json.loads(body) if status == 200 else None
        except ValueError:
            told = None
        if not isinstance(told, list):
            raise IndexFailed(f"{_WHAT} did not list its crawls (HTTP {status})")
        return [str(crawl["cdx-api"]) for crawl in told if "cdx-api" in crawl and _end(crawl) >= from_stamp(self.since)]

    def _begin(self, place: _Place, lines: list[dict[str, Any]]) -> _Place:
        pages = lines[0].get("pages") if lines else None
        if not isinstance(pages, int):
            raise IndexFailed(f"{_WHAT} did not say how many pages it has")
        return {**place, "page": 0, "pages": pages} if pages else self._next_host(place)

    def _next_host(self, place: _Place) -> _Place:
        if place["host"] + 1 < len(self.hosts):
            return {**place, "host": place["host"] + 1, "page": None, "pages": 0}
        return {"apis": place["apis"][1:], "host": 0, "page": None, "pages": 0}

    def _cursor(self, place: Any) -> str | None:
        return json.dumps(place) if place["apis"] else None

    def _capture(self, line: dict[str, Any]) -> IndexedCapture | None:
        try:
            offset, length = int(line["offset"]), int(line["length"])
        except (KeyError, ValueError):
            return None
        return capture_of(line, f"{self.data}/{line.get('filename')}#bytes={offset}-{offset + length - 1}")


def _end(crawl: dict[str, Any]) -> str:
    """Return the day on which a crawl ended, as 8 digits; of one that does not say so the end of its year."""
    if told := str(crawl.get("to") or ""):
        return told[:10].replace("-", "")
    year = _YEAR.search(str(crawl.get("id", "")))
    return f"{year[0]}1231" if year else "99991231"
