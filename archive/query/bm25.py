"""The arithmetic of relevance: bm25 as FTS5 has it, undone and weighed anew; pure.

    bm25 of one form   idf * 2.2 * f / (f + k)    f: how often it is there, the title four times; k: by the length
    f / k              is added up over the forms of a word, and put into the same formula with the word's own idf

idf is of how many articles hold the form, k of how long the article is against all others of its archive: both change
with the archive that the article stands in, f does not. So a figure can be reckoned for another archive, or for several
as if they were one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

_K1, _B = 1.2, 0.75  # fixed in FTS5 (fts5_aux.c)
_LIMIT = _K1 + 1.0  # what a form that fills an article counts at most
_LEAST_IDF = 1e-6  # as FTS5 has it, of a word that more than half of the articles hold
_MAX_SHARE = 0.999  # of f / (f + k), so that it can be undone


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """How many articles there are, of how many words in all, and how many of them each FTS5 expression finds."""

    articles: int
    words: int
    found: Mapping[str, int]

    def idf(self, expression: str) -> float:
        """Return how much it says of an article that *expression* finds it: more, the fewer there are."""
        found = self.found[expression]
        return max(log((self.articles - found + 0.5) / (found + 0.5)), _LEAST_IDF)

    def k(self, length: int) -> float:
        """Return what stands against *f* in an article of *length* words."""
        return _K1 * (1 - _B + _B * length / (self.words / self.articles))


def together(censuses: Iterable[Census]) -> Census:
    """Return the census of several archives as one; all are of the same expressions, and no article is in two."""
    counted = list(censuses)
    expressions = counted[0].found if counted else ()
    return Census(
        articles=sum(one.articles for one in counted),
        words=sum(one.words for one in counted),
        found={expression: sum(one.found[expression] for one in counted) for expression in expressions},
    )


def moved(bm25: float, form: str, length: int, here: Census, there: Census) -> float:
    """Return what FTS5's bm25() would be *there* of an article of *length* words, where it is *bm25* *here*.

    f is a whole number: rounded, what comes out is what FTS5 would reckon, digit for digit.
    """
    share = -bm25 / here.idf(form) / _LIMIT
    frequency = round(share / (1 - share) * here.k(length))
    return -(there.idf(form) * ((frequency * _LIMIT) / (frequency + there.k(length))))


def weight(bm25: float, idf: float) -> float:
    """Return f / k of a form, from its bm25()."""
    share = min(-bm25 / idf / _LIMIT, _MAX_SHARE)
    return share / (1 - share)


def score(weight: float, idf: float) -> float:
    """Return what a word counts, of which all forms together have *weight*."""
    return idf * _LIMIT * weight / (1 + weight)
