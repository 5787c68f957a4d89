"""Bytes to an HTML tree: the one place where a page's encoding is decided. And what can be told without a tree."""

from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode
from w3lib.html import get_meta_refresh

from kickcrawl.article import PageSource

_HEAD = 4096  # bytes in which a page says what it is
_AT_ONCE = 5  # seconds; news sites reload their pages after a minute or more


def parse_html(source: PageSource) -> HtmlElement | None:
    """Return the tree of *source*, or None if its bytes hold no HTML. UTF-8 that is valid beats a wrong header."""
    try:
        text = source.body.decode("utf-8")
    except UnicodeDecodeError:
        _, text = html_to_unicode(source.content_type, source.body)
    try:
        root = lxml.html.document_fromstring(
            # huge_tree: 2,048 levels of elements instead of 256; the size of the body is bounded where it is fetched.
            text.replace("\0", "").encode(),
            parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root, HtmlElement) else None


def looks_like_html(source: PageSource) -> bool:
    """Tell whether *source* is to be read as HTML: by its content type, or by its first bytes where that is wrong."""
    if "html" in (source.content_type or "html").lower():
        return True
    head = source.body[:_HEAD].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"\xef\xbb\xbf<!doctype html", b"\xef\xbb\xbf<html"))


def leads_on(source: PageSource) -> str | None:
    """Return the web address that the page leads a reader on to by itself at once, or None."""
    head = source.body[:_HEAD]
    if b"refresh" not in head.lower():
        return None
    delay, target = get_meta_refresh(head.decode("latin-1"), source.url, "latin-1")
    if target is None or delay is None or delay > _AT_ONCE or target == source.url:
        return None
    return target if urlsplit(target).scheme in ("http", "https") else None
