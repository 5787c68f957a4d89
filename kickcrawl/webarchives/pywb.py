"""The index of a web archive that runs pywb: lines of JSON. It has no key to go on with, so it is asked year by year.

Source: pywb's documentation, "CDXJ Server API" (read 2026-11-30).
"""

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from kickcrawl.webarchives.indexed import IndexFailed, IndexPage, capture_of, from_stamp, json_lines, scope_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PywbIndex:
    """The index of the collection at *base*, for *hosts* from *since* to the year of *today*."""

    base: str
    hosts: tuple[str, ...]
    since: date
    today: date

    def ask(self, cursor: str | None) -> str:
        """Return the address of the answer at *cursor*: that of a host and year."""
        host, year = self._place(cursor)
        asked = [
            *scope_of(self.hosts[host]).items(),
            ("output", "json"),
            ("filter", "=status:200"),
            ("from", max(from_stamp(self.since), f"{year}0101")),
            ("to", f"{year}1231"),
        ]
        return f"{self.base}/cdx?{urlencode(asked)}"

    def read(self, status: int, body: bytes, cursor: str | None) -> IndexPage:
        """Return what the answer says. Raises IndexFailed."""
        if status != 200:
            raise IndexFailed(f"the index of {self.base} answered HTTP {status}")
        lines = json_lines(body, f"the index of {self.base}")
        found = (capture_of(line, f"{self.base}/{line.get('timestamp')}id_/{line.get('url')}") for line in lines)
        host, year = self._place(cursor)
        following = (host, year + 1) if year < self.today.year else (host + 1, self._first_year)
        return IndexPage(
            captures=tuple(capture for capture in found if capture is not None),
            cursor=json.dumps(following) if following[0] < len(self.hosts) else None,
        )

    @property
    def _first_year(self) -> int:
        return int(from_stamp(self.since)[:4])

    def _place(self, cursor: str | None) -> tuple[int, int]:
        host, year = json.loads(cursor) if cursor else (0, self._first_year)
        return host, year
