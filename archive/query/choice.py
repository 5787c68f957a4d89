"""Which articles are asked for: one record for the command line, Python, the site and every export."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an article must meet; None asks for nothing. The same choice is the same articles wherever it is asked.

    *words* are in the query language (archive/query/language.py); an empty string, or one without a word, finds
    nothing. *article* is the id of a single one. *section* is any of an article's sections and *author* any of its
    authors, whole names in capitals or not.
    The days *since* to *until* are those of each outlet's own clock, or of UTC. With *originals* only the first article
    of each story is chosen, so that no copy counts twice; a copy is left out where the rest of the choice leaves its
    original out, too. With *exact* words are found as they are written only.
    *licence* is a part of a licence that the article's page states, capitals or not: "creativecommons.org/licenses/by".
    *without_reserved*: no article that is reserved against mining or copies (archive/query/reserved.py).
    """

    words: str | None = None
    article: str | None = None
    outlet: str | None = None
    section: str | None = None
    author: str | None = None
    since: date | None = None
    until: date | None = None
    utc: bool = False
    originals: bool = False
    exact: bool = False
    licence: str | None = None
    without_reserved: bool = False

    @property
    def is_of_articles(self) -> bool:
        """Whether single articles are chosen, and not all that an outlet, or all outlets, sent."""
        asked = (self.words, self.article, self.section, self.author, self.since, self.until, self.licence)
        return self.originals or self.without_reserved or any(value is not None for value in asked)
