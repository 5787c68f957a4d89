"""Exchanges to write into WARC files, each with a body of its own."""

import os

from archive.warc.records import Exchange
from kickcrawl.fingerprint import bytes_digest

INFO = {"software": "kickcrawl/0"}


AT = "2025-07-14T01:00:00+00:00"


def exchange(number: int, size: int = 40) -> Exchange:
    body = f"Berita {number}. ".encode() + os.urandom(size)
    url = f"https://warta.example/{number}"
    return Exchange(url=url, fetched_at=AT, status=200, body=body, digest=bytes_digest(body))
