"""Whether the times of change that an outlet's sitemaps and feeds give are true, as its fetched articles have shown.

read_trust()     how far each seed is to be believed
Belief           what is taken of what a seed says
learn_times()    what a seed gives, beside the publish times of the articles
learn_fetched()  an archived article was fetched again, and was changed or not

A platform's list of all posts is always believed: its times are the database's own.
"""

import json
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

from archive.database import Archive
from kickcrawl.article import Candidate, Moment, SeedKind
from kickcrawl.discovery.lastmod import Lastmod
from kickcrawl.discovery.lastmod_trust import (
    Check,
    LastmodMemory,
    Stated,
    Trust,
    from_json,
    judge,
    learn_checks,
    learn_list,
    to_json,
)

JUDGED: tuple[SeedKind, ...] = ("sitemap", "feed")
MAX_STATED = 1000  # newest articles of a seed whose times are compared


def read_trust(archive: Archive, outlet: str, seed: SeedKind) -> Trust:
    """Return how far the times of change of the outlet's *seed* are to be believed."""
    return judge(_recall(archive, outlet, seed)) if seed in JUDGED else Trust()


class Belief:
    """What is believed of the candidates of an outlet's seeds: no time of change where the seed's were found false."""

    def __init__(self, archive: Archive, outlet: str) -> None:
        self._edits: dict[SeedKind, bool] = {}
        self._archive, self._outlet = archive, outlet

    def __call__(self, candidate: Candidate) -> Candidate:
        """Return *candidate* as it is believed."""
        seed = candidate.seed
        if seed not in self._edits:
            self._edits[seed] = read_trust(self._archive, self._outlet, seed).edits
        if self._edits[seed]:
            return candidate
        claims = tuple(claim for claim in candidate.claims if claim.field != "modified_at")
        return replace(candidate, modified=None, modified_until=None, claims=claims)


def learn_times(archive: Archive, outlet: str, seed: SeedKind) -> Trust:
    """Compare what *seed* gave last with the articles' publish times; return how far it is to be believed now."""
    if seed not in JUDGED:
        return Trust()
    rows = archive.rows(_STATED, {"outlet": outlet, "seed": seed, "count": MAX_STATED})
    with archive.transaction():
        memory = learn_list(_recall(archive, outlet, seed), map(_stated, rows))
        _remember(archive, outlet, seed, memory)
    return judge(memory)


def learn_fetched(archive: Archive, outlet: str, url: str, *, changed: bool) -> None:
    """Learn from the archived article at *url*, which was fetched again and has *changed* or not.

    Call in the transaction that stores it, before the frontier notes the fetch. What else a seed made due is put back
    as soon as it is found to give nothing but false alarms.
    """
    for row in archive.rows(_GIVEN, {"url": url}):
        is_later = _is_later(row)
        if is_later is None:
            continue
        before = _recall(archive, outlet, row["seed"])
        check = Check(later=is_later, changed=changed, is_repeated=row["false_alarms"] > 0)
        after = learn_checks(before, [check])
        _remember(archive, outlet, row["seed"], after)
        if is_later or row["false_alarms"]:
            count = row["false_alarms"] + 1 if is_later and not changed else 0
            archive.write(_ALARMS, {"url": url, "seed": row["seed"], "count": count})
        if judge(before).edits and not judge(after).edits:
            archive.write(_PUT_BACK, {"outlet": outlet, "seed": row["seed"]})


def _is_later(row: Row) -> bool | None:
    """Tell whether the seed gave a time behind the fetch before; None where that is not known, within a day."""
    if row["modified_at"] > row["checked_at"]:
        return True
    return None if row["modified_until"] and row["modified_until"] > row["checked_at"] else False


def _stated(row: Row) -> Stated:
    until = datetime.fromisoformat(row["modified_until"]) if row["modified_until"] else None
    earliest = Moment(datetime.fromisoformat(row["modified_at"]), None)
    return Stated(
        lastmod=Lastmod(earliest=earliest, until=until), published=datetime.fromisoformat(row["published_at"])
    )


def _recall(archive: Archive, outlet: str, seed: SeedKind) -> LastmodMemory:
    stored = archive.value(_RECALL, {"outlet": outlet, "seed": seed})
    return from_json(json.loads(str(stored))) if stored else LastmodMemory()


def _remember(archive: Archive, outlet: str, seed: SeedKind, memory: LastmodMemory) -> None:
    archive.write(_REMEMBER, {"outlet": outlet, "seed": seed, "lastmod": json.dumps(to_json(memory))})


_RECALL = "SELECT lastmod FROM seeds WHERE outlet = :outlet AND seed = :seed"
_REMEMBER = """
    INSERT INTO seeds (outlet, seed, lastmod) VALUES (:outlet, :seed, :lastmod)
    ON CONFLICT (outlet, seed) DO UPDATE SET lastmod = excluded.lastmod
"""
_GIVEN = """
    SELECT s.seed, s.modified_at, s.modified_until, s.false_alarms, f.checked_at
    FROM frontier_seeds s JOIN frontier f ON f.url = s.url
    WHERE s.url = :url AND s.seed IN ('sitemap', 'feed') AND s.modified_at IS NOT NULL AND f.checked_at IS NOT NULL
"""
_ALARMS = "UPDATE frontier_seeds SET false_alarms = :count WHERE url = :url AND seed = :seed"
# CROSS JOIN: in this order. SQLite would read first what the seeds of all outlets named.
_STATED = """
    SELECT s.modified_at, s.modified_until, a.published_at
    FROM articles a CROSS JOIN article_urls u ON u.article_id = a.id
    CROSS JOIN frontier_seeds s ON s.url = u.url AND s.seed = :seed
    WHERE a.outlet = :outlet AND a.published_at IS NOT NULL AND s.modified_at IS NOT NULL
    ORDER BY a.published_at DESC LIMIT :count
"""
# An archived article that is due for no other reason than the time that the seed gave.
_PUT_BACK = """
    UPDATE frontier SET state = 'done' WHERE outlet = :outlet AND state = 'due' AND attempts = 0 AND doubt IS NULL
    AND dropped_at IS NULL AND modified_at > checked_at AND url IN (SELECT url FROM article_urls) AND EXISTS (
        SELECT 1 FROM frontier_seeds s
        WHERE s.url = frontier.url AND s.seed = :seed AND s.modified_at = frontier.modified_at
    )
"""
