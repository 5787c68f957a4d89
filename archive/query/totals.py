"""How many articles an archive has, and how many words: as FTS5 has counted them, in its record of averages.

sqlite.org/fts5.html, 4.5: SQLite's varints, of 7 bits a byte, the highest first. To count the rows of the smallest
table that has one for each article reads 12 MB of a million. What the same connection has not committed yet may be
counted or not: FTS5 writes the record with the commit at the latest.
"""

from collections.abc import Iterator

from archive.database import Archive

_MAX_BYTES = 9  # of a varint; the ninth has all its 8 bits


def count_articles(archive: Archive) -> int:
    """Return how many articles there are."""
    return next(_read(archive), 0)


def count_words(archive: Archive) -> int:
    """Return how many words all titles and texts have."""
    return sum(list(_read(archive))[1:])  # behind the number of articles


def varints(data: bytes) -> Iterator[int]:
    """Yield the numbers that *data* holds.

    >>> list(varints(bytes([5, 0x81, 0x00])))
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


def _read(archive: Archive) -> Iterator[int]:
    block = archive.value("SELECT block FROM articles_fts_data WHERE id = 1")
    return varints(block if isinstance(block, bytes) else b"")
