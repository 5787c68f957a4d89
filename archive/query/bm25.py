"""The arithmetic of relevance: bm25 as FTS5 has it, undone and weighed anew; pure.

    bm25 of one form   idf * 2.2 * f / (f + k)    f: how often it is there, the title four times; k: by the length
    f / k              is added up over the forms of a word, and put into the same formula with the word's own idf

idf depends on how many articles hold the form, k on how long the article is compared with the others: both depend on
the archive, f does not. So a score can be converted to that of another archive, or of several archives as if they were
one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

_K1, _B = 1.2, 0.75  # fixed in FTS5 (fts5_aux.c)
_LIMIT = _K1 + 1.0  # what a form that fills an article counts at most
_LEAST_IDF = 1e-6  # as FTS5 has it, of a word that more than half of the articles hold
# Sum of the articles that hold each ranked word: FTS5 reads the whole list of each word, .1 s for so many.
MAX_READ = 400_000
_MAX_SHARE = 0.999  # of f / (f + k), so that it can be undone


Phrases = tuple[str, ...]  # of a term, as FTS5 has them; one of them must be there


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


def any_of(term: Phrases) -> str:
    """Return the FTS5 expression that finds one of the forms of a term."""
    return f"({' OR '.join(term)})"


def telling(terms: Sequence[Phrases], census: Census) -> tuple[Phrases, ...]:
    """Return those of *terms* by which articles are ranked.

    If all of them together are held by more than MAX_READ articles, the most common are left out: those in more than
    half of the archive's articles, then in more than a quarter, an eighth and so on, until the rest is below MAX_READ.
    """
    most = census.articles
    while sum(census.found[form] for term in terms for form in term if census.found[any_of(term)] <= most) > MAX_READ:
        most //= 2
    return tuple(term for term in terms if census.found[any_of(term)] <= most)


def too_common(terms: Sequence[Phrases], census: Census) -> tuple[str, ...]:
    """Return the words, as a reader writes them, by which articles are not ranked; each in its commonest form."""
    ranked_by = telling(terms, census)
    commonest = [max(term, key=census.found.__getitem__) for term in terms if term not in ranked_by]
    return tuple(form.replace('"', "").replace(" : ", ":").replace(" *", "*") for form in commonest)


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
