"""The query language: what people type becomes a tree of words, and any input is safe.

    harga beras                  both words, in any form
    "kepala desa"                a phrase, as it is written
    banjir OR longsor            one of them at least; also AND, and NOT or a minus for what must not be there
    judul:banjir  title:banjir   in the title
    banj*                        words that begin so
    (banjir OR longsor) Bima     parentheses

NOT binds more than AND, AND (also between words with nothing between them) more than OR. Operators are in capitals;
one with nothing to join is a word. A quotation mark or parenthesis that is never closed ends with the input.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
MAX_QUERY = 10_000  # characters; nobody types more
_MAX_DEPTH = 10  # parentheses within each other; deeper ones join nothing: at 20 the stack of FTS5's parser overflows
_TOKEN = re.compile(
    r'(?P<minus>-?)(?P<field>(?:judul|title):)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<open>\()|(?P<word>[^\s()"]+))|(?P<close>\))',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What must be found: one word in any form, or words side by side as they are written."""

    text: str
    is_phrase: bool = False
    is_prefix: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be found."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """Parts that must all be found."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts of which one must be found."""

    parts: tuple["Query", ...]


Query = Term | Not | All | Either


def read(text: str) -> Query | None:
    """Return what *text* asks for, None if there is no word in it."""
    encodable = text[:MAX_QUERY].encode(errors="replace").decode()  # a command line may hold what is no UTF-8
    tokens = list(_TOKEN.finditer(encodable.replace("\0", " ")))
    return _Reader(tokens).read()


def wanted(query: Query) -> Iterator[Term]:
    """Yield the terms that articles are found by: all but those behind NOT."""
    if isinstance(query, Term):
        yield query
    elif not isinstance(query, Not):
        for part in query.parts:
            yield from wanted(part)


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._next = 0

    def read(self) -> Query | None:
        parts = []
        while self._next < len(self._tokens):
            if (part := self._either(0, in_title=False)) is not None:
                parts.append(part)
            self._next += 1  # past a parenthesis that nothing had opened
        return _joined(All, parts)

    def _either(self, depth: int, *, in_title: bool) -> Query | None:
        parts, more = [], True
        while more:
            if (part := self._all(depth, in_title=in_title)) is not None:
                parts.append(part)
            more = self._takes("OR")
        return _joined(Either, parts)

    def _all(self, depth: int, *, in_title: bool) -> Query | None:
        parts: list[Query] = []
        while self._next < len(self._tokens) and not self._tokens[self._next]["close"]:
            if parts and self._is_operator("OR"):
                break
            if parts:
                self._takes("AND")
            if (part := self._one(depth, in_title=in_title)) is not None:
                parts.append(part)
        return _joined(All, parts)

    def _one(self, depth: int, *, in_title: bool) -> Query | None:
        """Read one term or one pair of parentheses, with NOT or a minus before it."""
        is_denied = False
        while self._takes("NOT"):
            is_denied = not is_denied
        if self._next >= len(self._tokens) or self._tokens[self._next]["close"]:
            return None
        token = self._tokens[self._next]
        self._next += 1
        is_denied ^= bool(token["minus"])
        in_title = in_title or bool(token["field"])
        if token["open"]:
            part = self._either(depth + 1, in_title=in_title) if depth < _MAX_DEPTH else None
            self._next += depth < _MAX_DEPTH  # past the parenthesis that closes it
        else:
            part = _term(token, in_title=in_title)
        return Not(part) if part is not None and is_denied else part

    def _takes(self, operator: str) -> bool:
        taken = self._is_operator(operator)
        self._next += taken
        return taken

    def _is_operator(self, operator: str) -> bool:
        """Tell whether the next token is this operator, with something behind it that it can join."""
        if self._next + 1 >= len(self._tokens):
            return False
        return self._tokens[self._next][0] == operator and not self._tokens[self._next + 1]["close"]


def _term(token: re.Match[str], *, in_title: bool) -> Query | None:
    text = token["word"] if token["phrase"] is None else token["phrase"]
    words = WORD.findall(text)
    if not words:
        return None
    if token["phrase"] is not None:
        return Term(text=" ".join(words), is_phrase=True, in_title=in_title)
    if text.endswith("*"):
        return Term(text=" ".join(words), is_prefix=True, in_title=in_title)
    if not all(word.isalpha() for word in words):  # 5.000, 2025-07-14, covid-19
        return Term(text=" ".join(words), is_phrase=len(words) > 1, in_title=in_title)
    return _joined(All, [Term(text=word, in_title=in_title) for word in words])


def _joined(kind: type[All] | type[Either], parts: list[Query]) -> Query | None:
    parts = list(dict.fromkeys(parts))
    return kind(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)
