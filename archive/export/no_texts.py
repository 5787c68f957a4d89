"""A table without its texts, for whoever may publish counts but no articles: ids, metadata, digests, counts of words.

What goes: text, captions, and what other sources said of a field. What comes: how often each word stands in the text,
and each pair of neighbouring words that stands there twice or more. Pairs that stand there once would be enough to put
most of a text together again; so they are left out.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

from archive.export.columns import Column
from archive.export.table import Record, Table

MIN_PAIR_COUNT = 2
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LEFT_OUT = ("text", "disagreements")
_COUNTS = (
    Column(name="unigrams", kind="counts by name", meaning="each word of the text in small letters, and how often"),
    Column(name="bigrams", kind="counts by name", meaning="each two words in a row that stand there twice or more"),
)


def without_texts(table: Table) -> Table:
    """Return *table* without the columns that hold texts, with the counts of words where there was one."""

    def read() -> Any:
        for batch in table.read():
            yield [_stripped(record) for record in batch]

    return replace(table, columns=columns_without_texts(table.columns), read=read)


def columns_without_texts(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return *columns* without those that hold texts, with the counts of words where there was one."""
    has_text = any(column.name == "text" for column in columns)
    return (*(one for one in columns if one.name not in _LEFT_OUT), *(_COUNTS if has_text else ()))


def count_words(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return how often each word of *text* stands there, and each pair of neighbours, in the order of the letters.

    >>> count_words("Banjir besar. Banjir besar di Praya.")
    ({'banjir': 2, 'besar': 2, 'di': 1, 'praya': 1}, {'banjir besar': 2})
    """
    words = _WORD.findall(text.lower())
    pairs = Counter(f"{first} {second}" for first, second in pairwise(words))
    frequent = {pair: found for pair, found in pairs.items() if found >= MIN_PAIR_COUNT}
    return dict(sorted(Counter(words).items())), dict(sorted(frequent.items()))


def _stripped(record: Record) -> Record:
    kept = {name: value for name, value in record.items() if name not in _LEFT_OUT}
    if "images" in kept:
        kept["images"] = [{**image, "caption": None} for image in kept["images"]]
    if "text" in record:
        kept["unigrams"], kept["bigrams"] = count_words(record["text"])
    return kept
