"""Records for replay tools: payloads without the encodings that those cannot undo, and lines that say what was done.

    Content-Encoding: zstd       ->   X-Archive-Orig-Content-Encoding: zstd
    Content-Length: 812          ->   X-Archive-Orig-Content-Length: 812, Content-Length: 4096

The new record has an id of its own, made from the old one's, and names the record and the digest as they were captured.
Replay tools read gzip and br; others' bodies they show as they came, which no reader can read.
"""

import gzip
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from archive.warc.records import MAX_RECORD, Record
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.page.encodings import decode_body

ENCODINGS = frozenset(("gzip", "br"))  # that pywb 2.10 and ReplayWeb.page 2.5 undo
DECODED_FROM = "Kickcrawl-Decoded-From"  # field: id of the record as it was captured
ENCODED_DIGEST = "Kickcrawl-Encoded-Digest"  # field: digest of its payload, which was encoded
_DIGEST, _ID = "WARC-Payload-Digest", "WARC-Record-ID"
_MOVED = frozenset(("content-encoding", "content-length"))


def encoding_of(record: Record) -> str:
    """Return the encodings that the record's header lines name, in the order of their use, as one line."""
    return ", ".join(value for name, value in record.headers if name.lower() == "content-encoding").strip().lower()


def is_readable(record: Record) -> bool:
    """Tell whether replay tools can undo the record's encoding."""
    return encoding_of(record) in {"", *ENCODINGS}


def without_encoding(record: Record) -> Record:
    """Return a response as it is after decoding; a body that is not what its header says stays as it came."""
    payload = decode_body(record.payload, encoding_of(record), MAX_RECORD) or record.payload
    return _changed(record, payload, bytes_digest(payload))


def refer_to_decoded(record: Record, digest: str) -> Record:
    """Return a revisit whose payload an earlier record holds decoded, with the *digest* that it has there."""
    return _changed(record, b"", digest)


def ask_for(request: bytes, answer: Record, changed: Record) -> bytes:
    """Return the compressed *request* of *answer* as that of the record which took its place."""
    before, after = (f"WARC-Concurrent-To: {one.fields[_ID]}\r\n".encode() for one in (answer, changed))
    return gzip.compress(gzip.decompress(request).replace(before, after, 1), mtime=0)


def _changed(record: Record, payload: bytes, digest: str) -> Record:
    headers = [(f"X-Archive-Orig-{name}" if name.lower() in _MOVED else name, value) for name, value in record.headers]
    if record.kind == "response":
        headers.append(("Content-Length", str(len(payload))))
    identifier = record.fields[_ID]
    fields = dict(record.fields) | {
        _ID: f"<{uuid5(NAMESPACE_URL, f'{identifier} decoded').urn}>",
        DECODED_FROM: identifier,
        ENCODED_DIGEST: record.fields[_DIGEST],
        _DIGEST: digest,
    }
    return replace(record, fields=fields, headers=tuple(headers), payload=payload)
