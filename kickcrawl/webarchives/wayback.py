"""The Wayback Machine's CDX server: JSON lists with a row of names, and a key with which the rest is asked for.

    [["timestamp", "original", ...], ["20190501083000", "http://…", ...], [], ["example%2Cwarta%29%2F+2019…"]]

Source: internetarchive/wayback, wayback-cdx-server/README.md (read 2026-11-30).
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote_plus, urlencode

from kickcrawl.webarchives.indexed import IndexedCapture, IndexFailed, IndexPage, capture_of, from_stamp, scope_of

MAX_LINES = 5_000  # of an answer; the server's own limit is 150,000
_FIELDS = {"timestamp": "timestamp", "original": "url", "mimetype": "mime", "statuscode": "status", "digest": "digest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaybackIndex:
    """The index of the Wayback Machine at *base*, for *hosts* from *since* on."""

    base: str
    hosts: tuple[str, ...]
    since: date

    def ask(self, cursor: str | None) -> str:
        """Return the address of the answer at *cursor*."""
        host, key = _place(cursor)
        asked: list[tuple[str, str | int]] = [
            *scope_of(self.hosts[host]).items(),
            ("output", "json"),
            ("fl", ",".join(_FIELDS)),
            ("filter", "statuscode:200"),
            ("filter", "mimetype:text/html|application/xhtml.xml"),
            ("collapse", "digest"),
            ("from", from_stamp(self.since)),
            ("limit", MAX_LINES),
            ("showResumeKey", "true"),
            *([("resumeKey", unquote_plus(key))] if key else []),
        ]
        return f"{self.base}/cdx/search/cdx?{urlencode(asked)}"

    def read(self, status: int, body: bytes, cursor: str | None) -> IndexPage:
        """Return what the answer says. Raises IndexFailed."""
        rows, key = read_rows(status, body)
        host, _ = _place(cursor)
        following = (host, key) if key else (host + 1, None)
        return IndexPage(
            captures=tuple(capture for row in rows if (capture := self._capture(row)) is not None),
            cursor=json.dumps(following) if following[0] < len(self.hosts) else None,
        )

    def _capture(self, row: dict[str, Any]) -> IndexedCapture | None:
        return capture_of(row, f"{self.base}/web/{row.get('timestamp')}id_/{row.get('url')}")


def read_rows(status: int, body: bytes) -> tuple[list[dict[str, Any]], str | None]:
    """Return the rows of an answer under our names, and the key with which the rest is asked for, if there is more."""
    if status != 200:
        raise IndexFailed(f"the index of the Wayback Machine answered HTTP {status}")
    try:
        told = json.loads(body) if body.strip() else []
    except ValueError:
        told = None
    if not isinstance(told, list) or not all(isinstance(row, list) for row in told):
        raise IndexFailed("the index of the Wayback Machine did not answer with a whole JSON list")
    key = None
    if len(told) >= 2 and told[-2] == [] and len(told[-1]) == 1:
        key, told = str(told[-1][0]), told[:-2]
    if not told:
        return [], key
    names = [_FIELDS.get(name, name) for name in told[0]]
    if not {"timestamp", "url"} <= set(names):
        raise IndexFailed("the index of the Wayback Machine names no times and addresses")
    return [dict(zip(names, row, strict=False)) for row in told[1:]], key


def _place(cursor: str | None) -> tuple[int, str | None]:
    host, key = json.loads(cursor) if cursor else (0, None)
    return host, key
