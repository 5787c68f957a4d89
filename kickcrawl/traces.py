"""Traces of a text in whatever bytes hold it: by digests of its pieces, so that the text itself need not be kept.

A piece is eight words of a paragraph in a row: words 1 to 8, 9 to 16, and so on, and the last eight. A trace is all of
a paragraph's pieces, each a number. Whoever has only the numbers cannot tell the text from them; the paragraph is found
again in a page, a feed, a REST answer. What has some of its pieces only, such as an excerpt beside another article,
does not hold it.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator
from hashlib import blake2b

from kickcrawl.page.encodings import decode_body

PIECE_WORDS = 8  # in a piece of a paragraph
Trace = frozenset[int]
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
        text = unicodedata.normalize("NFKC", text)
        for sign in set(text):  # few are different: a look at each sign of the text takes three times as long
            if unicodedata.category(sign) == "Cf":  # joiners, marks of direction, soft hyphens
                text = text.replace(sign, "")
    return _WORD.findall(text.casefold())


def paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the pieces of each paragraph of a text, parted by an empty line; shorter ones have none."""
    for paragraph in text.split("\n\n"):
        words = words_of(paragraph)
        if len(words) >= PIECE_WORDS:
            starts = sorted({*range(0, len(words) - PIECE_WORDS, PIECE_WORDS), len(words) - PIECE_WORDS})
            yield [" ".join(words[at : at + PIECE_WORDS]) for at in starts]


def number(piece: str) -> int:
    """Return the 63-bit number that a piece is known by."""
    return int.from_bytes(blake2b(piece.encode(), digest_size=8).digest()) >> 1


def holds(body: bytes, traces: Collection[Trace], encoding: str | None = None) -> bool:
    """Tell whether any of *traces*, all of it, is in *body*, which is encoded as Content-Encoding says.

    One that cannot be decoded holds none.
    """
    found = _known(plain_text(decode_body(body, encoding)), traces)
    return any(trace <= found for trace in traces)


def share(text: str, traces: Collection[Trace]) -> float:
    """Return how many of the pieces of *traces* are in a text: 0 to 1."""
    return len(_known(text, traces)) / max(1, len(frozenset().union(*traces)))


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


def _known(text: str, traces: Collection[Trace]) -> set[int]:
    """Return the numbers of the pieces of *traces* that are in a text, wherever they begin."""
    wanted, words = frozenset().union(*traces), words_of(text)
    numbers = (number(" ".join(words[at : at + PIECE_WORDS])) for at in range(len(words) - PIECE_WORDS + 1))
    return {found for found in numbers if found in wanted}


def _unescaped(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code:
        return chr(int(code, 16))
    return sign if sign in '"\\/' else " "
