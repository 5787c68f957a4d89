"""Bytes to an XML tree, as seeds send them: damaged, wrongly labelled, hostile. No entity, no DTD, no network."""

from lxml import etree


def parse_xml(body: bytes) -> etree._Element | None:
    """Return the root of *body*, as much of it as can be read; None if it is no XML.

    UTF-8 that is valid beats a wrong declaration, as on pages. libxml2 itself bounds depth (256) and the length of a
    text (10 MB); what entities stand for is never put in.
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
    """Return UTF-8 if *data* is that; None where its own mark or declaration must tell."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\0" in data[:4] else "utf-8"  # UTF-16 of plain letters is valid UTF-8, too
