"""Records that replay tools can read, and lines in them that say what was done.

    Content-Encoding: zstd       ->   X-Archive-Orig-Content-Encoding: zstd
    Content-Length: 812          ->   X-Archive-Orig-Content-Length: 812, Content-Length: 4096

Replay tools decode gzip and br; other encodings they show as raw bytes, so such records are decoded here. A
changed record has a new id, derived from the old one, and names the id and the digest that were captured.
"""

import gzip
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from archive.warc.records import MAX_RECORD, Record
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.page.encodings import decode_body

ENCODINGS = frozenset(("gzip", "br"))  # that pywb 2.10 and ReplayWeb.page 2.5 undo
CHANGED_FROM = "Kickcrawl-Changed-From"  # field: id of the record as it was captured
CAPTURED_DIGEST = "Kickcrawl-Captured-Digest"  # field: digest of the payload as it was captured
_DIGEST, _ID = "WARC-Payload-Digest", "WARC-Record-ID"
_OF_REVISIT = frozenset(("WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"))
_MOVED = frozenset(("content-encoding", "content-length"))


def is_readable(record: Record) -> bool:
    """Tell whether replay tools can undo the record's encoding."""
    return _encoding(record) in {"", *ENCODINGS}


def without_encoding(record: Record) -> Record:
    """Return a response as it is after decoding; a body that is not what its header says stays as it came."""
    payload = decode_body(record.payload, _encoding(record), MAX_RECORD) or record.payload
    return _changed(record, bytes_digest(payload), payload, is_decoded=True)


def refer_to(record: Record, digest: str) -> Record:
    """Return a revisit of a payload that was decoded and has that *digest* now."""
    return _changed(record, digest, b"", is_decoded=True)


def with_payload_of(record: Record, original: Record) -> Record:
    """Return a revisit as the response that it stands for, with the payload of *original*, which can be read."""
    fields = {name: value for name, value in record.fields.items() if name not in _OF_REVISIT}
    response = replace(record, kind="response", fields=fields)
    return _changed(response, bytes_digest(original.payload), original.payload, is_decoded=not _encoding(original))


def request_of(request: bytes, answer: Record, changed: Record) -> bytes:
    """Return the compressed *request* of *answer*, changed to name the record *changed* that replaces *answer*."""
    before, after = (f"WARC-Concurrent-To: {one.fields[_ID]}\r\n".encode() for one in (answer, changed))
    return gzip.compress(gzip.decompress(request).replace(before, after, 1), mtime=0)


def _encoding(record: Record) -> str:
    """Return the encodings that the record's header lines name, in the order of their use."""
    return ", ".join(value for name, value in record.headers if name.lower() == "content-encoding").strip().lower()


def _changed(record: Record, digest: str, payload: bytes, *, is_decoded: bool) -> Record:
    identifier, headers = record.fields[_ID], list(record.headers)
    if is_decoded:
        headers = [(f"X-Archive-Orig-{name}" if name.lower() in _MOVED else name, value) for name, value in headers]
        headers += [("Content-Length", str(len(payload)))] if record.kind == "response" else []
    fields = dict(record.fields) | {
        _ID: f"<{uuid5(NAMESPACE_URL, f'{identifier} changed').urn}>",
        CHANGED_FROM: identifier,
        CAPTURED_DIGEST: record.fields[_DIGEST],
        _DIGEST: digest,
    }
    return replace(record, fields=fields, headers=tuple(headers), payload=payload)
