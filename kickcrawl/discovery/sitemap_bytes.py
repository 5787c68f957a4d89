"""The bytes of a sitemap to an XML tree, as servers spell and spoil it: packed twice, behind a notice, inside of a
page, cut off in the middle.

In: a body. Out: a Tree, which tells whether all of the file is in it; None where no list is inside.
"""

import codecs
import html
import re
import zlib
from dataclasses import dataclass

from lxml import etree

from kickcrawl.errors import SeedError
from kickcrawl.page.encodings import MAX_BODY_BYTES
from kickcrawl.page.xml import parse_xml

MAX_BYTES = MAX_BODY_BYTES  # unpacked; sitemaps.org allows 50 MB, which nobody was seen to use
_MAX_LAYERS = 3  # of gzip: a file that was packed is packed again by the server, and once more by a cache
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?)(urlset|sitemapindex|rss|feed|rdf)(?=[\s/>])", re.IGNORECASE)
_ESCAPED_ROOT = re.compile(rb"&lt;(?:urlset|sitemapindex|rss|feed)(?=[\s&])", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}\?>")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# An ampersand that begins no entity, as in ?a=1&b=2: libxml2 would drop it with the word behind it. CDATA has its own.
_BARE_AMPERSAND = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:\w{1,32}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A list's XML. *is_broken*: the file goes on, or went on, behind what could be read."""

    root: etree._Element
    is_broken: bool


def unpack(body: bytes) -> tuple[bytes, bool]:
    """Return *body* without its layers of gzip, and whether it was cut off. SeedError where nothing can be unpacked, or
    more than a sitemap may hold."""
    is_cut = False
    for _ in range(_MAX_LAYERS):
        if not body.startswith(_GZIP):
            break
        body, was_cut = _gunzip(body)
        is_cut = is_cut or was_cut
    return body, is_cut


def _gunzip(body: bytes) -> tuple[bytes, bool]:
    """Return all members of a gzip file, as far as they can be read, and whether that is not to the end."""
    data = bytearray()
    while body.startswith(_GZIP):
        machine = zlib.decompressobj(wbits=31)
        try:
            data += machine.decompress(body, MAX_BYTES - len(data) + 1)
        except zlib.error as error:
            if not data:
                raise SeedError("the sitemap's gzip is damaged") from error
            return bytes(data), True
        if len(data) > MAX_BYTES:
            raise SeedError(f"the sitemap unpacks to more than {MAX_BYTES // 1024 // 1024} MiB")
        if not machine.eof:
            if not data:
                raise SeedError("the sitemap's gzip is cut off")
            return bytes(data), True
        body = machine.unused_data
    return bytes(data), False


def read_tree(data: bytes) -> Tree | None:
    """Return the list in *data*, whatever stands before and behind it; None if there is none."""
    data = _in_utf8(data)
    found = _ROOT.search(data)
    if found is None and _ESCAPED_ROOT.search(data):  # shown as text inside of a page
        data = html.unescape(data.decode("utf-8", errors="replace")).encode()
        found = _ROOT.search(data)
    if found is None:
        return None
    declaration = _DECLARATION.search(data[: found.start()])
    inside, is_whole = _until_end(data[found.start() :], found[1] + found[2])
    escaped = _BARE_AMPERSAND.sub(lambda part: b"&amp;" if part[0] == b"&" else part[0], inside)
    root = parse_xml((declaration[0] if declaration else b"") + escaped)
    if root is None:
        return None
    if not is_whole and _ends_inside_entry(inside):
        for last in list(root)[-1:]:
            root.remove(last)
        return Tree(root=root, is_broken=True)
    return Tree(root=root, is_broken=not is_whole or _count(inside, found[1]) > len(root))


def _in_utf8(data: bytes) -> bytes:
    """Return UTF-16 in UTF-8, which parse_xml() believes before any declaration; other encodings as they are."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return data


def _until_end(data: bytes, root: bytes) -> tuple[bytes, bool]:
    """Return *data* until its root's last end tag, and whether there is one."""
    if re.match(rb"<[^<>]*/>", data):
        return data, True
    ends = list(re.finditer(rb"</" + re.escape(root) + rb"\s*>", data, re.IGNORECASE))
    return (data[: ends[-1].end()], True) if ends else (data, False)


def _ends_inside_entry(data: bytes) -> bool:
    """Tell whether *data* breaks off in an entry, whose address may be half of one."""
    closed = max((found.end() for found in re.finditer(rb"</[^<>]{0,40}\b(?:url|sitemap)\s*>", data, re.I)), default=0)
    return re.search(rb"<(?:[\w.-]{1,40}:)?(?:url|sitemap)(?=[\s>])", data[closed:], re.I) is not None


def _count(data: bytes, prefix: bytes) -> int:
    """Return how many entries *data* has by its tags: of a tree that broke in the middle the rest is missing."""
    entries = rb"<" + re.escape(prefix) + rb"(?:url|sitemap)(?=[\s/>])"
    return len(re.findall(entries, _COMMENT.sub(b"", data), re.IGNORECASE))
