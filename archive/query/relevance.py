"""Which articles answer a question best: bm25, the title counting four times, all forms of a word as one word.

FTS5's own bm25() takes every form for a word of its own, so that articles with a rare form would come before those
that speak of nothing else. Its figure for one form is undone, those of one word are added up, and weighed anew:

    bm25 of one form   idf * 2.2 * f / (f + k)    f: how often it is there, k: by the length of the text
    f / k              is added up over the forms, and put into the same formula with the word's own idf

Of more than MAX_RANKED articles the newest are weighed, so that a question costs about the same in an archive of any
size; the idf is that of the whole archive. The others follow them, the newest first.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log

from archive.database import Archive
from archive.query.condition import Condition, count_articles, count_matches

MAX_RANKED = 20_000  # articles that are weighed for one question
# Articles of a form that is read from end to end: sooner done than comparing it with those to weigh.
_MAX_READ_WHOLE = 2_000
_LIMIT = 2.2  # k1 + 1, which FTS5 fixes: what a form that fills an article counts at most
_LEAST_IDF = 1e-6  # as FTS5 has it, of a word that more than half of the articles hold


def look_up(archive: Archive, asked: Condition) -> Condition:
    """Return *asked* with the keys of the newest articles that meet it, at most MAX_RANKED, and how many there are.

    So a page that asks several things of the same articles seeks them once. Where all of them are looked up, the
    condition is these keys.
    """
    if asked.keys is not None:
        return asked
    keys = [] if asked.total is not None and asked.total > MAX_RANKED else _some(archive, asked)
    if asked.total is None and len(keys) > MAX_RANKED:
        total = archive.count(f"SELECT count(*) FROM articles a WHERE {asked.sql}", asked.values)
        return replace(asked, total=total, keys=_newest(archive, replace(asked, total=None)))
    if asked.total is not None and asked.total > MAX_RANKED:
        return replace(asked, keys=_newest(archive, asked))
    return replace(asked, sql=AMONG_KEYS, values=asked.values | {"keys": json.dumps(keys)}, total=len(keys), keys=keys)


def best(archive: Archive, asked: Condition, limit: int | None) -> Iterator[int]:
    """Yield the keys of the articles that meet *asked*, the best first, equals the newest first; at most *limit*."""
    asked = look_up(archive, asked)
    keys, total = asked.keys or [], asked.total or 0
    scores = _scores(archive, asked, keys) if limit != 0 else dict.fromkeys(keys, 0.0)
    yield from _first(archive, scores, len(scores) if limit is None else limit)
    if total > MAX_RANKED and (limit is None or limit > MAX_RANKED):
        yield from _keys(archive, asked, {"limit": -1 if limit is None else limit - MAX_RANKED, "offset": MAX_RANKED})


def _some(archive: Archive, asked: Condition) -> list[int]:
    """Return the keys of the articles that meet *asked*, in no order; some more than MAX_RANKED where they are more."""
    if asked.match is not None and asked.total is not None:  # words alone: the index knows
        sql = _WITHOUT if asked.match.is_complement else _WITH
        return [row[0] for row in archive.rows(sql, {"match": asked.match.expression})]
    some = f"SELECT a.key FROM articles a WHERE {asked.sql} LIMIT {MAX_RANKED + 1}"
    return [row["key"] for row in archive.rows(some, asked.values)]


def _first(archive: Archive, scores: dict[int, float], limit: int) -> list[int]:
    """Return the *limit* keys of the highest scores; only equals are asked for their publish time."""
    if limit < len(scores):
        least = sorted(scores.values(), reverse=True)[max(limit, 1) - 1]
        scores = {key: score for key, score in scores.items() if score >= least}
    times = archive.each(_TIMES, {"keys": json.dumps(list(scores))})
    published = {row["key"]: row["published_at"] or "" for row in times}
    return sorted(published, key=lambda key: (scores[key], published[key], key), reverse=True)[:limit]


def _newest(archive: Archive, asked: Condition) -> list[int]:
    """Return the keys of the newest articles that meet *asked*, at most MAX_RANKED.

    Words that most articles have are sought in the newest of all articles first: so not all that hold them are listed.
    """
    total = count_articles(archive)
    if asked.match is not None and asked.total is not None and asked.total > max(total // 2, MAX_RANKED):
        enough = 3 * MAX_RANKED * total // (2 * asked.total)
        bounds = archive.row(_BOUNDS, {"enough": enough})
        assert bounds is not None, "min() and max() give a row"
        values = asked.values | {"enough": enough, "first": bounds[0], "last": bounds[1]}
        wanted = "NOT IN" if asked.match.is_complement else "IN"
        found = [row["key"] for row in archive.each(_AMONG_NEWEST.format(wanted=wanted), values)]
        if len(found) == MAX_RANKED:
            return found
    return list(_keys(archive, asked, {"limit": MAX_RANKED, "offset": 0}))


def _keys(archive: Archive, asked: Condition, part: dict[str, int]) -> Iterator[int]:
    return (row["key"] for row in archive.each(_KEYS.format(where=asked.sql), asked.values | part))


def _scores(archive: Archive, asked: Condition, keys: Sequence[int]) -> dict[int, float]:
    """Return the scores of the articles with these keys."""
    scores = dict.fromkeys(keys, 0.0)
    total = count_articles(archive)
    for term in asked.match.terms if asked.match is not None else ():
        counts = {phrase: count_matches(archive, phrase) for phrase in term}
        weights = _weights(archive, counts, total, scores)
        idf = _idf(total, count_matches(archive, " OR ".join(term)) if len(term) > 1 else counts[term[0]])
        for key in weights.keys() & scores.keys():
            scores[key] += idf * _LIMIT * weights[key] / (1 + weights[key])
    return scores


def _weights(archive: Archive, counts: Mapping[str, int], total: int, keys: Collection[int]) -> dict[int, float]:
    """Return for each article how often forms of a word are there, against what its length lets expect.

    *counts* has how many articles each form is in.
    """
    weights: dict[int, float] = {}
    bounds = {"keys": json.dumps(list(keys)), "first": min(keys, default=0), "last": max(keys, default=0)}
    for phrase, found in counts.items():
        idf = _idf(total, found)
        sql = _BM25 if found < _MAX_READ_WHOLE else _BM25 + _AMONG
        for key, score in archive.rows(sql, {"phrase": phrase} | bounds):
            share = min(-score / idf / _LIMIT, 0.999)
            weights[key] = weights.get(key, 0.0) + share / (1 - share)
    return weights


def _idf(total: int, found: int) -> float:
    return max(log((total - found + 0.5) / (found + 0.5)), _LEAST_IDF)


AMONG_KEYS = "a.key IN (SELECT value FROM json_each(:keys))"  # the condition of articles that were looked up
_KEYS = """
    SELECT a.key FROM articles a WHERE {where} ORDER BY a.published_at DESC, a.key DESC LIMIT :limit OFFSET :offset
"""
_WITH = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match"
_WITHOUT = f"SELECT key FROM articles WHERE key NOT IN ({_WITH})"
_TIMES = "SELECT a.key, a.published_at FROM json_each(:keys) k JOIN articles a ON a.key = k.value"
_OF_ALL = "SELECT key, published_at FROM articles ORDER BY published_at DESC, key DESC LIMIT :enough"
_BOUNDS = f"SELECT min(key), max(key) FROM ({_OF_ALL})"
_AMONG_NEWEST = f"""
    SELECT key FROM ({_OF_ALL}) WHERE key {{wanted}} (
        SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND rowid BETWEEN :first AND :last
    ) ORDER BY published_at DESC, key DESC LIMIT {MAX_RANKED}
"""
_BM25 = "SELECT rowid, bm25(articles_fts, 4.0, 1.0) FROM articles_fts WHERE articles_fts MATCH :phrase"
_AMONG = " AND rowid BETWEEN :first AND :last AND +rowid IN (SELECT value FROM json_each(:keys))"
