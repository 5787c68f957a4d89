"""Take a search's snippet apart, so that the words found can be marked on a page: pure."""

import re

_MARKED = re.compile(r"\[([^\[\]]+)\]")


def marked(snippet: str) -> list[tuple[str, bool]]:
    """Return the snippet as (text, whether it was found) pairs.

    >>> marked("harga [beras] naik")
    [('harga ', False), ('beras', True), (' naik', False)]
    """
    pieces = _MARKED.split(snippet)  # the found ones stand at odd places
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]
