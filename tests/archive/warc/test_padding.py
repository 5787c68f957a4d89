"""Padded members: of the length asked for, whatever that is, and what was put in comes out."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.padding import gzip_member


@given(data=st.binary(max_size=300), more=st.integers(0, 400))
def test_member_is_as_long_as_asked_and_holds_the_data(data: bytes, more: int) -> None:
    least = next(length for length in range(20, 1000) if _fits(data, length))
    member = gzip_member(data, least + more)
    assert len(member) == least + more
    assert gzip.decompress(member) == data
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    inflater.decompress(member + b"\x1f\x8b")
    assert inflater.unused_data == b"\x1f\x8b"


def test_long_room_is_filled() -> None:
    assert gzip.decompress(gzip_member(b"padi", 3_000_001)) == b"padi"


def test_too_little_room_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        gzip_member(b"padi", 20)


def _fits(data: bytes, length: int) -> bool:
    try:
        return bool(gzip_member(data, length))
    except ValueError:
        return False
