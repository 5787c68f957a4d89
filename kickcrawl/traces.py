"""Traces of a text in whatever bytes hold it: by digests of its pieces, so that the text itself need not be kept.

A piece is eight words of a paragraph in a row: words 1 to 8, 9 to 16, and so on. Whoever has only the digests cannot
tell the text from them, and eight words in a row are found again in a page, a feed, a REST answer, a cut excerpt.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator
from hashlib import blake2b

from kickcrawl.encodings import decode_body

PIECE = 8  # words
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, whatever their case and their form in Unicode; invisible signs part no word.

    >>> words_of("Harga  be\u00adras, NAIK")
    ['harga', 'beras', 'naik']
    """
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return _WORD.findall(text.casefold())


def pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a text whose paragraphs are parted by an empty line."""
    for paragraph in text.split("\n\n"):
        words = words_of(paragraph)
        for at in range(0, len(words) - PIECE + 1, PIECE):
            yield " ".join(words[at : at + PIECE])


def trace(piece: str) -> int:
    """Return the 63-bit number that a piece is known by."""
    return int.from_bytes(blake2b(piece.encode(), digest_size=8).digest()) >> 1


def holds(body: bytes, traces: Collection[int], encoding: str | None = None) -> bool:
    """Tell whether any of *traces* is in *body*, which is encoded as Content-Encoding says.

    One that cannot be decoded holds none.
    """
    return any(found in traces for found in _all_traces(plain_text(decode_body(body, encoding))))


def share(text: str, traces: Collection[int]) -> float:
    """Return how many of *traces* are in a text: 0 to 1."""
    return len(set(_all_traces(text)).intersection(traces)) / max(1, len(traces))


def plain_text(body: bytes) -> str:
    """Return what HTML, XML, JSON or one within another says: escapes undone, tags left out, attributes at the end."""
    text = body.decode("utf-8", errors="replace")
    text = _JSON_ESCAPE.sub(_unescaped, text)
    attributes: list[str] = []
    for _ in range(3):  # a feed has HTML escaped in XML, and that has entities of its own
        for tag in _TAG.findall(text):
            attributes += (one or other for one, other in _ATTRIBUTE.findall(tag))
        text = html.unescape(_TAG.sub(" ", text))
    return "\n".join((text, *map(html.unescape, attributes)))


def _all_traces(text: str) -> Iterator[int]:
    """Yield the trace of each eight words in a row."""
    words = words_of(text)
    for at in range(len(words) - PIECE + 1):
        yield trace(" ".join(words[at : at + PIECE]))


def _unescaped(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code:
        return chr(int(code, 16))
    return sign if sign in '"\\/' else " "
