"""Which articles answer a question best: bm25, the title counting four times, all forms of a word as one word.

FTS5's own bm25() treats every form as a word of its own, so that articles with a rare form of the word would come
first. So its score for each form is undone, the forms of a word are added up, and the sum is scored again
(archive/query/bm25.py).

If more than MAX_RANKED articles match, only the newest are ranked, so that a question costs about the same in an
archive of any size; the idf is that of the whole archive. The others follow, the newest first. Words that too many
articles have do not rank at all (bm25.telling()).
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

from archive.database import Archive
from archive.query.bm25 import Census, any_of, moved, score, telling, weight
from archive.query.census import lengths_of, take_census
from archive.query.condition import Condition
from archive.query.gathered import gather, is_worth_gathering
from archive.query.match import Match
from archive.query.newest import is_of_many, newest

MAX_RANKED = 20_000  # articles that are weighed for one question
# Articles of a form that is read from end to end: sooner done than comparing it with those to weigh.
_MAX_READ_WHOLE = 2_000
_MAX_TIMED = 2_000  # equals that are looked up for their time; of more the newest are sought among all articles
# What decides between equals: in one archive the later key; the id where articles of several archives are compared.
Tie = Literal["key", "id"]


def look_up(archive: Archive, asked: Condition) -> Condition:
    """Return *asked* with the keys of the newest articles that meet it, at most MAX_RANKED, and how many there are.

    So a page that asks several things of the same articles seeks them once. Where all of them are looked up, the
    condition is these keys.
    """
    if asked.keys is not None:
        return asked
    if is_worth_gathering(asked):
        return _looked_up(asked, *gather(archive, asked, MAX_RANKED))
    total = asked.total
    if total is None and is_of_many(archive, asked, MAX_RANKED):
        total = _count(archive, asked)
    keys = _some(archive, asked) if total is None or total <= MAX_RANKED else []
    if len(keys) > MAX_RANKED:
        total = _count(archive, asked)
    if total is not None and total > MAX_RANKED:
        keys = [row["key"] for row in newest(archive, asked, MAX_RANKED)]
    return _looked_up(asked, len(keys) if total is None else total, keys)


def _looked_up(asked: Condition, total: int, keys: list[int]) -> Condition:
    if total > MAX_RANKED:
        return replace(asked, total=total, keys=keys)
    return replace(asked, sql=AMONG_KEYS, values=asked.values | {"keys": json.dumps(keys)}, total=total, keys=keys)


def best(archive: Archive, asked: Condition, limit: int | None, here: Census | None = None) -> Iterator[int]:
    """Yield the keys of the articles that meet *asked*, the best first, equals the newest first; at most *limit*.

    *here* is the census of the archive for *asked*, if it was taken.
    """
    asked = look_up(archive, asked)
    keys, total = asked.keys or [], asked.total or 0
    here = here or take_census(archive, asked.match, asked.held)
    scores = scores_of(archive, asked.match, keys, here) if limit != 0 else dict.fromkeys(keys, 0.0)
    if total > MAX_RANKED:  # the newest first, and so equals stay
        yield from sorted(keys, key=scores.__getitem__, reverse=True)[:limit]
    else:
        yield from first(archive, scores, limit)
    if total > MAX_RANKED and (limit is None or limit > MAX_RANKED):
        behind = {"limit": -1 if limit is None else limit - MAX_RANKED, "offset": MAX_RANKED}
        yield from (row["key"] for row in archive.each(_KEYS.format(where=asked.sql), asked.values | behind))


def _count(archive: Archive, asked: Condition) -> int:
    return archive.count(f"SELECT count(*) FROM articles a WHERE {asked.sql}", asked.values)


def _some(archive: Archive, asked: Condition) -> list[int]:
    """Return the keys of the articles that meet *asked*, in no order; some more than MAX_RANKED where they are more."""
    if asked.match is not None and asked.total is not None:  # words alone: the index knows
        sql = _WITHOUT if asked.match.is_complement else _WITH
        return [row[0] for row in archive.rows(sql, {"match": asked.match.expression})]
    some = f"SELECT a.key FROM articles a WHERE {asked.sql} LIMIT {MAX_RANKED + 1}"
    return [row["key"] for row in archive.rows(some, asked.values)]


def first(archive: Archive, scores: dict[int, float], limit: int | None, tie: Tie = "key") -> list[int]:
    """Return the *limit* keys of the highest scores, of equals the newest; only they are asked for their time."""
    limit = len(scores) if limit is None else limit
    if limit < len(scores):
        least = sorted(scores.values(), reverse=True)[max(limit, 1) - 1]
        equals = [key for key, score in scores.items() if score == least]
        if len(equals) > _MAX_TIMED:
            newest = _NEWEST.format(tie=tie)
            equals = [row["key"] for row in archive.rows(newest, {"keys": json.dumps(equals), "limit": limit})]
        scores = {key: score for key, score in scores.items() if score > least} | dict.fromkeys(equals, least)
    times = archive.each(_TIMES, {"keys": json.dumps(list(scores))})
    places = {row["key"]: (scores[row["key"]], row["published_at"] or "", row[tie]) for row in times}
    return sorted(places, key=lambda key: places[key], reverse=True)[:limit]


def scores_of(
    archive: Archive, found: Match | None, keys: Collection[int], here: Census, whole: Census | None = None
) -> dict[int, float]:
    """Return the scores of the articles with these keys; *here* is the census of the archive.

    With *whole*, the census of another archive, they are the scores that the articles would have there.
    """
    scores = dict.fromkeys(keys, 0.0)
    lengths = lengths_of(archive, keys) if whole is not None else {}
    for term in telling(found.terms, whole or here) if found is not None else ():
        weights: dict[int, float] = {}
        for form in term:
            idf = (whole or here).idf(form)
            for key, bm25 in _bm25(archive, form, here.found[form], scores):
                if whole is not None:
                    bm25 = moved(bm25, form, lengths[key], here, whole)
                weights[key] = weights.get(key, 0.0) + weight(bm25, idf)
        idf = (whole or here).idf(any_of(term))
        for key in weights:
            scores[key] += score(weights[key], idf)
    return scores


def _bm25(archive: Archive, form: str, found: int, keys: Collection[int]) -> Iterator[tuple[int, float]]:
    """Yield (key, bm25) of those of the articles with these keys that hold *form*, as *found* of all do."""
    bounds = {"keys": json.dumps(list(keys)), "first": min(keys, default=0), "last": max(keys, default=0)}
    rows = archive.rows(_BM25 if found < _MAX_READ_WHOLE else _BM25 + _AMONG, {"phrase": form} | bounds)
    return ((key, bm25) for key, bm25 in rows if key in keys)


AMONG_KEYS = "a.key IN (SELECT value FROM json_each(:keys))"  # the condition of articles that were looked up
_KEYS = """
    SELECT a.key, a.published_at FROM articles a WHERE {where}
    ORDER BY a.published_at DESC, a.key DESC LIMIT :limit OFFSET :offset
"""
_WITH = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match"
_WITHOUT = f"SELECT key FROM articles WHERE key NOT IN ({_WITH})"
_TIMES = "SELECT a.key, a.id, a.published_at FROM json_each(:keys) k JOIN articles a ON a.key = k.value"
_NEWEST = """
    SELECT a.key FROM articles a WHERE +a.key IN (SELECT value FROM json_each(:keys))
    ORDER BY a.published_at DESC, a.{tie} DESC LIMIT :limit
"""
_BM25 = "SELECT rowid, bm25(articles_fts, 4.0, 1.0) FROM articles_fts WHERE articles_fts MATCH :phrase"
_AMONG = " AND rowid BETWEEN :first AND :last AND +rowid IN (SELECT value FROM json_each(:keys))"
