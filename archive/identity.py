"""Tell which stored article an arrival is a state of: by its addresses, by the outlet's own number, by what it says."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archive.database import Archive
from kickcrawl.article import Article, Visit
from kickcrawl.compare.near import LookupKeys, compare, fingerprint
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import article_id, text_digest
from kickcrawl.identity import Sighting, is_one_article
from kickcrawl.quality import is_same_article
from kickcrawl.urls import same_addresses

_MANY_WITH_NUMBER = 3  # articles of an outlet with the same number: then it is the theme's, not the articles'
_MIN_COMMON_SHARE = 0.5  # of the shorter text that two states of one article share

Cause = Literal["fetched", "re-extracted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article as it reached the archive: with its outlet, the address that was asked for, and its capture.

    *fetched_at* is when it was fetched, or, if it is re-extracted, when it was read again.
    """

    article: Article
    outlet: str
    requested_url: str
    capture_id: int
    run_id: int
    fetched_at: str
    cause: Cause = "fetched"
    lookup_keys: LookupKeys | None = None  # of the article's text, if they are known already
    source: str | None = None  # where it stands in the web archive that it came from

    @property
    def digest(self) -> str:
        """Digest of the article's title and text."""
        known = self.lookup_keys.digest if self.lookup_keys is not None else None
        return known or text_digest(self.article.title, self.article.text)


def arrival_of(visit: Visit, article: Article) -> Arrival:
    """Return *article*, which was read on the pages of *visit*, as it arrives."""
    return Arrival(
        article=article,
        outlet=visit.outlet,
        requested_url=visit.page.requested_url,
        capture_id=visit.capture_id,
        run_id=visit.run_id,
        fetched_at=visit.fetched_at,
        lookup_keys=visit.lookup_keys,
        source=visit.source,
    )


def is_outside(visit: Visit, article: Article) -> bool:
    """Tell whether the run of *visit* asked for another time: of a candidate without a date only the page tells."""
    if article.published_at is None:
        return False
    published = to_iso(article.published_at)
    return bool((visit.since and published < visit.since) or (visit.until and published >= visit.until))


def find_article(archive: Archive, arrival: Arrival) -> sqlite3.Row | None:
    """Return the row of the article that *arrival* is a state of, or None.

    It is found by an address that it had, or one that differs in scheme, www. or a final slash; else by the outlet's
    number for it, if headline or publish time agree (a relaunch may number anew) and the theme does not print that
    number on each page; else by what it says (kickcrawl/identity.py).
    """
    article = arrival.article
    # Its own address first: an article's may have led to another one for a while, and be noted as that one's.
    row = (
        archive.row("SELECT * FROM articles WHERE url = :url", {"url": article.url})
        or archive.row(_LED_TO, {"url": article.url})
        or (archive.row(_LED_TO, {"url": arrival.requested_url}) if arrival.requested_url != article.url else None)
    )
    if row is None:  # +outlet keeps SQLite from using the index on outlet, which is slower here than the one on url
        row = archive.row(
            "SELECT * FROM articles WHERE url IN (SELECT value FROM json_each(:same)) AND +outlet = :outlet LIMIT 1",
            {"same": json.dumps(same_addresses(article.url)), "outlet": arrival.outlet},
        )
    if row is None and has_own_number(archive, arrival.outlet, article.native_id):
        row = archive.row(
            "SELECT * FROM articles WHERE outlet = :outlet AND native_id = :native_id "
            "AND (title = :title OR published_at = :published_at)",
            {
                "outlet": arrival.outlet,
                "native_id": article.native_id,
                "title": article.title,
                "published_at": to_iso(article.published_at) if article.published_at else None,
            },  # fmt: skip
        )
    return row if row is not None else _with_same_content(archive, arrival)


def has_own_number(archive: Archive, outlet: str, native_id: str | None) -> bool:
    """Tell whether *native_id* may be an article's: some themes print one number on each page of an outlet."""
    if native_id is None:
        return False
    held = "SELECT 1 FROM articles WHERE outlet = :outlet AND native_id = :native_id LIMIT :many"
    values = {"outlet": outlet, "native_id": native_id, "many": _MANY_WITH_NUMBER}
    return archive.count(f"SELECT count(*) FROM ({held})", values) < _MANY_WITH_NUMBER


def chosen_address(archive: Archive, row: sqlite3.Row, arrival: Arrival) -> str:
    """Return which address is the article's now: the one it had, or the new one that *arrival* was found at.

    It stays at the old one while that answers, unless its page named the new one as canonical.
    """
    old, new = row["url"], arrival.article.url
    if old == new or not _is_only_alike(archive, row, arrival) or _claimed(row["disagreements"]) == new:
        return new
    return new if has_left(archive, row) else str(old)


def has_left(archive: Archive, row: sqlite3.Row) -> bool:
    """Tell whether the article of *row* did not answer at its address when that was last asked for."""
    own = archive.row("SELECT state, attempts FROM frontier WHERE url = :url", {"url": row["url"]})
    return row["gone_at"] is not None or (own is not None and (own["state"] == "gone" or own["attempts"] > 0))


