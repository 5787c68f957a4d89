"""Bytes to an HTML tree: the one place where a page's encoding is decided and control characters are removed.

Also here: what is told from a page's bytes without a tree.
"""

import re
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from w3lib.encoding import html_to_unicode, resolve_encoding, to_unicode
from w3lib.html import get_meta_refresh

from kickcrawl.article import PageSource
from kickcrawl.page.charset import charset_of

# Control characters show nothing, but they end strings in C, are used as separators here, and move a terminal's cursor.
# Vertical tab and form feed are white space that lxml does not treat as such.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r")) + b"\x7f"
_SPACES = bytes.maketrans(b"\v\f", b"  ")
_C1 = re.compile(rb"\xc2([\x80-\x9f])")  # U+0080 to U+009F in UTF-8: Windows-1252 is meant, as with &#146;
# Each element is a plain HtmlElement. lxml.html has classes of their own for forms and their fields, which nobody here
# needs; it chooses them in Python, again for each element of each pass over a tree: a fifth of all time of a reading.
_CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
_HEAD_LENGTH = 4096  # bytes at a page's beginning that hold its doctype and meta refresh
# A page that holds nothing but a script of one statement, which sends the browser elsewhere.
_MAX_SENDING_LENGTH = 4096  # bytes of such a page
_MAX_SAID_LENGTH = 80  # characters: "You are being redirected"
_SENDS = re.compile(
    rb"<script[^>]*>\s*(?:<!--|//\s*<!\[CDATA\[)?\s*(?:(?:window|document|self|top)\.)?location(?:\.href)?\s*"
    rb"(?:=\s*|\.(?:replace|assign)\(\s*)(?:\"([^\"<>]+)\"|'([^'<>]+)')\s*\)?\s*;?\s*(?://)?\s*(?:-->|\]\]>)?\s*</script>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(rb"<!--.*?-->|<(script|style|noscript|title)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_MAX_REFRESH_DELAY = 5  # seconds; news sites reload their pages after a minute or more


def parse_html(source: PageSource) -> HtmlElement | None:
    """Return the tree of *source*, or None if its bytes hold no HTML, or none that can be read to its end.

    With ``huge_tree``, because tags that are never closed nest a text deeper than 256 elements. libxml2 then stops at
    2,048, and the part that it has read would be taken for the whole page: so such a page is None.
    """
    root, errors = _parsed(source.body)
    if etree.ErrorTypes.ERR_INVALID_ENCODING in errors:  # libxml2 looks at each byte anyway
        root, errors = _parsed(_as_utf8(source))
    return root if etree.ErrorTypes.ERR_RESOURCE_LIMIT not in errors else None


def _parsed(body: bytes) -> tuple[HtmlElement | None, set[int]]:
    """Return the tree of *body*, in UTF-8, or None if it holds no HTML, and the types of the parser's errors."""
    parser = new_parser()
    try:
        shown = body.translate(_SPACES, _CONTROLS)
        if b"\xc2" in shown:
            shown = _C1.sub(_as_meant, shown)
        root = lxml.html.document_fromstring(shown, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    return root if isinstance(root, HtmlElement) else None, {error.type for error in parser.error_log}


def new_parser() -> etree.HTMLParser:
    """Return a parser of HTML in UTF-8 whose trees are made of plain elements, which is quicker to walk."""
    # A table of ids, which would be kept up with each element, serves nobody here.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    parser.set_element_class_lookup(_CLASSES)
    return parser


def _as_utf8(source: PageSource) -> bytes:
    """Return the page's bytes, which are no valid UTF-8, in UTF-8. It wins over a wrong header if few are damaged.

    One character that was cut in two is no reason to read the whole page as Windows-1252. Text in another encoding has
    hardly a sequence that is valid in UTF-8; where the page does not say which, its text does.
    """
    text = source.body.decode("utf-8", errors="replace")
    flaws = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", errors="ignore")) <= 2 * flaws:
        declared, text = html_to_unicode(source.content_type, source.body)
        if resolve_encoding(declared) == "utf-8":  # declared, or not at all
            text = to_unicode(source.body, charset_of(source.body))
    return text.encode("utf-8", errors="replace")


def _as_meant(match: re.Match[bytes]) -> bytes:
    return match[1].decode("cp1252", errors="ignore").encode()


def looks_like_html(source: PageSource) -> bool:
    """Tell whether *source* is HTML, by its content type (none counts as HTML), or by its first bytes."""
    if "html" in (source.content_type or "html").lower():
        return True
    head = source.body[:_HEAD_LENGTH].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"\xef\xbb\xbf<!doctype html", b"\xef\xbb\xbf<html"))


def leads_on(source: PageSource, *, may_stay: bool = False) -> str | None:
    """Return the address that the page redirects to within seconds, by a meta refresh or as all that its script does.

    The page's own address counts only if it *may_stay* there: kickcrawl.answer.sets_new_cookie() tells whether another
    page will come.
    """
    target = _refresh(source) or _sent_by_script(source)
    if target is None or (target == source.url and not may_stay):
        return None
    return target if urlsplit(target).scheme in ("http", "https") else None


def _refresh(source: PageSource) -> str | None:
    head = source.body[:_HEAD_LENGTH]
    if b"refresh" not in head.lower():
        return None
    delay, target = get_meta_refresh(head.decode("latin-1"), source.url, "latin-1")
    if target is None or delay is None or delay > _MAX_REFRESH_DELAY:
        return None
    return str(target)


def _sent_by_script(source: PageSource) -> str | None:
    if len(source.body) > _MAX_SENDING_LENGTH or (found := _SENDS.search(source.body)) is None:
        return None
    if source.body.lower().count(b"<script") > 1 or len(_UNSEEN.sub(b"", source.body).strip()) > _MAX_SAID_LENGTH:
        return None
    written: bytes = found[1] or found[2]
    try:
        return urljoin(source.url, written.decode("latin-1").strip())
    except ValueError:
        return None
