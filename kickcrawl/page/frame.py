"""Tell a page that is a frame, empty until a script fills it in the reader's browser."""

from lxml.html import HtmlElement

from kickcrawl.article import PageSource
from kickcrawl.page.blocks import text_of
from kickcrawl.page.elements import SILENT
from kickcrawl.page.html import parse_html

NEEDS_SCRIPT = "empty until JavaScript fills it"  # detail of a rejection
MAX_WORDS = 25  # outside of menus and links: "Loading", an imprint
MAX_WAITING_WORDS = 3  # in the element that the script fills: "Loading …"
MAX_BYTES = 1 << 20  # of a frame, with the data that its scripts may bring along
MAX_ELEMENTS = 5_000  # of a frame; more are a page
_ASIDE = frozenset((*SILENT, "a", "nav", "header", "footer", "aside"))
_DATA_SCRIPTS = ("application/ld+json", "application/json", "text/template")


def is_frame(source: PageSource) -> bool:
    """Tell whether *source* has a script and an element for it to fill, and next to no words of its own.

    That element is empty, or has an id and holds a word or two for the meantime.

    >>> is_frame(PageSource(url="https://a.example/1", body=b"<div id=x></div><script src=/x.js></script>"))
    True
    """
    root = parse_html(source) if len(source.body) <= MAX_BYTES else None
    body = next(root.iter("body"), None) if root is not None else None
    if root is None or body is None:
        return False
    elements = [node for node, _ in zip(body.iter(), range(MAX_ELEMENTS + 1), strict=False)]
    if len(elements) > MAX_ELEMENTS or not any(_runs(node) for node in root.iter("script")):
        return False
    is_awaited = any(node.tag in ("div", "main", "section", "article") and _awaits(node) for node in elements)
    return is_awaited and not _has_headline(body) and _words(body) <= MAX_WORDS


def _runs(script: HtmlElement) -> bool:
    kind = (script.get("type") or "").lower()
    return kind not in _DATA_SCRIPTS and bool(script.get("src") or script.text)


def _awaits(node: HtmlElement) -> bool:
    words = (node.text or "").split()
    return len(node) == 0 and len(words) <= (MAX_WAITING_WORDS if node.get("id") else 0)


def _has_headline(body: HtmlElement) -> bool:
    """Tell whether *body* has a headline beside its header: what is empty before its script has run has none."""
    return any(
        text_of(node).strip() and next(node.iterancestors("header", "nav", "noscript"), None) is None
        for node in body.iter("h1")
    )


def _words(node: HtmlElement) -> int:
    """Return how many words stand in *node* outside of what is set aside, without recursion into it."""
    count, waiting = len((node.text or "").split()), [node]
    while waiting:
        for child in waiting.pop():
            count += len((child.tail or "").split())
            if isinstance(child.tag, str) and child.tag not in _ASIDE:
                count += len((child.text or "").split())
                waiting.append(child)
    return count
