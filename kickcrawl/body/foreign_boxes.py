"""Cut out of an article's body the boxes that are not of the article: newsletters, polls, players, promotions.

In: the container of the body and what trafilatura took for the text; or the selectors of such boxes, as learned from
other pages of the outlet. A foreign box holds no believed text, no element with believed text has its selector (tag and
class names), and something else speaks against it: its name, its links, its label. A box of short lines that nothing
speaks against is the article's, and so is a standfirst that opens the body. Never boxes, whatever trafilatura says:
paragraphs, lists, quotations and tables with all that is in them; links within a line; and what the house rules take
out themselves, since they keep its links to other articles.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from lxml.html import HtmlElement

from kickcrawl.body.standfirst import opens_body
from kickcrawl.body.witnesses import goes_by_name
from kickcrawl.page.blocks import Block, read_blocks
from kickcrawl.page.boilerplate import prose_length
from kickcrawl.page.class_names import is_named_boilerplate
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.elements import HEADINGS, is_inline
from kickcrawl.page.second_witness import holds_notice, is_labelled
from kickcrawl.reading import BoxSelectors

_BOX_TAGS = frozenset("div section aside article header footer details figure".split())
_MIN_BELIEVED_LENGTH = 20  # characters without spaces: shorter text stands in a long one by chance
_MAX_BOX_SHARE = 0.4  # of the body's prose: what holds more is no box
_MIN_PARAGRAPH_LENGTH = 80  # characters
_MIN_ALIKE = 3  # boxes of text alone that are called the same: no page has so many newsletters
_SHOWN = ("img", "amp-img", "picture", "video")


def cut_foreign_boxes(
    body: HtmlElement, found: Sequence[str], is_for_rules: Callable[[list[Block]], bool], cuts: Cuts | None = None
) -> BoxSelectors:
    """Cut the boxes out of *body* that hold nothing of *found*; return the selectors of what was cut and what was not.

    *cuts* takes note of them.

    *is_for_rules* tells of a box's blocks that the house rules take all of them out.
    """
    wanted, lines = _squeeze("".join(found)), {_squeeze(line) for line in found}
    own: set[str] = set()
    unknown: list[tuple[HtmlElement, list[Block]]] = []
    todo = [body]
    while todo:
        for child in todo.pop():
            blocks = read_blocks(child) if _is_box(child) else []
            texts = (_squeeze(block.text) for block in blocks)
            if any((len(text) >= _MIN_BELIEVED_LENGTH and text in wanted) or text in lines for text in texts):
                own.add(_selector(child))
                todo.append(child)
            elif blocks and "." not in _selector(child):
                todo.append(child)  # nothing to know it by on another page: what is in it is judged by itself
            elif blocks:
                unknown.append((child, blocks))
    own |= _paragraphs(node for node, _ in unknown)
    foreign = [
        node
        for node, blocks in unknown
        if _selector(node) not in own and _is_spoken_against(node, blocks, body) and not is_for_rules(blocks)
    ]
    return BoxSelectors(frozenset(_cut(foreign, body, cuts, "foreign box")), frozenset(own))


def _paragraphs(boxes: Iterable[HtmlElement]) -> set[str]:
    """Return the selectors of those *boxes* that are paragraphs, since several are written so: <div class="par">.

    trafilatura reads no text that stands in a div itself where the page has paragraphs, too.
    """
    bare = Counter(_selector(box) for box in boxes if next(box.iter("p", "a", *_SHOWN, *HEADINGS), None) is None)
    return {selector for selector, times in bare.items() if times >= _MIN_ALIKE}


def cut_boxes(body: HtmlElement, selectors: Iterable[str], cuts: Cuts | None = None) -> None:
    """Cut the boxes with one of *selectors* out of *body*, but for correction notices; *cuts* takes note of them."""
    wanted = frozenset(selectors)
    matching: list[HtmlElement] = []
    todo = [body] if wanted else []
    while todo:
        for child in filter(_is_box, todo.pop()):
            is_wanted = _selector(child) in wanted and not holds_notice(child)
            (matching if is_wanted else todo).append(child)
    _cut(matching, body, cuts, "layout")


def _is_box(node: HtmlElement) -> bool:
    """Tell whether *node* is a box: by its tag, or as a link with blocks in it and no text beside it.

    What is wrapped round a table or a quotation is no box (WordPress' pull quotes and tables are figures).
    """
    if node.tag != "a":
        return node.tag in _BOX_TAGS and not (node.tag == "figure" and _wraps_text(node))
    before = node.getprevious()
    beside = node.tail, before.tail if before is not None else node.getparent().text
    return not any(text and text.strip() for text in beside) and not all(map(is_inline, node))


def _wraps_text(node: HtmlElement) -> bool:
    """Tell whether *node* holds a table or a quotation, and nothing beside but its caption."""
    inner = next(node.iter("table", "blockquote", "pre"), None)
    if inner is None:
        return False
    captions = [part for part in node.iter("figcaption", "caption", "cite") if inner not in part.iterancestors()]
    whole = len(_squeeze("".join(node.itertext())))
    return whole == sum(len(_squeeze("".join(part.itertext()))) for part in (inner, *captions))


def _is_spoken_against(node: HtmlElement, blocks: Sequence[Block], body: HtmlElement) -> bool:
    """Tell whether something else than the silence of the witness says that the box *node* is foreign.

    The witness passes over short lines and quotations, but not over a paragraph. A box with a picture is its caption.
    """
    if holds_notice(node) or opens_body(node, body):
        return False
    if is_labelled(node) or next(node.iter("a", *_SHOWN), None) is not None:
        return True
    if node.tag == "aside" or is_named_boilerplate(node) or goes_by_name(node):
        return False  # trafilatura goes by that tag and such names, so that its silence says no more than these do
    before = node.getprevious()
    if before is not None and next(before.iter(*_SHOWN), None) is not None and not read_blocks(before):
        return True
    return any(len(block.text) >= _MIN_PARAGRAPH_LENGTH and block.kind in ("p", "h") for block in blocks)


def _cut(
    nodes: Sequence[HtmlElement], body: HtmlElement, cuts: Cuts | None, rule: Literal["foreign box", "layout"]
) -> list[str]:
    """Cut those of *nodes* that are small; return their selectors."""
    max_length = _MAX_BOX_SHARE * prose_length(body) if nodes else 0
    small = [node for node in nodes if prose_length(node) < max_length]
    selectors = [_selector(node) for node in small]
    noting = cuts if cuts is not None else Cuts()
    for node in small:
        noting.drop(node, rule)
    return selectors


def _selector(node: HtmlElement) -> str:
    """Return the tag and the sorted class names of *node*, "div.box.wide"; its id where it has no class."""
    return ".".join([node.tag, *sorted((node.get("class") or node.get("id") or "").split())])


def _squeeze(text: str) -> str:
    return "".join(text.split())
