"""Tombstones: articles that archive/takedown took down, and how they are recognised, so that none is stored again.

Of a seed's entry that names one, only the address is kept; a page that holds one is not stored; an answer that holds
the text is written into the WARC file without its payload.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.database import Archive
from kickcrawl.article import Article, Candidate
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import text_digest
from kickcrawl.traces import Trace, share

SHUT = "taken down"  # reason of a frontier row
MIN_SAME_SHARE = 0.5  # of its pieces in a text, 0 to 1: it is that article again, edited; less may be a quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An article that was taken down: when (ISO 8601, UTC) and why, and all its addresses."""

    id: str
    outlet: str
    reason: str
    taken_down_at: str
    urls: tuple[str, ...]

    def in_words(self) -> str:
        """Return in a sentence, without its full stop, what became of the article."""
        return f"article {self.id} was taken down on {self.taken_down_at[:10]}: {self.reason.rstrip('.')}"


@dataclass(frozen=True, slots=True)
class Tombstones:
    """By what articles that were taken down are known again: addresses at any outlet, all else at their own."""

    urls: Mapping[str, str]
    numbers: Sequence[tuple[str, str | None, str]]  # native id, publish time
    digests: Mapping[str, str]
    traces: Mapping[str, frozenset[Trace]]  # by the id

    def of_candidate(self, candidate: Candidate) -> str | None:
        """Return the id of the article that a seed names, if it was taken down."""
        published = to_iso(candidate.published.at) if candidate.published else None
        return self.urls.get(candidate.url) or self._of_number(candidate.native_id, published)

    def of_page(self, requested_url: str, article: Article) -> str | None:
        """Return the id of the article that stands on a page, if it was taken down."""
        if not self.urls:
            return None
        published = to_iso(article.published_at) if article.published_at else None
        return (
            self.urls.get(requested_url)
            or self.urls.get(article.url)
            or self._of_number(article.native_id, published)
            or self.digests.get(text_digest(article.title, article.text))
            or next((key for key, traces in self.traces.items() if share(article.text, traces) >= MIN_SAME_SHARE), None)
        )

    def _of_number(self, native_id: str | None, published: str | None) -> str | None:
        """Where both have a publish time, it must be the same: a relaunch may give the number to another article."""
        told = (
            article_id
            for number, at, article_id in self.numbers
            if number == native_id and (at is None or published is None or at == published)
        )
        return next(told, None)


def read_tombstones(archive: Archive, outlet: str) -> Tombstones:
    """Return what a run of *outlet* must not store again."""
    rows = archive.rows("SELECT * FROM takedowns WHERE outlet = :outlet", {"outlet": outlet})
    urls = archive.rows("SELECT url, article_id FROM takedown_urls")
    return Tombstones(
        urls={row["url"]: row["article_id"] for row in urls},
        numbers=[(row["native_id"], row["published_at"], row["article_id"]) for row in rows if row["native_id"]],
        digests={row["digest"]: row["article_id"] for row in rows},
        traces={row["article_id"]: _traces(row["traces"]) for row in rows},
    )


def read_traces(archive: Archive, outlet: str) -> frozenset[Trace]:
    """Return the traces (kickcrawl/traces.py) of all that was taken down of *outlet*."""
    rows = archive.rows("SELECT traces FROM takedowns WHERE outlet = :outlet", {"outlet": outlet})
    return frozenset().union(*(_traces(row["traces"]) for row in rows))


def find_tombstone(archive: Archive, name: str) -> Tombstone | None:
    """Return what is known of an article that was taken down, by its id or an address it had; or None."""
    row = archive.row(
        "SELECT article_id AS id, outlet, reason, taken_down_at FROM takedowns WHERE article_id = :name "
        "OR article_id = (SELECT article_id FROM takedown_urls WHERE url = :name)",
        {"name": name},
    )
    if row is None:
        return None
    urls = archive.rows("SELECT url FROM takedown_urls WHERE article_id = :id ORDER BY url", {"id": row["id"]})
    return Tombstone(**dict(row), urls=tuple(url["url"] for url in urls))


def put_tombstone(archive: Archive, told: Mapping[str, Any]) -> None:
    """Write a tombstone from all that is known of it, as note_of() gives it; call inside a transaction."""
    values = {name: told[name] for name in _COLUMNS} | {"traces": json.dumps(told["traces"])}
    marks = ", ".join(f":{name}" for name in _COLUMNS)
    archive.write(f"INSERT INTO takedowns ({', '.join(_COLUMNS)}) VALUES ({marks})", values)
    for url in told["urls"]:
        shut(archive, url, told["article_id"])


def note_of(archive: Archive, article_id: str) -> dict[str, Any]:
    """Return all of a tombstone, as it is noted in the WARC file for a later rebuild."""
    row = archive.row("SELECT * FROM takedowns WHERE article_id = :id", {"id": article_id})
    urls = archive.rows("SELECT url FROM takedown_urls WHERE article_id = :id ORDER BY url", {"id": article_id})
    told = dict(row or {})
    return told | {"traces": json.loads(told["traces"]), "urls": [url["url"] for url in urls]}


def shut(archive: Archive, url: str, article_id: str) -> None:
    """Note that *url* leads to what was taken down: what is known of the candidate goes, and it is never fetched."""
    values = {"url": url, "id": article_id, "reason": SHUT}
    archive.write("INSERT OR IGNORE INTO takedown_urls (url, article_id) VALUES (:url, :id)", values)
    archive.write(
        "UPDATE frontier SET state = 'excluded', reason = :reason, title = NULL, claims = '[]' WHERE url = :url", values
    )


def _traces(column: str) -> frozenset[Trace]:
    return frozenset(map(frozenset, json.loads(column)))


_COLUMNS = "article_id outlet reason taken_down_at native_id published_at digest traces".split()
