"""A vocabulary made of a list of words."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator


class Words:
    """Some words, asked as the archive's full-text index is."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sorted = sorted(set(words))
        self._all = frozenset(self._sorted)

    def holds(self, words: Collection[str]) -> frozenset[str]:
        return self._all.intersection(words)

    def beginning_with(self, beginnings: Collection[str]) -> frozenset[str]:
        return frozenset(word for beginning in beginnings for word in self._from(beginning))

    def _from(self, beginning: str) -> Iterator[str]:
        place = bisect_left(self._sorted, beginning)
        while place < len(self._sorted) and self._sorted[place].startswith(beginning):
            yield self._sorted[place]
            place += 1
