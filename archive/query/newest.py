"""The newest articles that meet a condition: their keys and publish times.

Words that many articles hold are searched only among the newest articles. The keys of these lie together in a few
ranges, as articles of one time were mostly stored together, and FTS5 reads its lists only there.
"""

import json
import sqlite3
from collections.abc import Collection
from heapq import nlargest
from itertools import pairwise
from operator import sub

from archive.database import Archive
from archive.query.condition import Condition
from archive.query.totals import count_articles

MAX_PLACES = 32  # ranges of keys, at each of which FTS5 begins to read: .1 ms each
_MIN_SHARE = 0.4  # of all articles must hold such words; for fewer, reading the whole list is as quick
_MORE = 1.5  # times as many articles are looked at as should suffice, as words are not spread evenly over time
MAX_SPREAD = 4  # these ranges may span so many times the articles that are wanted


def is_of_many(archive: Archive, asked: Condition, most: int) -> bool:
    """Tell whether *most* articles that hold the words of *asked* are found sooner among the newest of all."""
    return _count_held(archive, asked) > max(count_articles(archive) * _MIN_SHARE, most)


def newest(archive: Archive, asked: Condition, most: int) -> list[sqlite3.Row]:
    """Return key and published_at of the newest articles that meet *asked*, at most *most*, the newest first."""
    if is_of_many(archive, asked, most):
        share = _count_held(archive, asked) / count_articles(archive)
        found = _among_newest(archive, asked, int(most / share * _MORE), most)
        if len(found) == most:
            return found
    return archive.rows(_NEWEST.format(where=asked.sql), asked.values | {"most": most})


def _count_held(archive: Archive, asked: Condition) -> int:
    """Return how many articles are left by the words of *asked*; 0 where there are none."""
    if asked.match is None or asked.held is None:
        return 0
    return count_articles(archive) - asked.held if asked.match.is_complement else asked.held


def _among_newest(archive: Archive, asked: Condition, enough: int, most: int) -> list[sqlite3.Row]:
    """Return those of the *enough* newest articles meeting the rest that hold the words; none if keys are scattered."""
    if asked.match is None or asked.match.seeks_prefix:  # FTS5 would put its list together anew for each place
        return []
    listed = _NEWEST.format(where=asked.others)
    keys = archive.text(f"SELECT json_group_array(key) FROM ({listed})", asked.values | {"most": enough})
    places = together(json.loads(keys or "[]"), MAX_PLACES)
    if sum(last - first for first, last in places) > MAX_SPREAD * enough:
        return []
    wanted = "NOT IN" if asked.match.is_complement else "IN"
    values = asked.values | {"places": json.dumps(places), "most": enough, "wanted": most}
    return archive.rows(_AMONG.format(listed=listed, wanted=wanted), values)


def together(keys: Collection[int], most: int) -> list[tuple[int, int]]:
    """Return (first, last) of at most *most* spans that hold all *keys*, with as little as possible between them.

    >>> together([7, 1, 2, 9, 30], 2)
    [(1, 9), (30, 30)]
    """
    ordered = sorted(keys)
    gaps = list(map(sub, ordered[1:], ordered))
    widest = nlargest(most - 1, range(len(gaps)), key=gaps.__getitem__)
    cuts = [0, *sorted(at + 1 for at in widest), len(ordered)]
    return [(ordered[begin], ordered[end - 1]) for begin, end in pairwise(cuts)] if ordered else []


_NEWEST = """
    SELECT a.key, a.published_at FROM articles a WHERE {where} ORDER BY a.published_at DESC, a.key DESC LIMIT :most
"""
# The places as a table of numbers: each article would be compared with what JSON says, at .5 µs.
PLACES = "places (first, last) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:places))"
_AMONG = f"""
    WITH {PLACES} SELECT key, published_at FROM ({{listed}}) WHERE key {{wanted}} (
        SELECT f.rowid FROM places p CROSS JOIN articles_fts f
        WHERE f.articles_fts MATCH :match AND f.rowid BETWEEN p.first AND p.last
    ) ORDER BY published_at DESC, key DESC LIMIT :wanted
"""
