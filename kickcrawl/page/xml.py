"""Bytes to an XML tree, as seeds send them: damaged, wrongly labelled, hostile. Entities, DTDs and network are off."""

from lxml import etree


def parse_xml(body: bytes) -> etree._Element | None:
    """Return the root of *body*, with as much as can be read of it; None if it is no XML.

    Valid UTF-8 wins over a wrong declaration, as on pages. libxml2 itself limits the depth (256 elements) and the
    length of a text (10 MB). Entities are never expanded.
    """
    data = body.strip().removeprefix(b"\xef\xbb\xbf")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, encoding=_encoding(data)
    )
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _encoding(data: bytes) -> str | None:
    """Return "utf-8" if *data* is that; None where its byte order mark or its declaration must decide."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\0" in data[:4] else "utf-8"  # UTF-16 of plain letters is valid UTF-8, too
