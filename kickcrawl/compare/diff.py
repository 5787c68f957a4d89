"""Compare two states of a text, word by word: pure, for people to read.

    word_diff("Harga beras naik", "Harga beras turun")   ->   same "Harga beras ", removed "naik", added "turun"

Paragraphs are matched first and words only inside those that differ, so that a moved sentence does not scramble the
rest, and a long text costs little.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeVar

Kind = Literal["same", "removed", "added"]
T = TypeVar("T", bound=Hashable)

MAX_WORD_PAIRS = 4_000_000  # beyond (2,000 words rewritten) a passage counts as replaced whole
_PARAGRAPH = re.compile(r".*?(?:\n\s*|$)", re.DOTALL)
_WORD = re.compile(r"[^\W\d]*\d+(?:[.,:/]\d+)+|\w+|\s+|[^\w\s]")  # "Rp1.500.000" is one word


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both states have, or only the earlier (removed) or the later one (added)."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Return how *old* became *new*: without the added pieces it reads as *old*, without the removed ones as *new*."""
    before, after = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    pieces: list[Piece] = []
    for kind, a, b in _opcodes(before, after):
        passage, rewritten = "".join(a), "".join(b)
        pieces += _by_words(passage, rewritten) if kind == "replace" else _whole(passage, rewritten, kind == "equal")
    return _merged(pieces)


def aligned(before: list[T], after: list[T]) -> Iterator[tuple[str, list[T], list[T]]]:
    """Return how one list of words became the other: ("equal" | "replace" | "delete" | "insert", words, words)."""
    if len(before) * len(after) > MAX_WORD_PAIRS:
        return iter([("equal" if before == after else "replace", before, after)])
    return _opcodes(before, after)


def _by_words(old: str, new: str) -> list[Piece]:
    changes = aligned(_WORD.findall(old), _WORD.findall(new))
    return [piece for kind, a, b in changes for piece in _whole("".join(a), "".join(b), kind == "equal")]


def _opcodes(before: list[T], after: list[T]) -> Iterator[tuple[str, list[T], list[T]]]:
    # autojunk would take the commonest words of a long text for noise and not match them.
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind, before[a1:a2], after[b1:b2]


def _whole(old: str, new: str, same: bool) -> list[Piece]:
    return [Piece("same", new)] if same else [Piece("removed", old), Piece("added", new)]


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours of one kind, and changes that only a space parts: single words in turn are hard to read."""
    bridged: list[Piece] = []
    for at, piece in enumerate(pieces):
        between = 0 < at < len(pieces) - 1 and piece.kind == "same" and piece.text == " "
        bridged += [Piece("removed", " "), Piece("added", " ")] if between else [piece]
    runs = groupby((piece for piece in bridged if piece.text), key=lambda piece: piece.kind == "same")
    return [piece for same, run in runs for piece in _one_change(list(run), same)]


def _one_change(run: list[Piece], same: bool) -> Iterator[Piece]:
    kinds: tuple[Kind, ...] = ("same",) if same else ("removed", "added")
    for kind in kinds:
        if text := "".join(piece.text for piece in run if piece.kind == kind):
            yield Piece(kind, text)


def shortened(text: str, most: int = 300) -> str:
    """Return a passage that nobody changed with its middle left out; at most *most* characters are shown."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half].rpartition(' ')[0]} […] {text[-half:].partition(' ')[2]}"
