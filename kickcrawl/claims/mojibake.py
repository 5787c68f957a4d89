"""Mend words that were written in one encoding and read in another: "JosÃ© Silva" is José Silva.

In: a name or a title. Out: it, mended, or None where what it was is lost. JSON-LD and meta tags come out of databases
whose encoding is not always the page's.
"""

import re

# UTF-8 read as Windows-1252 begins every sign beyond ASCII with one of these, and goes on with one of the others.
_BROKEN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
LOST = "\ufffd"  # stands where a decoder found no sign


def mended(text: str) -> str | None:
    """Return *text* as it was meant; None if signs of it are lost.

    >>> mended("Jos\u00c3\u00a9 Silva")
    'Jos\u00e9 Silva'
    """
    if text.isascii():
        return text
    if LOST in text:
        return None
    if not _BROKEN.search(text):
        return text
    try:
        return b"".join(_byte(sign) for sign in text).decode("utf-8")
    except UnicodeError:
        return text


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")
