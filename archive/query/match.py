"""A question in the query language as one expression of FTS5, the words in all forms that the archive has of them.

FTS5 knows no NOT without something before it. So a question becomes an expression, and whether what it finds is
wanted or all the rest: "banjir OR NOT gempa" is all but what "gempa NOT banjir" finds.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from archive.database import Archive
from archive.query.bm25 import any_of
from archive.query.language import All, Either, Not, Query, Term, read, wanted
from archive.query.vocabulary import ArchiveVocabulary, fold
from kickcrawl.stems.family import Families

MAX_WORDS_IN_ALL_FORMS = 32  # of one question; those behind them are searched for as they are written
Forms = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What to give FTS5: finds the articles, or with *is_complement* all others.

    *terms* are the terms that articles are found by, each as the FTS5 phrases of which one must be there.
    """

    expression: str
    is_complement: bool
    terms: tuple[tuple[str, ...], ...]

    @property
    def to_show(self) -> str:
        """The expression that finds in an article what the question asks for; empty if it asks for nothing."""
        return " OR ".join(dict.fromkeys(phrase for term in self.terms for phrase in term))

    @property
    def has_prefix(self) -> bool:
        """Whether a beginning of words is asked for."""
        return any(phrase.endswith("*") for term in self.terms for phrase in term)

    @property
    def seeks_prefix(self) -> bool:
        """Whether a beginning of words is sought, be it wanted or not."""
        return '" *' in self.expression


def match(archive: Archive, words: str, *, exact: bool = False) -> Match | None:
    """Return what finds *words*, in all forms or with *exact* as they are written; None if there is no word."""
    if exact:
        return match_as_written(words)
    return match_in_forms(words, Families(ArchiveVocabulary(archive)).forms_of)


def match_as_written(words: str) -> Match | None:
    """Return what finds *words* as they are written; needs no archive."""
    return _match(read(words, exact=True), lambda _: ())


def match_in_forms(words: str, forms: Forms) -> Match | None:
    """Return what finds *words*, each in one of the forms that *forms* gives of it; None if there is no word."""
    return _match(read(words), forms)


def _match(query: Query | None, forms: Forms) -> Match | None:
    if query is None:
        return None
    phrases = _Phrases(forms)
    is_complement, expression = _expression(query, phrases)
    terms = dict.fromkeys(phrases.of(term) for term in wanted(query))
    return Match(expression=expression, is_complement=is_complement, terms=tuple(terms))


class _Phrases:
    """The FTS5 phrases of the terms of one question."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._known: dict[Term, tuple[str, ...]] = {}

    def of(self, term: Term) -> tuple[str, ...]:
        if term not in self._known:
            in_forms = not (term.is_phrase or term.is_prefix) and len(self._known) < MAX_WORDS_IN_ALL_FORMS
            texts = sorted({term.text, *self._forms(fold(term.text))}) if in_forms else [term.text]
            column, star = "title : " if term.in_title else "", " *" if term.is_prefix else ""
            self._known[term] = tuple(f'{column}"{text}"{star}' for text in texts)
        return self._known[term]


def _expression(query: Query, phrases: _Phrases) -> tuple[bool, str]:
    """Return whether the complement is meant, and an expression in parentheses."""
    if isinstance(query, Term):
        return False, any_of(phrases.of(query))
    if isinstance(query, Not):
        is_complement, expression = _expression(query.part, phrases)
        return not is_complement, expression
    parts = [_expression(part, phrases) for part in query.parts]
    plain = [expression for is_complement, expression in parts if not is_complement]
    denied = [expression for is_complement, expression in parts if is_complement]
    if isinstance(query, All):
        found, left_out = _join(plain, "AND"), _join(denied, "OR")
        return (False, f"({found} NOT {left_out})") if plain and denied else (not plain, found or left_out)
    assert isinstance(query, Either)
    found, left_out = _join(plain, "OR"), _join(denied, "AND")  # not a or not b: all but what has both
    return (True, f"({left_out} NOT {found})") if plain and denied else (not plain, found or left_out)


def _join(expressions: list[str], operator: str) -> str:
    joined = f" {operator} ".join(expressions)
    return f"({joined})" if len(expressions) > 1 else joined
