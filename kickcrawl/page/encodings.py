"""Undo the content encoding of a stored body (gzip, deflate, br, zstd; RFC 9110, section 8.4), within bounds.

Of a body that is cut off or damaged, what could be decoded is returned, as in browsers and Scrapy.
"""

import re
import zlib
from collections.abc import Callable
from typing import Any

import brotli
from backports import zstd

_STEP = 4096  # bytes that are decompressed at a time
_MAX_PIECE = 1 << 16  # bytes that come of them at a time
_GZIP, _GZIP_NAMES = b"\x1f\x8b", ("gzip", "x-gzip")
_SURROGATE = re.compile("[\ud800-\udfff]")
MAX_BODY_BYTES = 32 << 20  # after decoding; the crawl has the same limit (DOWNLOAD_MAXSIZE)


def decode_body(body: bytes, content_encoding: str | None, max_bytes: int = MAX_BODY_BYTES) -> bytes:
    """Return *body* without the encodings that the header *content_encoding* lists, at most *max_bytes* bytes.

    From the first unknown encoding on, counted from the last one listed, the body stays encoded.

    >>> import gzip
    >>> decode_body(gzip.compress(b"harga beras"), "GZIP")
    b'harga beras'
    """
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",") if part.strip()]):
        if name not in _DECODERS:
            break
        if not is_said_wrongly(body, name):
            body = _DECODERS[name](body, max_bytes)
    return body


def is_said_wrongly(body: bytes, content_encoding: str) -> bool:
    """Tell whether *body* is called gzip and is not: it has not the first bytes of a gzip file."""
    return content_encoding.strip().lower() in _GZIP_NAMES and not body.startswith(_GZIP)


def stream_ends(body: bytes, content_encoding: str) -> bool:
    """Tell whether the compressed *body* has its own end, as far as its encoding says where that is (gzip, br)."""
    name = content_encoding.strip().lower()
    try:
        if name in _GZIP_NAMES:
            inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            for start in range(0, len(body), _STEP):
                rest = body[start : start + _STEP]
                while rest and not inflater.eof:
                    inflater.decompress(rest, _MAX_PIECE)
                    rest = inflater.unconsumed_tail
            return inflater.eof
        if name == "br":
            decompressor = brotli.Decompressor()
            piece = decompressor.process(body, output_buffer_limit=_MAX_PIECE)
            while piece and not decompressor.is_finished():
                piece = decompressor.process(b"", output_buffer_limit=_MAX_PIECE)
            return bool(decompressor.is_finished())
    except (zlib.error, brotli.error):
        return False
    return True


def without_surrogates(value: Any) -> Any:
    """Return a JSON *value* without single surrogates, which its escapes may name and no encoding can write.

    >>> without_surrogates(["Panen", {"judul": "\\ud800raya"}])
    ['Panen', {'judul': 'raya'}]
    """
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("", value)
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(name): without_surrogates(item) for name, item in value.items()}
    return value


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    out = b""
    while body and len(out) < max_bytes:  # a body may consist of several gzip members
        piece, body = _inflate(zlib.MAX_WBITS | 16, body, max_bytes - len(out))
        out += piece
    return out


def _undeflate(body: bytes, max_bytes: int) -> bytes:
    return (
        _inflate(zlib.MAX_WBITS, body, max_bytes)[0] or _inflate(-zlib.MAX_WBITS, body, max_bytes)[0]
    )  # some servers send it without the zlib header


def _inflate(wbits: int, body: bytes, max_bytes: int) -> tuple[bytes, bytes]:
    """Return what can be decompressed and the bytes behind it; in steps, so that what precedes a damage is kept."""
    inflater, out = zlib.decompressobj(wbits), bytearray()
    for start in range(0, len(body), _STEP):
        try:
            out += inflater.decompress(body[start : start + _STEP], max_bytes - len(out) + 1)
        except zlib.error:
            break
        if inflater.eof:
            return bytes(out[:max_bytes]), inflater.unused_data + body[start + _STEP :]
        if len(out) > max_bytes:
            break
    return bytes(out[:max_bytes]), b""


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    decompressor, out = brotli.Decompressor(), bytearray()
    try:
        piece = decompressor.process(body, output_buffer_limit=1 << 16)
        while piece and len(out) < max_bytes:
            out += piece
            piece = b"" if decompressor.is_finished() else decompressor.process(b"", output_buffer_limit=1 << 16)
    except brotli.error:
        pass
    return bytes(out[:max_bytes])


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    try:
        return bytes(zstd.ZstdDecompressor().decompress(body, max_bytes))
    except zstd.ZstdError:
        return b""


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip, "x-gzip": _gunzip, "deflate": _undeflate, "br": _unbrotli, "zstd": _unzstd,
    "identity": lambda body, _: body,
}  # fmt: skip