def is_new_address(archive: Archive, row: sqlite3.Row, arrival: Arrival) -> bool:
    """Tell whether *arrival* shows the article of *row* at an address that was not known for it."""
    known = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": arrival.requested_url})
    return bool(known != row["id"] and arrival.requested_url != row["url"])


def living_address(archive: Archive, row: sqlite3.Row, left: str) -> str | None:
    """Return another address of the article of *row* that answered last time it was asked; None if it has none."""
    return archive.text(_LIVING, {"id": row["id"], "left": left})


def _with_same_content(archive: Archive, arrival: Arrival) -> sqlite3.Row | None:
    """Return the row of the outlet's article that has the same title and text, and is the same one."""
    rows = archive.rows(
        "SELECT * FROM articles WHERE digest = :digest AND +outlet = :outlet ORDER BY key",
        {"digest": arrival.digest, "outlet": arrival.outlet},
    )
    return next(_same_ones(rows, arrival.article), None) or _edited_elsewhere(archive, arrival)


def _edited_elsewhere(archive: Archive, arrival: Arrival) -> sqlite3.Row | None:
    """Return the row of the outlet's article with the same title and publish time, and much of the text.

    It was edited on the day on which it moved, or since it was fetched at its other address.
    """
    article = arrival.article
    if article.published_at is None:
        return None
    rows = archive.rows(
        "SELECT * FROM articles WHERE outlet = :outlet AND published_at = :at AND title = :title ORDER BY key LIMIT 9",
        {"outlet": arrival.outlet, "at": to_iso(article.published_at), "title": article.title},
    )
    return next((row for row in _same_ones(rows, article) if _has_text(row, article)), None)


def _same_ones(rows: Sequence[sqlite3.Row], article: Article) -> Iterator[sqlite3.Row]:
    """Yield those of *rows* that are the same article; most often there are none, and its words need no count."""
    if rows:
        found = _sighting_of(article)
        yield from (row for row in rows if is_one_article(_sighting(row), found))


def _has_text(row: sqlite3.Row, article: Article) -> bool:
    return compare(fingerprint(row["text"]), fingerprint(article.text)).share >= _MIN_COMMON_SHARE


def _is_only_alike(archive: Archive, row: sqlite3.Row, arrival: Arrival) -> bool:
    """Tell whether nothing but content, now or before, says that *arrival* is a state of the article of *row*.

    A redirect from its address leads it to the new one; so does a new spelling of the old.
    """
    new, old = arrival.article.url, row["url"]
    if arrival.requested_url != new and _leads_to(archive, arrival.requested_url, row["id"]):
        return False
    has_number = row["native_id"] is not None and row["native_id"] == arrival.article.native_id
    return not has_number and new not in same_addresses(old)


def _leads_to(archive: Archive, url: str, article: str) -> bool:
    return archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": url}) == article


def _sighting(row: sqlite3.Row) -> Sighting:
    return Sighting(
        url=row["url"],
        words=row["words"],
        claimed=_claimed(row["disagreements"]),
        published_at=row["published_at"],
        native_id=row["native_id"] if json.loads(row["origins"]).get("native_id") else None,
    )


def _sighting_of(article: Article) -> Sighting:
    claimed = next((str(claim.value) for claim in article.disagreements if claim.field == "url"), None)
    return Sighting(
        url=article.url,
        words=len(article.text.split()),
        claimed=claimed,
        published_at=to_iso(article.published_at) if article.published_at else None,
        native_id=article.native_id if article.origins.get("native_id") else None,
    )


def _claimed(disagreements: str) -> str | None:
    return next((claim["value"] for claim in json.loads(disagreements) if claim["field"] == "url"), None)


_LED_TO = "SELECT a.* FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url = :url"
_LIVING = """
    SELECT u.url FROM article_urls u JOIN frontier f ON f.url = u.url
    WHERE u.article_id = :id AND u.url <> :left AND f.state IN ('done', 'due', 'leased') AND f.attempts = 0
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = u.url AND a.id <> :id)
    ORDER BY u.last_seen_at DESC, u.url LIMIT 1
"""


def at_own_address(archive: Archive, arrival: Arrival) -> Arrival:
    """Return *arrival*, under the address that was asked for if its canonical one is another article's.

    Some sites name one canonical address on many pages; what was never found there before must resemble the article.
    """
    url, requested = arrival.article.url, arrival.requested_url
    row = archive.row("SELECT * FROM articles WHERE url = :url", {"url": url}) if url != requested else None
    if row is None:
        return arrival
    number = row["native_id"] if has_own_number(archive, arrival.outlet, arrival.article.native_id) else None
    if is_same_article(row["title"], row["text"], number, arrival.article):
        return arrival
    owner = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": requested})
    if owner == row["id"]:
        return arrival  # the same article, rewritten
    return replace(arrival, article=replace(arrival.article, url=requested))


def unused_id(archive: Archive, url: str) -> str:
    """Return the id for *url*; should another article hold it, the id of the URL with a "#2" behind it, and so on."""
    identifier, turn = article_id(url), 2
    while archive.row("SELECT 1 FROM articles WHERE id = :id", {"id": identifier}):
        identifier, turn = article_id(f"{url}#{turn}"), turn + 1
    return identifier
