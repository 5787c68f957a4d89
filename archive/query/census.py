"""What bm25 asks of an archive and its articles, from FTS5's own tables: how many, how long, and what each form finds.

FTS5 keeps the length of each article in its table docsize, a number of words for each column, and the sums of all in
its record of averages (sqlite.org/fts5.html, 4.5): SQLite's varints, of 7 bits a byte, the highest first.
"""

import json
from collections.abc import Collection, Iterator

from archive.database import Archive
from archive.query.bm25 import Census, any_of
from archive.query.condition import count_articles, count_matches
from archive.query.match import Match

_MAX_BYTES = 9  # of a varint; the ninth has all its 8 bits


def take_census(archive: Archive, found: Match | None, held: int | None = None) -> Census:
    """Return the census of the archive for each form that *found* has, and for all forms of each of its terms.

    *held* is how many articles its expression finds, where that is known.
    """
    counts = {found.expression: held} if found is not None and held is not None else {}
    for term in found.terms if found is not None else ():
        whole = any_of(term)
        counts[whole] = counts[whole] if whole in counts else count_matches(archive, whole)
        counts |= {form: counts[whole] if len(term) == 1 else count_matches(archive, form) for form in term}
    return Census(
        articles=count_articles(archive),
        words=sum(list(_varints(_blob(archive.value(_AVERAGES))))[1:]),  # behind the number of articles
        found=counts,
    )


def lengths_of(archive: Archive, keys: Collection[int]) -> dict[int, int]:
    """Return how many words the title and text of each of these articles have."""
    rows = archive.each(_LENGTHS, {"keys": json.dumps(list(keys))})
    return {row["id"]: sum(_varints(row["sz"])) for row in rows}


def _blob(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _varints(data: bytes) -> Iterator[int]:
    """Yield the numbers that *data* holds.

    >>> list(_varints(bytes([5, 0x81, 0x00])))
    [5, 128]
    """
    number = count = 0
    for byte in data:
        count += 1
        is_ninth = count == _MAX_BYTES
        number = number << 8 | byte if is_ninth else number << 7 | byte & 0x7F
        if is_ninth or byte < 0x80:
            yield number
            number = count = 0


_AVERAGES = "SELECT block FROM articles_fts_data WHERE id = 1"
_LENGTHS = "SELECT d.id, d.sz FROM json_each(:keys) k JOIN articles_fts_docsize d ON d.id = k.value"
