"""A search as an Atom feed (RFC 4287), newest first, so that a feed reader tells of new articles: pure."""

import re

from lxml import etree

from archive.query.hits import Hit

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00+00:00"  # the standard wants a time even where the outlet names none


def atom(site: str, query: str, query_string: str, hits: list[Hit]) -> bytes:
    """Return the feed for *query*, whose pages stand at *site*; ids stay the same wherever it is served."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml-stubs know no default
    _add(feed, "title", f"Archive: {query}" if query else "Archive")
    _add(feed, "id", f"urn:x-kickcrawl:search:{query_string}")
    _add(feed, "updated", max((hit.published_at or _NEVER for hit in hits), default=_NEVER))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site}/search.atom?{query_string}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{site}/search?{query_string}")
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "kickcrawl")
    for hit in hits:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", hit.title)
        _add(entry, "id", f"urn:x-kickcrawl:article:{hit.id}")
        _add(entry, "updated", hit.published_at or _NEVER)
        if hit.published_at:
            _add(entry, "published", hit.published_at)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{site}/article/{hit.id}")
        _add(entry, "link", rel="via", href=hit.url)
        _add(entry, "summary", hit.snippet)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> None:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {k: _NOT_XML.sub(" ", v) for k, v in attributes.items()})
    child.text = _NOT_XML.sub(" ", text) if text is not None else None
