"""Sitemaps of an outlet whose names say that they list no articles: when each was read last, and what it had.

They are read once all the same, and again after a while: see kickcrawl.discovery.children.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from archive.database import Archive
from kickcrawl.dates import to_iso
from kickcrawl.discovery.children import ChildMemory

MAX_REMEMBERED = 500  # sitemaps of an outlet; a plugin names some twenty kinds


def recall_children(archive: Archive, outlet: str) -> dict[str, ChildMemory]:
    """Return what is remembered of the outlet's sitemaps, by their addresses."""
    stored = archive.value("SELECT children FROM seeds WHERE outlet = :outlet AND seed = 'sitemap'", {"outlet": outlet})
    return {
        url: ChildMemory(read_at=datetime.fromisoformat(child["read"]), articles=child["articles"])
        for url, child in json.loads(str(stored or "{}")).items()
    }


def remember_children(archive: Archive, outlet: str, children: Mapping[str, ChildMemory]) -> None:
    """Keep *children* for the next run, beside those that are remembered; the last read if they are too many."""
    with archive.transaction():
        known = {**recall_children(archive, outlet), **children}
        kept = sorted(known.items(), key=lambda item: item[1].read_at)[-MAX_REMEMBERED:]
        told = {url: {"read": to_iso(child.read_at), "articles": child.articles} for url, child in sorted(kept)}
        archive.write(
            "INSERT INTO seeds (outlet, seed, children) VALUES (:outlet, 'sitemap', :children) "
            "ON CONFLICT (outlet, seed) DO UPDATE SET children = excluded.children",
            {"outlet": outlet, "children": json.dumps(told)},
        )
