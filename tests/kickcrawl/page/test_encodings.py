"""Content encodings undone as the crawl undoes them, within bounds, damaged ones as far as they go."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from kickcrawl.page.encodings import decode_body, stream_ends

TEXT = "".join(f"<p>Harga gabah di desa {number} naik menjadi Rp{number * 37}.</p>" for number in range(4000)).encode()


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


ENCODERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
    ("br, gzip", lambda body: gzip.compress(brotli.compress(body))),
    ("GZIP", lambda body: gzip.compress(body[:1000]) + gzip.compress(body[1000:])),
    ("", bytes),
    ("identity", bytes),
    ("aes128gcm", bytes),
]


@pytest.mark.parametrize(("name", "encode"), ENCODERS, ids=[f"{name} {at}" for at, (name, _) in enumerate(ENCODERS)])
def test_body_is_decoded_as_in_the_crawl(name: str, encode: Callable[[bytes], bytes]) -> None:
    body = encode(TEXT)
    assert decode_body(body, name) == TEXT
    url = "https://warta.example/padi"
    answer = HtmlResponse(url, body=body, headers={"Content-Encoding": name} if name else {})
    crawled = HttpCompressionMiddleware.from_crawler(get_crawler()).process_response(Request(url), answer)
    assert crawled.body == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_no_more_is_unpacked_than_the_bound(name: str) -> None:
    encode = dict(ENCODERS)[name]
    assert TEXT.startswith(decode_body(encode(TEXT), name, 10_000))
    assert len(decode_body(encode(bytes(1_000_000)), name, 10_000)) <= 10_000


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_what_is_cut_off_is_decoded_as_far_as_it_goes(name: str) -> None:
    found = decode_body(dict(ENCODERS)[name](TEXT)[:-2000], name)
    assert len(found) > len(TEXT) // 2
    assert TEXT.startswith(found)


@pytest.mark.parametrize(("encoding", "encode"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_compressed_bytes_that_break_off_have_no_end(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    packed = encode(TEXT)
    assert stream_ends(packed, encoding)
    assert not any(stream_ends(packed[:length], encoding) for length in (0, 40, len(packed) // 2, len(packed) - 1))


@pytest.mark.parametrize("encoding", ["", "deflate", "zstd", "aes128gcm"])
def test_end_of_other_encodings_is_not_asked_for(encoding: str) -> None:
    assert stream_ends(TEXT[:7], encoding)


def test_what_is_called_gzip_and_is_plain_stays_as_it_is() -> None:
    assert decode_body(TEXT, "gzip") == TEXT
