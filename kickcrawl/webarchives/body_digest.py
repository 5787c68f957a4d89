"""Whether a body is the one that an index of a web archive names: SHA-1 in base 32, or SHA-256 in hex."""

import base64
import hashlib
import re

_SHA1 = re.compile(r"(?:sha1:)?([A-Z2-7]{32})", re.IGNORECASE)
_SHA256 = re.compile(r"sha256:([0-9a-f]{64})", re.IGNORECASE)


def is_body_of(digest: str | None, *bodies: bytes) -> bool | None:
    """Tell whether one of *bodies* (a body as it came, and without its encoding) has *digest*; None if nobody can tell.

    >>> is_body_of("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), is_body_of("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"padi")
    (True, False)
    """
    if found := _SHA1.fullmatch(digest or ""):
        return found[1].upper() in {base64.b32encode(hashlib.sha1(body).digest()).decode() for body in bodies}
    if found := _SHA256.fullmatch(digest or ""):
        return found[1].lower() in {hashlib.sha256(body).hexdigest() for body in bodies}
    return None
