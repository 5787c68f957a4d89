"""Undo the content encoding of a stored body (gzip, deflate, br, zstd; RFC 9110, section 8.4), within bounds.

What is cut off or damaged gives what could be decoded, as browsers and Scrapy do.
"""

import re
import zlib
from collections.abc import Callable
from typing import Any

import brotli
from backports import zstd

_STEP = 4096
_SURROGATE = re.compile("[\ud800-\udfff]")
LARGEST = 32 << 20  # bytes after decoding, as the crawl takes them (DOWNLOAD_MAXSIZE)


def decode_body(body: bytes, content_encoding: str | None, largest: int = LARGEST) -> bytes:
    """Return *body* without its encodings, at most *largest* bytes; one that nobody knows stays on.

    >>> import gzip
    >>> decode_body(gzip.compress(b"harga beras"), "GZIP")
    b'harga beras'
    """
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",") if part.strip()]):
        if name not in _DECODERS:
            break
        body = _DECODERS[name](body, largest)
    return body


def without_surrogates(value: Any) -> Any:
    """Return what was read from JSON without the halves of characters that it may name: no encoding can write one.

    >>> without_surrogates(["Panen", {"judul": "\\ud800raya"}])
    ['Panen', {'judul': 'raya'}]
    """
    if isinstance(value, str):
        return _SURROGATE.sub("", value)
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(name): without_surrogates(item) for name, item in value.items()}
    return value


def _gunzip(body: bytes, largest: int) -> bytes:
    out = b""
    while body and len(out) < largest:  # a body may be several members
        piece, body = _inflate(zlib.MAX_WBITS | 16, body, largest - len(out))
        out += piece
    return out


def _undeflate(body: bytes, largest: int) -> bytes:
    return (
        _inflate(zlib.MAX_WBITS, body, largest)[0] or _inflate(-zlib.MAX_WBITS, body, largest)[0]
    )  # some send it bare


def _inflate(wbits: int, body: bytes, largest: int) -> tuple[bytes, bytes]:
    """Return as much as can be decompressed, and what follows it; in steps, so that damage costs what follows only."""
    inflater, out = zlib.decompressobj(wbits), bytearray()
    for start in range(0, len(body), _STEP):
        try:
            out += inflater.decompress(body[start : start + _STEP], largest - len(out) + 1)
        except zlib.error:
            break
        if inflater.eof:
            return bytes(out[:largest]), inflater.unused_data + body[start + _STEP :]
        if len(out) > largest:
            break
    return bytes(out[:largest]), b""


def _unbrotli(body: bytes, largest: int) -> bytes:
    decompressor, out = brotli.Decompressor(), bytearray()
    try:
        piece = decompressor.process(body, output_buffer_limit=1 << 16)
        while piece and len(out) < largest:
            out += piece
            piece = b"" if decompressor.is_finished() else decompressor.process(b"", output_buffer_limit=1 << 16)
    except brotli.error:
        pass
    return bytes(out[:largest])


def _unzstd(body: bytes, largest: int) -> bytes:
    try:
        return bytes(zstd.ZstdDecompressor().decompress(body, largest))
    except zstd.ZstdError:
        return b""


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip, "x-gzip": _gunzip, "deflate": _undeflate, "br": _unbrotli, "zstd": _unzstd,
    "identity": lambda body, _: body,
}  # fmt: skip
