"""The words of a question in all forms that any of the shards has of them, so that each shard looks for the same.

Which words are forms of one another depends on the words in use (archive/query/vocabulary.py); those of all shards
together are the words that one archive of the same outlets has.
"""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.match import Match, match_as_written, match_in_forms
from archive.query.vocabulary import ArchiveVocabulary
from archive.shards.fan import Fan
from kickcrawl.stems.family import Families


class SharedVocabulary:
    """The words of all shards, in small letters and without diacritics."""

    def __init__(self, fan: Fan) -> None:
        self._fan = fan

    def holds(self, words: Collection[str]) -> frozenset[str]:
        """Return those of *words* that occur in any shard."""
        return frozenset().union(*self._fan(tell_held, tuple(words))) if words else frozenset()

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        """Return the words of any shard that begin with one of these."""
        return frozenset().union(*self._fan(tell_beginning, tuple(beginnings))) if beginnings else frozenset()


def match_in_all(fan: Fan, choice: Choice) -> Match | None:
    """Return what finds the words of *choice* in every shard; None where it asks for no word."""
    if choice.words is None:
        return None
    if choice.exact:
        return match_as_written(choice.words)
    return match_in_forms(choice.words, Families(SharedVocabulary(fan)).forms_of)


def tell_held(path: Path, words: Collection[str]) -> frozenset[str]:
    """Tell which of *words* occur in this archive."""
    with closing(open_archive(path, read_only=True)) as archive:
        return ArchiveVocabulary(archive).holds(words)


def tell_beginning(path: Path, beginnings: Collection[str]) -> frozenset[str]:
    """Tell which words of this archive begin with one of these."""
    with closing(open_archive(path, read_only=True)) as archive:
        return ArchiveVocabulary(archive).beginning_with(beginnings)
