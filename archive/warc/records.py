"""WARC records (ISO 28500, version 1.1) as bytes: write an exchange, read a record. The one door to warcio.

Each record is a gzip member of its own. Pure: where the bytes are kept is archive/warc/files.py's to know.
"""

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from w3lib.url import safe_url_string
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

VERSION = "1.1"
# Of gzip. Measured 2026-11-26 on 57 pages of WordPress, 110 kB each: 0.79 ms and 20.9 kB; at 9, which is warcio's,
# 1.43 ms and 19.9 kB. A body that came compressed shrinks no further: there it is 0.
COMPRESSION_LEVEL = 4
MAX_RECORD = 256 << 20  # bytes of a decompressed record, eight times what the crawl takes
NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ABOUT = "Kickcrawl-About"  # field of a request record: what the crawler knew when it asked, as JSON
TAKEN_DOWN = "Kickcrawl-Taken-Down"  # field of a record without payload, which was taken down then
TRUNCATED = "WARC-Truncated"
WITHHELD = "Kickcrawl-Withheld"  # field of an answer whose body is not kept: the statement that forbids it
# Of a record that came from a web archive, as pywb writes them: where it stood there, and when it was had from there.
SOURCE, CREATED = "WARC-Source-URI", "WARC-Creation-Date"
STATUS = "Kickcrawl-Status"  # field of a resource record: the status under which the browser got the page
HONEST = (
    "bodies are as received, content-encoded, without transfer encoding; header lines are as Scrapy gives them: names "
    "capitalized, Connection, Keep-Alive and Transfer-Encoding left out, the reason phrase is the standard's; resource "
    "records are documents as a browser had built them, and what it got for them has its bodies decoded"
)
Headers = tuple[tuple[str, str], ...]  # bytes are read as Latin-1, so that any can be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer: *body* as received, *digest* of it ("sha256:" and hex), times as the archive's.

    *about* is kept with the request (ASCII, one line). *is_dom*: the body is what a browser had built. *is_cut*: the
    connection ended before the answer did. *withheld*: what forbids to keep the body, so that it is empty.
    *source*: the address in a web archive that it came from *created_at*; the request was for that address, and
    *fetched_at* is when the web archive had fetched the page. An answer 304 to a condition has no body, and the
    *digest* of the body that it says still holds.
    """

    url: str
    fetched_at: str
    status: int
    body: bytes
    digest: str
    headers: Headers = ()
    method: str = "GET"
    request_headers: Headers = ()
    address: str | None = None  # IP address of the server
    about: str | None = None
    is_dom: bool = False
    is_cut: bool = False
    withheld: str | None = None
    source: str | None = None
    created_at: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier capture whose payload a revisit record refers to."""

    url: str
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read: its fields, and the status, header lines and payload of what it holds."""

    kind: str
    fields: Mapping[str, str]
    status: int | None
    headers: Headers
    payload: bytes
    problems: tuple[str, ...] = ()  # digests that do not agree

    @property
    def url(self) -> str:
        """The address that the record is about; "" if it names none."""
        return self.fields.get("WARC-Target-URI", "")

    @property
    def date(self) -> str:
        """When it was written or fetched, as the archive writes times."""
        return self.fields.get("WARC-Date", "").replace("Z", "+00:00")

    def header(self, name: str) -> str | None:
        """Return the first header line of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """A first line and header lines, written as the bytes that they were: warcio would percent-encode them."""

    def to_ascii_bytes(self, header_filter: None = None) -> bytes:
        return bytes(self.to_bytes(header_filter, "latin-1"))


