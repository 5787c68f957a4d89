"""The words of the archive, as its full-text index has them, for the question which of them are forms of one word.

Nothing is written down of forms: which words there are is asked of the index itself, so the answer is never out of
date, and nothing is left of an article that is taken down. FTS5 shows the words as a table (fts5vocab). It is made for
the connection only: one that stays in the file would stop ``sqlite-utils rebuild-fts``, which takes it for an index.
"""

import json
import unicodedata
from collections.abc import Collection

from archive.database import Archive
from archive.query.own_tables import own_tables


def fold(word: str) -> str:
    """Return *word* as the index has it: in small letters and without diacritics."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class ArchiveVocabulary:
    """The words of the archive's titles and texts, in small letters and without diacritics."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        if archive.value("SELECT 1 FROM temp.sqlite_master WHERE name = 'articles_vocabulary'") is None:
            _show_words(archive)

    def holds(self, words: Collection[str]) -> frozenset[str]:
        """Return those of *words* that occur."""
        return frozenset(row[0] for row in self._archive.rows(_HELD, {"words": json.dumps(sorted(words))}))

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        """Return the words that begin with one of these.

        From word to next word. What is found for one beginning answers for all up to it: of 80 a fourth are sought.
        """
        found: set[str] = set()
        word: str | None = ""  # the first one that is not before the beginnings so far
        for beginning in sorted(beginnings):
            if word is not None and word < beginning:
                word = self._first_from(beginning)
            while word and word.startswith(beginning):
                found.add(word)
                word = self._first_from(f"{word}\0")
        return frozenset(found)

    def _first_from(self, word: str) -> str | None:
        return self._archive.text(_FIRST, {"word": word})


def _show_words(archive: Archive) -> None:
    with own_tables(archive):
        archive.write("CREATE VIRTUAL TABLE temp.articles_vocabulary USING fts5vocab (main, articles_fts, instance)")


_HELD = "SELECT value FROM json_each(:words) w WHERE EXISTS (SELECT 1 FROM articles_vocabulary WHERE term = w.value)"
_FIRST = "SELECT term FROM articles_vocabulary WHERE term >= :word LIMIT 1"
