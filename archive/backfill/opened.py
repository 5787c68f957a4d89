"""Take the page that was captured out of what a web archive sends, and refuse what is not the capture that was named.

replay (Wayback Machine, pywb)   the body as it was, header lines as X-Archive-Orig-..., the time in Memento-Datetime
range (Common Crawl)             the compressed WARC record
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.backfill.found import FoundCapture
from archive.warc.records import TRUNCATED, DamagedRecord, Headers, decode
from kickcrawl.answer import SHOWN
from kickcrawl.dates import http_date, to_iso
from kickcrawl.page.encodings import decode_body
from kickcrawl.webarchives.body_digest import is_body_of

Fault = Literal["not-there", "redirect", "other-capture", "half", "digest", "no-range", "not-shown"]
_ORIGINAL = "x-archive-orig-"
_OF_TRANSFER = frozenset(("transfer-encoding", "connection", "content-length", "content-encoding", "content-type"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The answer that a web archive had got: the page's own address, header lines and body, as kept there."""

    url: str
    captured_at: str
    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class BadCapture:
    """Why what a web archive sent is not taken: a *fault* to count, and a clause for people."""

    fault: Fault
    detail: str


def open_replay(found: FoundCapture, status: int, lines: Headers, body: bytes) -> Opened | BadCapture:
    """Return what the answer of a replay server holds, given its header *lines* and its *body* as it was sent."""
    if (refused := _refused(status)) is not None:
        return refused
    if (length := _first(lines, "content-length")) and length.isdecimal() and int(length) != len(body):
        return BadCapture("half", f"{len(body)} of {length} bytes came")
    told = http_date(_first(lines, "memento-datetime") or "")
    if told is not None and to_iso(told) != found.captured_at:
        return BadCapture("other-capture", f"the web archive showed that of {to_iso(told)}")
    if (wrong := _wrong_body(found, body, _first(lines, "content-encoding"))) is not None:
        return wrong
    original = [(name[len(_ORIGINAL) :], value) for name, value in lines if name.lower().startswith(_ORIGINAL)]
    kept = [(name, value) for name, value in original if name.lower() not in _OF_TRANSFER]
    sent = [(name, value) for name, value in lines if name.lower() in ("content-type", "content-encoding")]
    return Opened(
        url=found.target, captured_at=found.captured_at, status=200, headers=(*sent, *kept), body=body
    )  # fmt: skip


def open_range(found: FoundCapture, status: int, body: bytes, length: int) -> Opened | BadCapture:
    """Return what the compressed WARC record of *length* bytes in *body* holds."""
    if status == 200:
        return BadCapture("no-range", "the server sent the whole file in place of the record")
    if status != 206:
        return _refused(status) or BadCapture("not-there", f"HTTP {status}")
    if len(body) != length:
        return BadCapture("half", f"{len(body)} of {length} bytes came")
    try:
        record = decode(body)
    except DamagedRecord as error:
        return BadCapture("half", str(error))
    if record.kind != "response" or record.url != found.target or record.date != found.captured_at:
        return BadCapture("other-capture", f"a {record.kind} record of {record.url}, {record.date}")
    if record.status not in SHOWN:
        return BadCapture("not-shown", f"it was answered with HTTP {record.status}")
    if TRUNCATED in record.fields:
        return BadCapture("half", f"the web archive kept a part of it ({record.fields[TRUNCATED]})")
    if record.problems:
        return BadCapture("digest", "; ".join(record.problems))
    if (wrong := _wrong_body(found, record.payload, record.header("Content-Encoding"))) is not None:
        return wrong
    return Opened(
        url=record.url,
        captured_at=record.date,
        status=record.status or 200,
        headers=tuple((name, value) for name, value in record.headers if name.lower() != "transfer-encoding"),
        body=record.payload,
    )


def _refused(status: int) -> BadCapture | None:
    if 300 <= status < 400:
        return BadCapture("redirect", f"the web archive leads elsewhere (HTTP {status})")
    return None if status in SHOWN else BadCapture("not-there", f"HTTP {status}")


def _wrong_body(found: FoundCapture, body: bytes, encoding: str | None) -> BadCapture | None:
    if is_body_of(found.digest, body, decode_body(body, encoding)) is False:
        return BadCapture("digest", f"its body is not the one that the index names ({found.digest})")
    return None


def _first(lines: Sequence[tuple[str, str]], name: str) -> str | None:
    return next((value for key, value in lines if key.lower() == name), None)
