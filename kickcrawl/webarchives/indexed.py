"""A capture as an index of a web archive names it, and the record that all adapters read their answers into.

{"timestamp": "20190501083000", "url": "http://warta.example/padi/", "status": "200", ...} -> IndexedCapture
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from kickcrawl.dates import to_iso
from kickcrawl.errors import KickcrawlError

PAGES = ("text/html", "application/xhtml+xml", "warc/revisit", "unk")  # media types that may be an article's page


class IndexFailed(KickcrawlError):
    """An index did not answer what was asked: that says nothing about what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedCapture:
    """A page in a web archive: *target* is its own address, *address* where the web archive has it.

    *captured_at* is ISO in UTC; *digest* of the body, SHA-1 in base 32 or "sha256:" and hex, where the index tells it.
    """

    target: str
    address: str
    captured_at: str
    status: int | None
    media_type: str
    digest: str | None

    @property
    def is_page(self) -> bool:
        """Whether it may be a page that was there: an HTML document with status 200."""
        return self.status == 200 and self.media_type in PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """An answer of an index: what it names, and the *cursor* to ask for the next one with; None: it was the last."""

    captures: tuple[IndexedCapture, ...] = ()
    cursor: str | None = None


class Index(Protocol):
    """An index of a web archive, asked for the pages of some hosts from a day on, one answer after the other."""

    def ask(self, cursor: str | None) -> str:
        """Return the address of the answer at *cursor*; None is the beginning."""

    def read(self, status: int, body: bytes, cursor: str | None) -> IndexPage:
        """Return what that answer says. Raises IndexFailed where it is none."""


def scope_of(host: str) -> dict[str, str]:
    """Return the parameters that ask for all pages of *host*: with those of its subdomains, where it has a name.

    >>> scope_of("www.warta.example"), scope_of("127.0.0.1:8831")
    ({'url': 'warta.example', 'matchType': 'domain'}, {'url': '127.0.0.1:8831', 'matchType': 'host'})
    """
    is_name = ":" not in host and not host.replace(".", "").isdecimal()
    return {"url": host.removeprefix("www.") if is_name else host, "matchType": "domain" if is_name else "host"}


def hosts_of(hosts: Iterable[str]) -> tuple[str, ...]:
    """Return which of *hosts* an index is asked for: one of a site with and without "www."."""
    return tuple(dict.fromkeys(scope_of(host)["url"] for host in sorted(hosts)))


def from_stamp(since: date) -> str:
    """Return *since* as indexes write times, a day earlier: it is the day of a newsroom's clock."""
    return f"{since - timedelta(days=1):%Y%m%d}"


def time_of(stamp: str) -> str:
    """Return the 14 digits of an index's time as ISO in UTC. Raises ValueError.

    >>> time_of("20190501083000")
    '2019-05-01T08:30:00+00:00'
    """
    return to_iso(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))


def capture_of(fields: Mapping[str, Any], address: str) -> IndexedCapture | None:
    """Return the capture that a line of an index names; None for a line that cannot be one."""
    try:
        captured_at = time_of(str(fields["timestamp"]))
    except (KeyError, ValueError):
        return None
    status = str(fields.get("status", ""))
    return IndexedCapture(
        target=str(fields["url"]),
        address=address,
        captured_at=captured_at,
        status=int(status) if status.isdecimal() else None,
        media_type=str(fields.get("mime", "")),
        digest=str(fields["digest"]) if fields.get("digest") else None,
    )


def json_lines(body: bytes, what: str) -> list[dict[str, Any]]:
    """Return the objects in *body*, one a line. Raises IndexFailed where a line is none: the answer was cut off."""
    found = []
    for line in body.splitlines():
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise IndexFailed(f"{what} did not answer with lines of JSON: {line[:80].decode(errors='replace')!r}")
        found.append(told)
    return found
