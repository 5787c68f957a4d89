"""Which articles answer a question best: bm25, the title counting four times, all forms of a word as one word.

FTS5's own bm25() takes every form for a word of its own, so that articles with a rare form would come before those
that speak of nothing else. Its figure for one form is undone, those of one word are added up, and weighed anew:

    bm25 of one form   idf * 2.2 * f / (f + k)    f: how often it is there, k: by the length of the text
    f / k              is added up over the forms, and put into the same formula with the word's own idf
"""

import json
from collections.abc import Iterator
from math import log

from archive.database import Archive
from archive.query.condition import Condition

_LIMIT = 2.2  # k1 + 1, which FTS5 fixes: what a form that fills an article counts at most
_LEAST_IDF = 1e-6  # as FTS5 has it, of a word that more than half of the articles hold


def best(archive: Archive, asked: Condition, limit: int | None) -> Iterator[int]:
    """Yield the keys of the articles that meet *asked*, the best first, equals the newest first; at most *limit*."""
    scores = dict.fromkeys(_keys(archive, asked), 0.0)
    total = archive.count("SELECT count(*) FROM articles")
    for term in asked.match.terms if asked.match is not None else ():
        weights = _weights(archive, term, total)
        idf = _idf(total, len(weights))
        for key in weights.keys() & scores.keys():
            scores[key] += idf * _LIMIT * weights[key] / (1 + weights[key])
    yield from _first(archive, scores, len(scores) if limit is None else limit)


def _keys(archive: Archive, asked: Condition) -> Iterator[int]:
    return (row["key"] for row in archive.each(f"SELECT a.key FROM articles a WHERE {asked.sql}", asked.values))


def _weights(archive: Archive, term: tuple[str, ...], total: int) -> dict[int, float]:
    """Return for each article how often forms of a word are there, against what its length lets expect."""
    weights: dict[int, float] = {}
    for phrase in term:
        rows = archive.rows(_BM25, {"phrase": phrase})
        idf = _idf(total, len(rows))
        for key, score in rows:
            share = min(-score / idf / _LIMIT, 0.999)
            weights[key] = weights.get(key, 0.0) + share / (1 - share)
    return weights


def _idf(total: int, found: int) -> float:
    return max(log((total - found + 0.5) / (found + 0.5)), _LEAST_IDF)


def _first(archive: Archive, scores: dict[int, float], limit: int) -> list[int]:
    """Return the *limit* keys of the highest scores; only equals are asked for their publish time."""
    if limit < len(scores):
        least = sorted(scores.values(), reverse=True)[max(limit, 1) - 1]
        scores = {key: score for key, score in scores.items() if score >= least}
    times = archive.each(_TIMES, {"keys": json.dumps(list(scores))})
    published = {row["key"]: row["published_at"] or "" for row in times}
    return sorted(published, key=lambda key: (scores[key], published[key], key), reverse=True)[:limit]


_BM25 = "SELECT rowid, bm25(articles_fts, 4.0, 1.0) FROM articles_fts WHERE articles_fts MATCH :phrase"
_TIMES = "SELECT a.key, a.published_at FROM json_each(:keys) k JOIN articles a ON a.key = k.value"
