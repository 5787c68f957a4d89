"""Read an element as one line of text, as a reader sees it: what stands under each other on the page is parted.

In: an element. Out: its words, folded; whether a line ends as a sentence does. ``text_content`` writes
"RoyongPerbaiki" where a headline has two lines.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import SILENT

# The elements that begin a line of their own.
BLOCKS = frozenset(
    (
        "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
        "h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul"
    ).split()
)
_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]*$")
_MAX_DEPTH = 100  # of elements within each other that are read


def line_of(node: HtmlElement) -> str:
    """Return the text in *node* as one line.

    >>> import lxml.html
    >>> line_of(lxml.html.fragment_fromstring("<h1><div>Warga</div>perbaiki<br>irigasi</h1>"))
    'Warga perbaiki irigasi'
    """
    if len(node) == 0:
        return fold(node.text or "")
    return fold("".join(_pieces(node, 0)))


def ends_as_sentence(text: str, min_length: int) -> bool:
    """Tell whether *text* ends with a full stop or its like, *min_length* characters or more behind its first word.

    >>> ends_as_sentence("Warga perbaiki irigasi.", 15)
    True
    """
    # Two searches, since one pattern for both would try every word with the end: minutes for a long line without one.
    end = _SENTENCE_END.search(text)
    return end is not None and _WORD.search(text, 0, max(0, end.start() - min_length)) is not None


def _pieces(node: HtmlElement, depth: int) -> Iterator[str]:
    yield node.text or ""
    before: HtmlElement | None = None
    for child in node:
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT and depth < _MAX_DEPTH and not _is_anchor(child):
            parts = tag in BLOCKS or (before is not None and _are_lines(before, child))
            text = "".join(_pieces(child, depth + 1))
            yield f" {text} " if parts else text
        before = child if isinstance(tag, str) else before
        yield child.tail or ""


def _is_anchor(node: HtmlElement) -> bool:
    """Tell whether *node* is the sign behind a heading or a caption by which a reader gets its address: "¶", "#"."""
    if node.tag != "a" or not (node.get("href") or "").startswith("#"):
        return False
    return _WORD.search(text_of(node)) is None


def _are_lines(one: HtmlElement, other: HtmlElement) -> bool:
    """Tell whether two elements that touch are two lines by their style: a word ends in the one, a new one begins.

    Of "<span>Gotong Royong</span><span>Perbaiki</span>" a reader sees two lines; "<span>W</span><span>arga</span>" is
    one word with a large initial.
    """
    if one.tail:
        return False
    ends, begins = text_of(one), text_of(other)
    return len(ends) > 1 and ends[-1:].islower() and begins[:1].isupper()
