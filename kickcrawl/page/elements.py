"""Tell what an element does to the text around it: whether it parts it, stands in it, or is not shown as text at all.

HTML lists the elements that part a text. Whatever is not on that list - marks, components of a site's own, what a word
processor left behind - stands inside a sentence wherever there is a sentence for it to stand in.
"""

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# The marks that HTML knows, and those that it knew. They never part a text.
INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math meter output q rb "
        "ruby s samp small span strike strong sub sup time tt u var wbr nobr"
    ).split()
)
_BLOCKS = HEADINGS | frozenset(
    (
        "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form header hgroup hr html legend li listing main menu nav ol optgroup p "
        "plaintext pre progress search section summary table tbody td tfoot th thead tr ul xmp amp-img"
    ).split()
)
# Elements that hold one line of text; an unknown element in one of them is a part of that line.
_LINES = INLINE | HEADINGS | frozenset(("p", "dt", "summary", "figcaption", "legend", "pre"))
# Not shown as text; the readings of ruby repeat what they stand over.
SILENT = frozenset(
    (
        "area audio base button canvas embed form frame frameset head iframe img input link map meta noscript "
        "object option param picture rp rt script select source style svg template textarea title track video"
    ).split()
)
_TEXT: Any = etree.XPath("string()", smart_strings=False)


def is_inline(node: HtmlElement) -> bool:
    """Tell whether *node* stands inside a line of text, so that it parts no words from one another.

    An element that HTML does not know is inline in a line of text, and beside text; else it is a box.
    """
    tag = node.tag
    if tag in INLINE:
        return True
    if tag in _BLOCKS or tag in SILENT:
        return False
    parent = node.getparent()
    if parent is None or next(node.iterdescendants(*_BLOCKS), None) is not None:
        return False
    return parent.tag in _LINES or bool(_stripped(node.tail)) or bool(_stripped(parent.text))


def is_silent(node: HtmlElement) -> bool:
    """Tell whether nothing of *node* is text: by its element; signs that only scripts and links have a use for.

    A button in a heading is its text: a question that opens its answer.
    """
    tag = node.tag
    if tag in SILENT:
        return tag != "button" or not is_heading_button(node)
    if tag == "a":
        return "#" in (node.get("href") or "") and not re.search(r"\w", _TEXT(node))
    if tag in _BLOCKS:
        return False
    return node.get("aria-hidden") == "true" and len(node) == 0 and not re.search(r"\w", node.text or "")


def is_heading_button(node: HtmlElement) -> bool:
    """Tell whether the button *node* stands in a heading, or in the line that opens a ``details`` element."""
    if not re.search(r"\w", _TEXT(node)):
        return False  # a sign: a plus, a link to the heading itself
    return next(node.iterancestors("summary", *HEADINGS), None) is not None


def _stripped(text: str | None) -> str:
    return (text or "").strip()
