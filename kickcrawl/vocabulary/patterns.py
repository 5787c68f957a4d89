"""Make parts of regular expressions of lists of words."""

import re
from collections import defaultdict
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    r"""Return a group that matches any of *words*, the longest first; a space matches any white space.

    The group matches nothing if there are no words. It has no word boundaries, and no flags: use ``re.IGNORECASE``.

    >>> any_of(["baca", "baca juga"])
    '(?:b(?:aca\\s+juga|aca))'
    """
    longest_first = sorted({" ".join(word.split()) for word in words} - {""}, key=lambda word: (-len(word), word))
    # By their first character: at most places of a text none has it, and each that is tried costs as much as the last.
    begun: defaultdict[str, list[str]] = defaultdict(list)
    for word in longest_first:
        begun[word[0]].append(_escaped(word[1:]))
    groups = [f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in begun.items()]
    return f"(?:{'|'.join(groups)})" if groups else "(?!)"


def _escaped(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split(" ")))
