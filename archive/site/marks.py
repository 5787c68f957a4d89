"""Take a search's snippet apart, so that the words found can be marked on a page: pure."""

import re

MARKS = ("\ue000", "\ue001")  # characters for private use: no text has them
_MARKED = re.compile("\ue000([^\ue000\ue001]+)\ue001")


def marked(snippet: str) -> list[tuple[str, bool]]:
    """Return the snippet as (text, whether it was found) pairs.

    >>> marked("harga \\ue000beras\\ue001 naik [lagi]")
    [('harga ', False), ('beras', True), (' naik [lagi]', False)]
    """
    pieces = _MARKED.split(snippet)  # the found ones stand at odd places
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]
