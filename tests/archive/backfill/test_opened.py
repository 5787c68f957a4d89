"""What a web archive sends is the capture that was named, or is refused with its fault."""

import gzip

import pytest

from archive.backfill.found import FoundCapture
from archive.backfill.opened import BadCapture, Opened, open_range, open_replay
from archive.warc.records import Exchange, decode, encode, encode_exchange
from kickcrawl.fingerprint import bytes_digest

URL = "http://warta.example/padi/"
AT = "2019-05-01T08:30:00+00:00"
BODY = b"<html><title>Panen padi</title></html>"
FOUND = FoundCapture(address="https://web.example/1", url=URL, target=URL, captured_at=AT, digest=None)
LINES = (
    ("Content-Type", "text/html; charset=UTF-8"),
    ("Memento-Datetime", "Wed, 01 May 2019 08:30:00 GMT"),
    ("Server", "nginx of the web archive"),
    ("X-Archive-Orig-Server", "nginx of the outlet"),
    ("X-Archive-Orig-Transfer-Encoding", "chunked"),
)


def test_replayed_page_has_the_header_lines_that_the_outlet_sent() -> None:
    opened = open_replay(FOUND, 200, LINES, BODY)
    assert isinstance(opened, Opened)
    assert opened.headers == (("Content-Type", "text/html; charset=UTF-8"), ("Server", "nginx of the outlet"))
    assert (opened.url, opened.captured_at, opened.body) == (URL, AT, BODY)


def test_replayed_page_that_is_compressed_stays_so_and_is_known_by_either_digest() -> None:
    packed = gzip.compress(BODY)
    for digest in (bytes_digest(packed), bytes_digest(BODY)):
        found = FoundCapture(address="x", url=URL, target=URL, captured_at=AT, digest=digest)
        opened = open_replay(found, 200, (*LINES, ("Content-Encoding", "gzip")), packed)
        assert isinstance(opened, Opened)
        assert opened.body == packed
        assert ("Content-Encoding", "gzip") in opened.headers


@pytest.mark.parametrize(
    ("status", "lines", "body", "fault"),
    [
        (302, LINES, b"", "redirect"),
        (404, LINES, b"", "not-there"),
        (503, LINES, b"", "not-there"),
        (200, (("Memento-Datetime", "Thu, 02 May 2019 08:30:00 GMT"),), BODY, "other-capture"),
        (200, (("Content-Length", "5000"),), BODY, "half"),
    ],
)
def test_replay_that_is_another_is_refused(
    status: int, lines: tuple[tuple[str, str], ...], body: bytes, fault: str
) -> None:
    opened = open_replay(FOUND, status, lines, body)
    assert isinstance(opened, BadCapture)
    assert opened.fault == fault


def record(url: str = URL, at: str = AT, status: int = 200, **changed: bool) -> bytes:
    exchange = Exchange(
        url=url, fetched_at=at, status=status, body=BODY, digest=bytes_digest(BODY), headers=LINES[:1], **changed
    )  # fmt: skip
    return encode_exchange(exchange, "<urn:uuid:1>")[0]


def test_record_is_opened() -> None:
    data = record()
    opened = open_range(FOUND, 206, data, len(data))
    assert isinstance(opened, Opened)
    assert (opened.url, opened.captured_at, opened.body, opened.headers) == (URL, AT, BODY, LINES[:1])


def other_body(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    return gzip.compress(plain.replace(b"Panen", b"Panes"))


@pytest.mark.parametrize(
    ("status", "data", "fault"),
    [
        (206, record()[:-20], "half"),
        (206, record("http://warta.example/ikan/"), "other-capture"),
        (206, record(at="2019-05-02T08:30:00+00:00"), "other-capture"),
        (206, record(status=404), "not-shown"),
        (206, record(is_cut=True), "half"),
        (206, other_body(record()), "digest"),
        (206, b"no record", "half"),
        (200, record(), "no-range"),
        (416, b"", "not-there"),
    ],
)
def test_record_that_is_another_is_refused(status: int, data: bytes, fault: str) -> None:
    opened = open_range(FOUND, status, data, len(data))
    assert isinstance(opened, BadCapture)
    assert opened.fault == fault


def test_record_of_fewer_bytes_than_were_named_is_half_a_record() -> None:
    data = record()
    opened = open_range(FOUND, 206, data, len(data) + 1)
    assert isinstance(opened, BadCapture)
    assert opened.fault == "half"


def test_where_a_page_came_from_stays_with_its_record_and_the_request_is_the_one_that_was_made() -> None:
    exchange = Exchange(
        url=URL, fetched_at=AT, status=200, body=BODY, digest=bytes_digest(BODY), headers=LINES[:1],
        source="https://web.example/web/20190501083000id_/http://warta.example/padi/",
        created_at="2026-11-30T01:00:00+00:00",
    )  # fmt: skip
    answer, request = (decode(one) for one in encode_exchange(exchange, "<urn:uuid:1>"))
    assert (answer.url, answer.date) == (URL, AT)
    assert answer.fields["WARC-Source-URI"] == exchange.source == request.url
    assert answer.fields["WARC-Creation-Date"] == "2026-11-30T01:00:00Z"
    assert request.date == "2026-11-30T01:00:00+00:00"
    assert request.header("Host") == "web.example"
    assert decode(encode(answer)).fields["WARC-Source-URI"] == exchange.source