class _Writer(WARCWriter):  # type: ignore[misc]
    """Writes requests without digests: gzip's sum tells whether they are whole, and no record refers to them by one."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        if record.rec_type != "request":
            super().ensure_digest(record, block=block, payload=payload)


class DamagedRecord(ValueError):
    """Bytes that are no WARC record; says why."""


def encode_exchange(exchange: Exchange, info_id: str, original: Original | None = None) -> tuple[bytes, bytes]:
    """Return the response and the request record; with *original*, a revisit record without payload."""
    identifier = WARCWriter._make_warc_id()
    fields = {
        "WARC-Record-ID": identifier, "WARC-Warcinfo-ID": info_id, "WARC-Payload-Digest": exchange.digest,
        **({"WARC-IP-Address": exchange.address} if exchange.address else {}),
        **({TRUNCATED: "disconnect"} if exchange.is_cut else {}),
        **({TRUNCATED: "unspecified", WITHHELD: exchange.withheld} if exchange.withheld else {}),
        **({SOURCE: exchange.source} if exchange.source else {}),
        **({CREATED: _warc_date(exchange.created_at)} if exchange.created_at else {}),
    }  # fmt: skip
    lines = _Head(f"{exchange.status} {_reason(exchange.status)}", exchange.headers, protocol="HTTP/1.1")
    if exchange.is_dom:
        kind = next((value for name, value in exchange.headers if name.lower() == "content-type"), "text/html")
        fields |= {"Content-Type": kind, STATUS: str(exchange.status)}
        answer = _encode("resource", exchange.url, exchange.fetched_at, fields, exchange.body)
    elif original is None:
        answer = _encode("response", exchange.url, exchange.fetched_at, fields, exchange.body, lines)
    else:
        fields |= {
            "WARC-Profile": NOT_MODIFIED_PROFILE if exchange.status == 304 else WARCWriter.REVISIT_PROFILE_1_1,
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": _warc_date(original.fetched_at),
        }
        answer = _encode("revisit", exchange.url, exchange.fetched_at, fields, b"", lines)
    asked_at, url = exchange.created_at or exchange.fetched_at, exchange.source or exchange.url
    parts = urlsplit(safe_url_string(url))  # as Scrapy asks for it
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked_with = [("Host", parts.netloc), *exchange.request_headers]
    asked = _Head(f"{exchange.method} {target} HTTP/1.1", asked_with, is_http_request=True)
    fields = {"WARC-Concurrent-To": identifier, **({ABOUT: exchange.about} if exchange.about else {})}
    return answer, _encode("request", url, asked_at, fields, b"", asked)


def encode_info(file_name: str, info: Mapping[str, str]) -> tuple[bytes, str]:
    """Return a warcinfo record that says who writes what follows, and its id for the records that refer to it."""
    out = BytesIO()
    writer = _Writer(out, warc_version=VERSION)
    record = writer.create_warcinfo_record(file_name, info)
    writer.write_record(record)
    return out.getvalue(), record.rec_headers.get_header("WARC-Record-ID")


def encode_note(kind: str, body: bytes, at: str, info_id: str) -> bytes:
    """Return a metadata record of ours with JSON in it; *kind* becomes its address, ``urn:kickcrawl:KIND``."""
    fields = {"Content-Type": "application/json", "WARC-Warcinfo-ID": info_id}
    return _encode("metadata", f"urn:kickcrawl:{kind}", at, fields, body)


def encode_tombstone(record: Record, at: str) -> bytes:
    """Return a record in place of *record*: its kind, address and time, and that its content was taken down at *at*.

    It has no payload and none of the header lines but the status line.
    """
    fields = {name: value for name, value in record.fields.items() if name in _KEPT} | {TAKEN_DOWN: _warc_date(at)}
    lines = None
    if record.kind in ("response", "revisit") and record.status is not None:
        lines = _Head(f"{record.status} {_reason(record.status)}", (), protocol="HTTP/1.1")
    return _encode(record.kind, record.url, record.date, fields, b"", lines)


def encode(record: Record) -> bytes:
    """Return the compressed *record*: one that was read and then changed, a response, revisit or resource."""
    fields = {name: value for name, value in record.fields.items() if name not in _MADE_ANEW}
    lines = None
    if record.kind != "resource":
        lines = _Head(f"{record.status} {_reason(record.status or 200)}", record.headers, protocol="HTTP/1.1")
    return _encode(record.kind, record.url, record.date, fields, record.payload, lines)


def decode(record: bytes) -> Record:
    """Return the record in *record* (compressed or not), its digests checked. Raises DamagedRecord."""
    try:
        records = ArchiveIterator(BytesIO(_inflate(record)), check_digests=True)
        for parser in (records.loader.http_parser, records.loader.http_req_parser):
            parser.decode_header = lambda line: line.decode("latin-1")  # as it was written, and a character is a byte
        found = next(records, None)
        if found is None or found.format != "warc":
            raise DamagedRecord("no WARC record begins here")
        payload = found.raw_stream.read()
        length = found.length if found.length is not None else -1
    except DamagedRecord:
        raise
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise DamagedRecord(" ".join(str(error).split()) or type(error).__name__) from error
    lines = found.http_headers
    held = len(payload) + (lines.total_len if lines else 0)
    if held != length:
        raise DamagedRecord(f"it says {length} bytes and has {held}")
    return Record(
        kind=found.rec_type or "",
        fields=dict(found.rec_headers.headers),
        status=_status(found, lines),
        headers=tuple(lines.headers) if lines else (),
        payload=payload,
        problems=tuple(found.digest_checker.problems),
    )


def _encode(
    kind: str, url: str, at: str, fields: Mapping[str, str], payload: bytes, lines: StatusAndHeaders | None = None
) -> bytes:
    out = BytesIO()
    writer = _Writer(out, gzip=False, warc_version=VERSION)
    record = writer.create_warc_record(
        url, kind, payload=BytesIO(payload), length=len(payload), http_headers=lines,
        warc_headers_dict={**fields, "WARC-Date": _warc_date(at)},
    )  # fmt: skip
    writer.write_record(record)
    is_compressed = lines is not None and lines.get_header("Content-Encoding") is not None
    return gzip.compress(out.getvalue(), 0 if is_compressed else COMPRESSION_LEVEL, mtime=0)


_MADE_ANEW = frozenset("WARC-Type WARC-Target-URI WARC-Date WARC-Block-Digest Content-Length".split())
# What a tombstone has of the record it stands for: no digest, nothing that the crawler knew.
_KEPT = frozenset("WARC-Record-ID WARC-Concurrent-To WARC-Profile Content-Type".split()) | {STATUS}


def _inflate(record: bytes) -> bytes:
    """Return what the gzip member *record* holds, all of it: warcio would read what is there of half a member."""
    if not record.startswith(b"\x1f\x8b"):
        return record
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    held = inflater.decompress(record, MAX_RECORD)
    if not inflater.eof:
        too_long = f"it decompresses to more than {MAX_RECORD} bytes"
        raise DamagedRecord(too_long if len(held) == MAX_RECORD else "it is cut off")
    return held


def _status(found: object, lines: StatusAndHeaders | None) -> int | None:
    told = found.rec_headers.get_header(STATUS) or (lines.get_statuscode() if lines else None)  # type: ignore[attr-defined]
    return int(told) if told and told.isdecimal() else None


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"


def _warc_date(at: str) -> str:
    return at.replace("+00:00", "Z")
