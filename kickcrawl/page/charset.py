"""Tell the character encoding of a page that declares none, or falsely UTF-8, by the text in it.

In: a page's bytes, which are not UTF-8. Out: the name of an encoding of the web's older pages. Where two fit equally
well, it is Windows-1252, which is what browsers take.
"""

import re

from charset_normalizer import from_bytes

USUAL = "cp1252"
# Those that pages were written in before UTF-8, of the WHATWG's list, by Python's names.
_CHARSETS = [
    USUAL, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "cp874", "koi8_r",
    "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
# What is not closed goes to the end of the page, as in browsers. A tag ends before the next one: both keep the time in
# proportion to the page, however many are left open.
_NO_TEXT = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:--!?>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_KANA = re.compile("[\u3040-\u30ff]")
_MIN_KANA_SHARE = 0.3  # of Japanese text; EUC-JP's bytes make words of Thai and Korean, too, but hardly the reverse
_MAX_SAMPLE_BYTES = 20_000  # of text; telling its encoding takes some 20 ms


def charset_of(body: bytes) -> str:
    """Return the encoding that makes most sense of the text in *body*, by Python's name.

    >>> charset_of("<p>Рыбаки четвёртый день не выходят в море.</p>".encode("cp1251"))
    'cp1251'
    """
    sample = _sample(body)
    if _is_japanese(sample, "euc_jp"):
        return "euc_jp"
    told = from_bytes(sample, cp_isolation=_CHARSETS)
    best = told.best()
    usual = next((match for match in told if USUAL in match.could_be_from_charset), None)
    if best is None or (usual is not None and usual.chaos <= best.chaos and usual.coherence >= best.coherence):
        return USUAL
    return best.encoding


def _is_japanese(sample: bytes, charset: str) -> bool:
    """Tell whether *sample*, in *charset*, has the syllables that any Japanese sentence has."""
    try:
        text = sample.decode(charset)
    except UnicodeDecodeError:
        return False
    letters = [character for character in text if not character.isascii()]
    return len(_KANA.findall(text)) >= _MIN_KANA_SHARE * max(1, len(letters))


def _sample(body: bytes) -> bytes:
    """Return the first pieces of text in *body* that hold more than ASCII."""
    pieces, length = [], 0
    for piece in _TAG.split(_NO_TEXT.sub(b" ", body)):
        if not piece.isascii():
            pieces.append(piece)
            length += len(piece)
        if length > _MAX_SAMPLE_BYTES:
            break
    return b"\n".join(pieces)
