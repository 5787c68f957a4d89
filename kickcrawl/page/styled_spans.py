"""Tell what the style of a span makes of it: a box like any other, or a few letters that nobody sees.

In: a span, which becomes a ``div`` where it is shown as a box. Out: whether it is short and not shown: a key to sort
by, a mark against copying. A longer one is the rest of a text, which a reader can open.
"""

import re

from lxml.html import HtmlElement

from kickcrawl.page.blocks import text_of

_BOX = re.compile(r"display:\s*block")
_NOT_SHOWN = re.compile(r"display:\s*none")
_MAX_UNSEEN_LENGTH = 40  # characters


def is_unseen(span: HtmlElement) -> bool:
    """Tell whether *span* holds a few letters that are not shown; make a box of one that is shown as such."""
    style = span.get("style") or ""
    if _BOX.search(style):
        span.tag = "div"
    return _NOT_SHOWN.search(style) is not None and len(text_of(span)) < _MAX_UNSEEN_LENGTH
