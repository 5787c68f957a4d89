"""What may be kept of an exchange: all of it, or no body where the answer says noarchive, built by a browser or not."""

from dataclasses import replace

import pytest

from archive.warc.records import WITHHELD, Exchange, decode, encode_exchange
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.statement import read_statement
from spiders.network.capture import allowed

SAID = b"<html><head><meta name='robots' content='noarchive'></head><body><p>Rahasia</p></body></html>"
SILENT = SAID.replace(b"noarchive", b"index")
BY_HEADER = (("X-Robots-Tag", "kickcrawl: noarchive"), ("Content-Type", "text/html"))


def exchange(body: bytes, **more: object) -> Exchange:
    asked = {"url": "https://warta.example/a", "fetched_at": "2025-07-14T01:00:00+00:00", "status": 200}
    return Exchange(body=body, digest=bytes_digest(body), **asked | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "withheld"),
    [
        (exchange(SILENT), None),
        (exchange(SAID), "meta: robots: noarchive"),
        (exchange(SAID, is_dom=True), "meta: robots: noarchive"),
        (exchange(SILENT, headers=BY_HEADER), "header: robots (kickcrawl): noarchive"),
        (exchange(b"", status=304, headers=BY_HEADER), "header: robots (kickcrawl): noarchive"),
        (replace(exchange(SAID), url="https://warta.example/ai.txt"), None),
    ],
    ids=["silent", "by a tag", "in a built page", "by a header line", "not modified", "a file for robots"],
)
def test_body_is_kept_unless_the_answer_forbids_it(given: Exchange, withheld: str | None) -> None:
    kept, statement = allowed(given)
    assert (str(statement) if statement else None) == withheld
    record = decode(encode_exchange(kept, "<urn:uuid:0>")[0])
    if withheld is None:
        assert (kept, record.payload) == (given, given.body)
        return
    assert read_statement(record.fields[WITHHELD]) == statement
    assert (record.payload, record.status, record.problems) == (b"", given.status, ())
    assert record.header("X-Robots-Tag") == dict(given.headers).get("X-Robots-Tag")
