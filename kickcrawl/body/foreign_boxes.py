"""Cut out of an article's body the boxes that are not of the article: newsletters, polls, players, promotions.

In: the container of the body and what trafilatura took for the text; or the selectors of such boxes, as learned from
other pages of the outlet. A foreign box holds no believed text, and no element with believed text has its selector (tag
and class names). Never boxes, whatever trafilatura says: paragraphs, lists, quotations and tables with all that is in
them; links within a line; and what the house rules take out themselves, since they keep its links to other articles.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from lxml.html import HtmlElement

from kickcrawl.page.blocks import INLINE, Block, read_blocks
from kickcrawl.page.boilerplate import prose_length
from kickcrawl.reading import BoxSelectors

_BOX_TAGS = frozenset("div section aside article header footer details figure".split())
_MIN_BELIEVED_LENGTH = 20  # characters without spaces: shorter text stands in a long one by chance
_MAX_BOX_SHARE = 0.4  # of the body's prose: what holds more is no box
_SPACES = re.compile(r"\s+")


def cut_foreign_boxes(
    body: HtmlElement, found: Sequence[str], is_for_rules: Callable[[list[Block]], bool]
) -> BoxSelectors:
    """Cut the boxes out of *body* that hold nothing of *found*; return the selectors of what was cut and what was not.

    *is_for_rules* tells of a box's blocks that the house rules take all of them out.
    """
    wanted = _squeeze("".join(found))
    own: set[str] = set()
    unknown: list[HtmlElement] = []
    todo = [body]
    while todo:
        for child in todo.pop():
            blocks = read_blocks(child) if _is_box(child) else []
            if any(len(text := _squeeze(block.text)) >= _MIN_BELIEVED_LENGTH and text in wanted for block in blocks):
                own.add(_selector(child))
                todo.append(child)
            elif blocks and "." in _selector(child) and not is_for_rules(blocks):
                unknown.append(child)
    foreign = [node for node in unknown if _selector(node) not in own]
    return BoxSelectors(frozenset(_cut(foreign, body)), frozenset(own))


def cut_boxes(body: HtmlElement, selectors: Iterable[str]) -> None:
    """Cut the boxes with one of *selectors* out of *body*."""
    wanted = frozenset(selectors)
    matching: list[HtmlElement] = []
    todo = [body] if wanted else []
    while todo:
        for child in filter(_is_box, todo.pop()):
            (matching if _selector(child) in wanted else todo).append(child)
    _cut(matching, body)


def _is_box(node: HtmlElement) -> bool:
    """Tell whether *node* is a box: by its tag, or as a link with blocks in it and no text beside it.

    What is wrapped round a table or a quotation is no box (WordPress' pull quotes and tables are figures).
    """
    if node.tag != "a":
        return node.tag in _BOX_TAGS and not _wraps_text(node)
    before = node.getprevious()
    beside = node.tail, before.tail if before is not None else node.getparent().text
    return not any(text and text.strip() for text in beside) and any(child.tag not in INLINE for child in node)


def _wraps_text(node: HtmlElement) -> bool:
    """Tell whether *node* holds a table or a quotation, and nothing beside but its caption."""
    inner = next(node.iter("table", "blockquote", "pre"), None)
    if inner is None:
        return False
    captions = [part for part in node.iter("figcaption", "caption", "cite") if inner not in part.iterancestors()]
    whole = len(_squeeze("".join(node.itertext())))
    return whole == sum(len(_squeeze("".join(part.itertext()))) for part in (inner, *captions))


def _cut(nodes: Sequence[HtmlElement], body: HtmlElement) -> list[str]:
    """Cut those of *nodes* that are small; return their selectors."""
    max_length = _MAX_BOX_SHARE * prose_length(body)
    small = [node for node in nodes if prose_length(node) < max_length]
    selectors = [_selector(node) for node in small]
    for node in small:
        if node.getparent() is not None:
            node.drop_tree()
    return selectors


def _selector(node: HtmlElement) -> str:
    """Return the tag and the sorted class names of *node*, "div.box.wide"; its id where it has no class."""
    return ".".join([node.tag, *sorted((node.get("class") or node.get("id") or "").split())])


def _squeeze(text: str) -> str:
    return _SPACES.sub("", text)
