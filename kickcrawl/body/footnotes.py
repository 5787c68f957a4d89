"""Take the marks of footnotes out of a text: they are links, not words of it, and run into the figure before them.

In: the article's part of the tree, changed in place. A mark is a link of a sign or two to a place on the same page that
is raised or has a mark's role, "Rp50<sup><a href="#catatan-1">1</a></sup> juta", or one in square brackets, raised or
such a link, as word processors write it; the way back is a lone arrow at the end of the note. The notes themselves
stay: they are the newsroom's words.
"""

import re
from itertools import islice
from urllib.parse import urldefrag

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.cuts import Cuts

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})[\])]?|\[[^\[\]]{1,10}\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?:\d{1,3}|[a-z]|[ivx]{1,5})\]", re.IGNORECASE)
_POINT = re.compile(r"\s*[.,;:!?]")
_BACK = re.compile(r"[\s\ufe0e\ufe0f]*[↩↑⤴⏎^][\s\ufe0e\ufe0f]*(?:\d{0,3})")


def drop_note_marks(scope: HtmlElement, url: str, cuts: Cuts) -> None:
    """Drop the marks of footnotes below *scope*, part of the page at *url*, and the arrows that lead back to them."""
    for link in [node for node in scope.iterdescendants("a") if "#" in node.get("href", "")]:
        page, fragment = urldefrag(link.get("href") or "")
        if not fragment or page not in ("", urldefrag(url)[0]) or link.getparent() is None:
            continue
        raised = next(link.iterancestors("sup"), None)
        text = fold(text_of(link))
        whole = raised if raised is not None else link
        noted = next((node for node in (link, *islice(link.iterancestors("span"), 1)) if _is_reference(node)), None)
        whole = noted if raised is None and noted is not None else whole
        is_raised = raised is not None or noted is not None or link.find("sup") is not None
        if (is_raised and _MARK.fullmatch(fold(text_of(whole)))) or (_BRACKETED.fullmatch(text) and _is_behind(link)):
            cuts.drop(whole, "note mark")
        elif _BACK.fullmatch(text):
            cuts.drop(link, "note mark")
    for raised in [node for node in scope.iterdescendants("sup") if _BRACKETED.fullmatch(fold(text_of(node)))]:
        if _POINT.match(raised.tail or ""):
            _strip_before(raised)
        cuts.drop(raised, "note mark")


def _is_reference(node: HtmlElement) -> bool:
    return "noteref" in (node.get("role") or "")


def _strip_before(node: HtmlElement) -> None:
    """Take away the space before *node*: without it, a full stop would stand behind a space."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()


def _is_behind(link: HtmlElement) -> bool:
    """Tell whether *link* stands behind a word of its line: before the first one it numbers the note itself."""
    before, parent = link.getprevious(), link.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return bool(fold(text or ""))
