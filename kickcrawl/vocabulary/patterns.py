"""Make parts of regular expressions of lists of words."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    r"""Return a group that matches any of *words*, the longest first; a space matches any white space.

    The group matches nothing if there are no words. It has no word boundaries, and no flags: use ``re.IGNORECASE``.

    >>> any_of(["baca", "baca juga"])
    '(?:baca\\s+juga|baca)'
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    escaped = [r"\s+".join(map(re.escape, word.split())) for word in longest_first]
    return f"(?:{'|'.join(escaped)})" if escaped else "(?!)"
