"""Tell which stored article an arrival is a state of: by its addresses, by the outlet's own number, by what it says."""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.database import Archive
from kickcrawl.article import Article
from kickcrawl.compare.near import Fingerprint
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import article_id
from kickcrawl.quality import is_same_article
from kickcrawl.urls import same_addresses

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
    fingerprint: Fingerprint | None = None  # of the article's text, if it was taken before


def find_article(archive: Archive, arrival: Arrival) -> Any:
    """Return the row of the article that *arrival* is a state of, or None.

    Found by an address it had, by one that differs from its own in scheme, www. or a slash at the end, or by the
    outlet's own number for it if the headline or the publish time agrees too (a relaunch may number anew).
    """
    article = arrival.article
    # Its own address first: a story's may have led to another one for a while, and be noted as that one's.
    row = archive.row("SELECT * FROM articles WHERE url = :url", {"url": article.url}) or archive.row(
        "SELECT a.* FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url IN (:url, :requested) "
        "ORDER BY u.url = :url DESC LIMIT 1",
        {"url": article.url, "requested": arrival.requested_url},
    )
    if row is None:  # +outlet: by the address, not by the index of all that the outlet has
        row = archive.row(
            "SELECT * FROM articles WHERE url IN (SELECT value FROM json_each(:same)) AND +outlet = :outlet LIMIT 1",
            {"same": json.dumps(same_addresses(article.url)), "outlet": arrival.outlet},
        )
    if row is None and article.native_id:
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
    return row


def at_own_address(archive: Archive, arrival: Arrival) -> Arrival:
    """Return *arrival*, under the address that was asked for if its canonical one is another story's.

    Some sites name one canonical address on many pages; what was never found there before must look like its story.
    """
    url, requested = arrival.article.url, arrival.requested_url
    row = archive.row("SELECT * FROM articles WHERE url = :url", {"url": url}) if url != requested else None
    if row is None or is_same_article(row["title"], row["text"], row["native_id"], arrival.article):
        return arrival
    owner = archive.value("SELECT article_id FROM article_urls WHERE url = :url", {"url": requested})
    if owner == row["id"]:
        return arrival  # rewritten, at an address of its own
    return replace(arrival, article=replace(arrival.article, url=requested))


def unused_id(archive: Archive, url: str) -> str:
    """Return the id for *url*; should another article hold it, the id of the URL with a "#2" behind it, and so on."""
    identifier, turn = article_id(url), 2
    while archive.row("SELECT 1 FROM articles WHERE id = :id", {"id": identifier}):
        identifier, turn = article_id(f"{url}#{turn}"), turn + 1
    return identifier
