"""Web archives on loopback in the forms of the Wayback Machine and of Common Crawl, made of a WARC file.

with serving_archive(warc) as served:
    served.wayback, served.commoncrawl, served.hits, served.faults[url] = "digest"
"""

import base64
import gzip
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

from archive.warc.files import Damage
from archive.warc.records import Record, encode
from archive.warc.scan import scan
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.page.encodings import decode_body

CRAWL = "CC-MAIN-2026-47"
FILE = f"crawl-data/{CRAWL}/segments/1/warc/{CRAWL}-00000.warc.gz"
PAGE = 7  # lines of a page of an index: the rest is asked for


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A page that a web archive has, and where its record stands in Common Crawl's file."""

    url: str
    stamp: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    offset: int = 0
    length: int = 0

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.body).digest()).decode()


@dataclass(kw_only=True)
class ServedArchive:
    """The archive as it is served; *faults*: what goes wrong with a page or an index, by its address or name."""

    base: str
    pages: list[Kept]
    file: bytes
    faults: dict[str, str] = field(default_factory=dict)
    hits: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    robots: str = ""

    @property
    def wayback(self) -> dict[str, str]:
        return {"wayback": self.base}

    @property
    def commoncrawl(self) -> dict[str, str]:
        return {"commoncrawl_index": self.base, "commoncrawl_data": self.base}

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Return the answer to a request as (status, header lines, body)."""
        self.hits.append(path)
        self.agents.add(headers.get("user-agent", ""))
        parts = urlsplit(path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.robots.encode()
        if parts.path == "/cdx/search/cdx":
            return self._wayback_index(asked)
        if parts.path.startswith("/web/"):
            stamp, _, url = path.removeprefix("/web/").partition("id_/")
            return self._replay(stamp, url)
        if parts.path == "/collinfo.json":
            crawl = {"id": CRAWL, "cdx-api": f"{self.base}/{CRAWL}-index", "to": "2026-12-01T00:00:00"}
            old = {"id": "CC-MAIN-2019-13", "cdx-api": f"{self.base}/CC-MAIN-2019-13-index"}
            return 200, {}, json.dumps([crawl, old]).encode()
        if parts.path == f"/{CRAWL}-index":
            return self._commoncrawl_index(asked)
        return self._range(headers) if parts.path == f"/{FILE}" else (404, {}, b'{"message": "No Captures found for"}')

    def _wayback_index(self, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if (fault := self.faults.get("index")) is not None:
            return self._broken_index(fault)
        first = int(asked.get("resumeKey", "!0").rpartition("!")[2])
        some = self.pages[first : first + PAGE]
        names = {"timestamp": "stamp", "original": "url", "digest": "digest"}
        fixed = {"mimetype": "text/html", "statuscode": "200"}
        fields = asked["fl"].split(",")
        rows: list[Any] = [fields] if some else []
        rows += [[fixed.get(name) or getattr(page, names[name]) for name in fields] for page in some]
        if first + PAGE < len(self.pages):
            rows += [[], [quote_plus(f"x,y)/ 2026!{first + PAGE}")]]
        return 200, {"Content-Type": "application/json"}, json.dumps(rows).encode()

    def _commoncrawl_index(self, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if (fault := self.faults.get("index")) is not None:
            return self._broken_index(fault)
        if "showNumPages" in asked:
            return 200, {}, json.dumps({"pages": -(-len(self.pages) // PAGE), "pageSize": 1, "blocks": 1}).encode()
        first = int(asked["page"]) * PAGE
        lines = [
            {
                "urlkey": page.url, "timestamp": page.stamp, "url": page.url, "mime": "text/html", "status": "200",
                "digest": page.digest, "length": str(page.length), "offset": str(page.offset), "filename": FILE,
            }
            for page in self.pages[first : first + PAGE]
        ]  # fmt: skip
        return 200, {}, "".join(json.dumps(line) + "\n" for line in lines).encode()

    def _broken_index(self, fault: str) -> tuple[int, dict[str, str], bytes]:
        return (int(fault), {}, b"") if fault.isdecimal() else (200, {}, b'[["timestamp", "original"], ["2026')

    def _replay(self, stamp: str, url: str) -> tuple[int, dict[str, str], bytes]:
        found = next((page for page in self.pages if (page.stamp, page.url) == (stamp, url)), None)
        fault = self.faults.get(url, "") if found is not None else "404"
        if fault.startswith("429"):
            del self.faults[url]
            return 429, {"Retry-After": "300" if fault == "429 long" else "1"}, b"slow down"
        if found is None or fault.isdecimal():
            lines = {"Location": f"/web/20200101000000id_/{url}"} if fault.startswith("3") else {}
            return int(fault), lines, b""
        body = found.body[:-40] + b"x" * 40 if fault == "digest" else found.body
        kind = next((value for name, value in found.headers if name.lower() == "content-type"), "text/html")
        original = {f"X-Archive-Orig-{name}": value for name, value in found.headers}
        if fault == "noarchive":
            original["X-Archive-Orig-X-Robots-Tag"] = "noarchive"
        return 200, {**original, "Content-Type": kind}, body

    def _range(self, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        first, last = map(int, headers["range"].removeprefix("bytes=").split("-"))
        found = next(page for page in self.pages if page.offset == first)
        record = self.file[first : last + 1]
        match self.faults.get(found.url):
            case "half":
                return 206, {}, record[: len(record) // 2]
            case "whole-file":
                return 200, {}, self.file
            case "digest":
                other = gzip.compress(gzip.decompress(record)[:-44] + b"x" * 40 + b"\r\n\r\n")[: len(record)]
                return 206, {}, other.ljust(len(record), b"\0")
            case str(status):
                return int(status), {}, b""
        return 206, {"Content-Range": f"bytes {first}-{last}/{len(self.file)}"}, record


@contextmanager
def serving_archive(warc: Path) -> Iterator[ServedArchive]:
    """Serve the pages in *warc*, as both kinds of web archives do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    pages, file = _read(warc)
    served = ServedArchive(base=f"http://127.0.0.1:{server.server_address[1]}", pages=pages, file=file)
    server.served = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _read(warc: Path) -> tuple[list[Kept], bytes]:
    """Return the pages in *warc* and Common Crawl's file of them: bodies without their encoding, as it keeps them."""
    pages, file = [], b""
    for found in scan(warc):
        if isinstance(found, Damage) or found.record.kind != "response" or found.record.status != 200:
            continue
        if "html" not in (found.record.header("Content-Type") or ""):
            continue
        plain = _plain(found.record)
        data = encode(plain)
        stamp = plain.date[:19].translate(str.maketrans("", "", "-:T"))
        pages.append(
            Kept(
                url=plain.url,
                stamp=stamp,
                body=plain.payload,
                headers=plain.headers,
                offset=len(file),
                length=len(data),
            )  # fmt: skip
        )
        file += data
    return sorted(pages, key=lambda page: (page.url, page.stamp)), file


def _plain(record: Record) -> Record:
    body = decode_body(record.payload, record.header("Content-Encoding"))
    lines = tuple((name, value) for name, value in record.headers if name.lower() != "content-encoding")
    fields = {**record.fields, "WARC-Payload-Digest": bytes_digest(body)}
    return replace(record, payload=body, headers=lines, fields=fields)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, lines, body = self.server.served.answer(self.path, headers)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in {**lines, "Content-Length": str(len(body))}.items():
            if not name.lower().endswith("-orig-content-length"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: ``ServedArchive.hits`` is the log."""
