"""Which words of a vocabulary decide what the forms of a word are, so that few are taken from a vocabulary elsewhere.

Families asks of a word whether its roots occur, and their roots, and which words may be made of these; and of each word
that may be a form the same. roots() asks no vocabulary. So two steps are all, and what several vocabularies hold
together is known once each was asked of the roots that any of them came upon.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kickcrawl.stems.affixes import beginnings, is_plain, roots
from kickcrawl.stems.family import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """*words* are all of a vocabulary that are one of *roots*, or may be made of one."""

    words: frozenset[str]
    roots: frozenset[str]


def deciding(vocabulary: Vocabulary, asked: Iterable[str]) -> Told:
    """Return what *vocabulary* has to say of the forms of the words *asked*."""
    first = all_roots(asked)
    near = made_of(vocabulary, first)
    both = first | all_roots(near)
    return Told(words=near | made_of(vocabulary, both - first), roots=both)


def untold(told: Collection[Told]) -> frozenset[str]:
    """Return the roots that some vocabularies came upon, and others have not been asked of."""
    said = [one.roots for one in told]
    return frozenset().union(*said) - frozenset.intersection(*said) if said else frozenset()


def all_roots(words: Iterable[str]) -> frozenset[str]:
    """Return *words* themselves, their roots, and the roots of these; of what may be Indonesian.

    >>> sorted(all_roots(["dimakan"]))
    ['dimakan', 'makan']
    """
    found: set[str] = set()
    ahead = {word for word in words if is_plain(word)}
    while ahead:
        found |= ahead
        ahead = {root for word in ahead for root in roots(word)} - found
    return frozenset(found)


def made_of(vocabulary: Vocabulary, of: frozenset[str]) -> frozenset[str]:
    """Return the words that are one of these roots, or may be made of one."""
    near = vocabulary.beginning_with(_shortest({start for root in of for start in beginnings(root)}))
    return frozenset(word for word in near if word in of or not of.isdisjoint(roots(word)))


def _shortest(beginnings: Iterable[str]) -> list[str]:
    """Return *beginnings* without those that begin with another of them."""
    kept: list[str] = []
    for one in sorted(beginnings):
        if not kept or not one.startswith(kept[-1]):
            kept.append(one)
    return kept


class WordList:
    """A vocabulary that is a set of words."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words

    def holds(self, words: Collection[str]) -> frozenset[str]:
        """Return those of *words* that occur."""
        return self._words.intersection(words)

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        """Return the words that begin with one of these."""
        starts = tuple(beginnings)
        return frozenset(word for word in self._words if word.startswith(starts))
