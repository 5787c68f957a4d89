"""WARC records: what goes in comes out, by our reader and by warcio's own; anything less than whole is refused."""

import gzip
import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.warc import records as warc
from archive.warc.records import (
    ABOUT,
    DamagedRecord,
    Exchange,
    Original,
    decode,
    encode_exchange,
    encode_info,
    encode_note,
)
from kickcrawl.fingerprint import bytes_digest

INFO_ID = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
AT = "2025-07-14T01:00:00+00:00"
PAGE = b"<h1>Panen padi</h1><p>Petani memanen padi di Sukarara.</p>" * 8


def exchange(body: bytes = PAGE, **fields: object) -> Exchange:
    given = {"url": "https://warta.example/padi", "fetched_at": AT, "status": 200, "digest": bytes_digest(body)}
    return Exchange(body=body, **given | fields)


def as_received(text: str) -> str:
    """Return a header value as Scrapy's bytes of it are kept: UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


HEADERS = {
    "none": (),
    "twice the same name": (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
    "an empty value": (("X-Kosong", ""), ("X-Isi", "padi")),
    "colons and quotes": (("Link", '<https://warta.example/?p=7>; rel="shortlink", <a>; title="b: c"'),),
    "UTF-8": (("Location", as_received("https://warta.example/panen–padi")), ("X-Kota", as_received("Selong é"))),
    "Latin-1": (("Content-Disposition", 'inline; filename="caf\xe9.html"'),),
    "control characters": (("X-Aneh", "a\tb\x01c\x7fd"),),
    "a long one": (("X-Panjang", "padi " * 4000 + "."),),
    "what looks like a record": (("X-Warc", "WARC/1.1"), ("Content-Length", "9")),
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_response_comes_back_as_it_was_received(headers: warc.Headers) -> None:
    answer, _ = encode_exchange(exchange(headers=headers), INFO_ID)
    record = decode(answer)
    assert (record.kind, record.status, record.headers, record.payload) == ("response", 200, headers, PAGE)
    assert (record.url, record.date, record.problems) == ("https://warta.example/padi", AT, ())
    assert record.fields["WARC-Warcinfo-ID"] == INFO_ID


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_header_lines_stand_in_the_record_byte_for_byte(headers: warc.Headers) -> None:
    answer, _ = encode_exchange(exchange(headers=headers), INFO_ID)
    lines = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers)
    assert gzip.decompress(answer).endswith(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + PAGE + b"\r\n\r\n")


@given(st.binary(max_size=300), st.integers(100, 599))
def test_any_body_and_status_come_back(body: bytes, status: int) -> None:
    record = decode(encode_exchange(exchange(body, status=status), INFO_ID)[0])
    assert (record.payload, record.status, record.problems) == (body, status, ())


def test_request_names_the_response_and_keeps_what_the_crawler_knew() -> None:
    about = json.dumps({"story": "https://warta.example/padi", "title": "Panen – naik"})
    asked_with = (("User-Agent", "kickcrawl/0"), ("Accept", "text/html"))
    answer, asked = encode_exchange(exchange(request_headers=asked_with, about=about), INFO_ID)
    request = decode(asked)
    assert request.kind == "request"
    assert request.headers == (("Host", "warta.example"), *asked_with)
    assert request.fields["WARC-Concurrent-To"] == decode(answer).fields["WARC-Record-ID"]
    assert json.loads(request.fields[ABOUT])["title"] == "Panen – naik"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://warta.example", b"GET / HTTP/1.1\r\nHost: warta.example\r\n"),
        ("https://warta.example/?p=7&x=%20", b"GET /?p=7&x=%20 HTTP/1.1\r\nHost: warta.example\r\n"),
        ("http://127.0.0.1:8831/a", b"GET /a HTTP/1.1\r\nHost: 127.0.0.1:8831\r\n"),
        ("https://warta.example/panen–padi?q=é", b"GET /panen%E2%80%93padi?q=%C3%A9 HTTP/1.1\r\nHost: warta.example"),
    ],
)
def test_request_line_is_what_was_asked_and_the_address_is_kept_as_it_is(url: str, line: bytes) -> None:
    answer, asked = encode_exchange(exchange(url=url), INFO_ID)
    assert b"\r\n\r\n" + line in gzip.decompress(asked)
    assert decode(answer).url == decode(asked).url == url


def test_revisit_has_the_headers_of_today_and_names_the_capture_that_holds_the_payload() -> None:
    first = Original("https://warta.example/robots.txt", "2025-07-01T00:00:00+00:00")
    answer, _ = encode_exchange(exchange(headers=(("Etag", '"b"'),)), INFO_ID, first)
    record = decode(answer)
    assert (record.kind, record.status, record.payload) == ("revisit", 200, b"")
    assert record.header("ETag") == '"b"'
    assert record.fields["WARC-Payload-Digest"] == bytes_digest(PAGE)
    assert record.fields["WARC-Refers-To-Target-URI"] == first.url
    assert record.fields["WARC-Refers-To-Date"] == "2025-07-01T00:00:00Z"


def test_document_that_a_browser_built_is_a_resource_with_its_status() -> None:
    record = decode(encode_exchange(exchange(status=203, is_dom=True, headers=(("A", "b"),)), INFO_ID)[0])
    assert (record.kind, record.status, record.headers, record.payload) == ("resource", 203, (), PAGE)


def test_server_that_is_known_stands_in_the_response() -> None:
    assert decode(encode_exchange(exchange(address="192.0.2.7"), INFO_ID)[0]).fields["WARC-IP-Address"] == "192.0.2.7"
    assert "WARC-IP-Address" not in decode(encode_exchange(exchange(), INFO_ID)[0]).fields


def test_note_and_info_come_back() -> None:
    note = decode(encode_note("run", b'{"run": 1}', AT, INFO_ID))
    assert (note.kind, note.url, note.payload, note.date) == ("metadata", "urn:kickcrawl:run", b'{"run": 1}', AT)
    written, info_id = encode_info("a.warc.gz", {"software": "kickcrawl/0", "description": "jujur – apa adanya"})
    info = decode(written)
    assert (info.kind, info.fields["WARC-Record-ID"], info.fields["WARC-Filename"]) == (
        "warcinfo",
        info_id,
        "a.warc.gz",
    )
    assert "description: jujur – apa adanya\r\n".encode() in info.payload


def test_every_record_passes_warcios_own_check() -> None:
    original = Original("https://warta.example/padi", AT)
    records = [encode_info("a.warc.gz", {"software": "kickcrawl/0"})[0], encode_note("run", b"{}", AT, INFO_ID)]
    for headers in HEADERS.values():
        records += encode_exchange(exchange(headers=headers), INFO_ID)
    records += encode_exchange(exchange(), INFO_ID, original) + encode_exchange(exchange(is_dom=True), INFO_ID)
    read = 0
    for record in ArchiveIterator(BytesIO(b"".join(records)), check_digests="raise"):
        record.content_stream().read()
        read += 1
    assert read == len(records)


def test_payload_that_is_not_the_digests_is_named() -> None:
    record = decode(encode_exchange(exchange(digest=bytes_digest(b"lain")), INFO_ID)[0])
    assert [problem for problem in record.problems if "payload digest" in problem]


def test_half_a_record_is_no_record() -> None:
    answer, _ = encode_exchange(exchange(headers=HEADERS["UTF-8"]), INFO_ID)
    for end in range(len(answer)):
        with pytest.raises(DamagedRecord):
            decode(answer[:end])


def test_flipped_bit_is_seen_or_changes_nothing() -> None:
    """No sum covers gzip's own header and the padding at its end: there the digest of the compressed record does."""
    answer, _ = encode_exchange(exchange(headers=HEADERS["UTF-8"]), INFO_ID)
    whole, unseen = decode(answer), []
    for position in range(len(answer)):
        flipped = bytearray(answer)
        flipped[position] ^= 0x10
        try:
            assert decode(bytes(flipped)) == whole
            unseen.append(position)
        except DamagedRecord:
            pass
    assert len(unseen) <= 8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan arsip",
        gzip.compress(b"bukan arsip"),
        gzip.compress(b"WARC/1.1\r\n\r\n"),
        gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n"),
        b"\x1f\x8b\x08",
    ],
    ids=["nothing", "text", "packed text", "no fields", "short of its length", "a start"],
)
def test_what_is_no_record_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DamagedRecord, match=r"\w{2}"):
        decode(data)


def test_record_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD", 1000)
    answer, _ = encode_exchange(replace(exchange(b"a" * 5000)), INFO_ID)
    with pytest.raises(DamagedRecord, match="more than 1000 bytes"):
        decode(answer)


def test_request_carries_no_digests() -> None:
    """They would be a tenth of what a capture costs, for a body that is empty."""
    _, asked = encode_exchange(exchange(), INFO_ID)
    assert not [name for name in decode(asked).fields if "Digest" in name]
