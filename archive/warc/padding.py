"""gzip members of a given length, for records that take the place of others in the middle of a WARC file.

The room left over is filled with empty blocks of deflate, which every reader skips, and a comment of up to four bytes.
"""

import zlib

_EMPTY = b"\0\0\0\xff\xff"  # a stored block of no bytes (RFC 1951, 3.2.4)
_LAST = b"\x03\0"  # the last block, of no bytes
_COMMENT = 16  # flag in the header (RFC 1952, 2.3.1)


def gzip_member(data: bytes, length: int) -> bytes:
    """Return a gzip member of *data* that is *length* bytes long. Raises ValueError where it does not fit.

    >>> zlib.decompress(gzip_member(b"padi", 1000), zlib.MAX_WBITS | 16)
    b'padi'
    """
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(data) + deflater.flush(zlib.Z_SYNC_FLUSH)
    trailer = zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    room = length - 10 - len(packed) - len(_LAST) - len(trailer)
    if room < 0:
        raise ValueError(f"{len(data)} bytes do not fit into {length}")
    blocks, rest = divmod(room, len(_EMPTY))
    comment = b"-" * (rest - 1) + b"\0" if rest else b""
    header = bytes((0x1F, 0x8B, 8, _COMMENT if rest else 0, 0, 0, 0, 0, 2, 255))
    return header + comment + packed + _EMPTY * blocks + _LAST + trailer
