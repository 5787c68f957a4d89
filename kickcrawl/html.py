"""Bytes to an HTML tree: the one place where a page's encoding is decided."""

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from kickcrawl.article import PageSource


def parse_html(source: PageSource) -> HtmlElement | None:
    """Return the tree of *source*, or None if its bytes hold no HTML. UTF-8 that is valid beats a wrong header."""
    try:
        text = source.body.decode("utf-8")
    except UnicodeDecodeError:
        _, text = html_to_unicode(source.content_type, source.body)
    try:
        root = lxml.html.document_fromstring(
            text.replace("\0", "").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root, HtmlElement) else None
