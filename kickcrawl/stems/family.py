"""Which words of a vocabulary are forms of one another.

A word may be made of several roots. A root that the lexicon is sure of is believed; else one that occurs as a word;
where several do, that one which more words are made of; where none does, the one that another word may be made of, too.
So root_of() is a function of the word and the vocabulary, and two words are forms of each other if they have one root.
"""

from collections.abc import Collection
from typing import Protocol

from kickcrawl.stems.affixes import beginnings, is_plain, roots
from kickcrawl.stems.lexicon import SURE, WHOLE

_MORE = 2  # times more words must be made of the word than of its root, so that it counts as whole: berita, not rita


class Vocabulary(Protocol):
    """The words that occur, in small letters."""

    def holds(self, words: Collection[str]) -> frozenset[str]:
        """Return those of *words* that occur."""

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        """Return the words that begin with one of these."""


class Families:
    """Answers about one vocabulary, kept as long as it stays the same."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._roots: dict[str, str] = {}
        self._families: dict[str, frozenset[str]] = {}

    def forms_of(self, word: str) -> frozenset[str]:
        """Return *word* and the words that have the same root."""
        if not is_plain(word):
            return frozenset({word})
        if not self._vocabulary.holds([word]):  # who asks for it knows the word: it counts like the others
            return Families(_OneMore(self._vocabulary, word)).forms_of(word)
        root = self.root_of(word)
        return frozenset({word} | {form for form in self._family(root) if self.root_of(form) == root})

    def root_of(self, word: str) -> str:
        """Return the root of *word*, itself where none is believed."""
        if word not in self._roots:
            self._roots[word] = word  # ends the question where two words are made of each other
            self._roots[word] = self._believed(word)
        return self._roots[word]

    def _believed(self, word: str) -> str:
        possible = roots(word)
        sure = [root for root in possible if root in SURE]
        if sure:
            return sure[0]
        known = {
            root for root in WHOLE.intersection(possible) if word.startswith(root)
        }  # masak in masakan, beside masa
        occurring = self._vocabulary.holds(possible) | known
        # Those that occur may be made of one another: what counts is where they end.
        ends = dict.fromkeys(self.root_of(root) for root in possible if root in occurring)
        ends = {root: None for root in ends if not any(root in roots(other) for other in ends)}
        if len(ends) == 1 and _is_safe(word, next(iter(ends))):
            return next(iter(ends))
        kin = {root: len(self._kin(root, word)) + (root in WHOLE) for root in ends or possible}
        best = max(kin, key=lambda root: (kin[root], 0 if ends else -len(root)), default=word)
        made_of_it = 0 if _is_safe(word, best) else len(self._made_of(word, best))
        if word == f"{best}i" and not made_of_it:
            return word  # temui is of temu because menemui is there, too; Israeli and Ramadhani are names
        return best if kin.get(best, 0) * _MORE >= max(1, made_of_it) else word

    def _kin(self, root: str, word: str) -> frozenset[str]:
        """Return the words made of *root* that are not made of *word*."""
        return frozenset(form for form in self._family(root) if form != word and word not in roots(form))

    def _made_of(self, word: str, root: str) -> frozenset[str]:
        """Return the words made of *root* that have *word* in them and something before it."""
        return frozenset(form for form in self._family(root) if word in roots(form) and not form.startswith(word))

    def _family(self, root: str) -> frozenset[str]:
        """Return the words that may be made of *root*."""
        if root not in self._families:
            near = self._vocabulary.beginning_with(beginnings(root))
            self._families[root] = frozenset(word for word in near if word == root or root in roots(word))
        return self._families[root]


class _OneMore:
    """A vocabulary with one word more."""

    def __init__(self, vocabulary: Vocabulary, word: str) -> None:
        self._vocabulary = vocabulary
        self._word = word

    def holds(self, words: Collection[str]) -> frozenset[str]:
        return self._vocabulary.holds(words) | {self._word}.intersection(words)

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        is_one = self._word.startswith(tuple(beginnings))
        return self._vocabulary.beginning_with(beginnings) | (frozenset({self._word}) if is_one else frozenset())


def _is_safe(word: str, root: str) -> bool:
    """Tell whether *word* is *root* with an ending that is hardly ever misread: -an, -kan, -nya and the like."""
    return word.startswith(root) and not word.endswith("i")
