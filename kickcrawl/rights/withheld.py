"""Decide from an answer whether its body may be kept: not where it says noarchive to all robots, or to us.

In: header lines and the body as received. Out: the statement that forbids. Pure, and asked of every answer before it is
written down, so that it costs little where nothing forbids. The files in which a site speaks to robots are kept always:
they are the evidence.
"""

import codecs
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from kickcrawl.article import PageSource
from kickcrawl.page.encodings import decode_body
from kickcrawl.page.head_tags import read_head_tags
from kickcrawl.page.html import looks_like_html, parse_html
from kickcrawl.rights.page import header_statements, meta_statements
from kickcrawl.rights.site_files import SITE_FILES
from kickcrawl.statement import FORBIDS_ARCHIVING, Statement

MAX_READ = 512 << 10  # bytes of a decoded body; heads are shorter, and this is not asked in a worker
_WORDS = tuple(word.encode() for word in sorted(FORBIDS_ARCHIVING))
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # a page that the words would not be found in as bytes


def why_withheld(url: str, lines: Sequence[tuple[str, str]], body: bytes) -> Statement | None:
    """Return the first statement that forbids to keep *body*, content-encoded, which *url* answered; None if none does.

    *lines* are the header lines (name, value).
    """
    if urlsplit(url).path in SITE_FILES:
        return None
    return _forbidding(header_statements(lines)) or _in_body(url, {name.lower(): text for name, text in lines}, body)


def _in_body(url: str, lines: dict[str, str], body: bytes) -> Statement | None:
    page = decode_body(body, lines.get("content-encoding"), MAX_READ)[:MAX_READ]
    lower = page.lower()
    if not page.startswith(_WIDE) and not any(word in lower for word in _WORDS):
        return None
    source = PageSource(url=url, body=page, content_type=lines.get("content-type"))
    root = parse_html(source) if looks_like_html(source) else None
    return _forbidding(meta_statements(read_head_tags(root).metas)) if root is not None else None


def _forbidding(statements: Iterable[Statement]) -> Statement | None:
    return next((one for one in statements if one.forbids_archiving), None)
