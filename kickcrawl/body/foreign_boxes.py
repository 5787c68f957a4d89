"""Cut out of a story's body the boxes that stand in it and are not of it: newsletters, polls, players, promotions.

In: the element of the body and what trafilatura took for the text; or the looks of such boxes, as learned from an
outlet's other pages. A box is an element of a look (tag and class names) that no element with believed text has, and
nothing in it is believed. Paragraphs, lists, quotations and tables are never boxes, nor is anything in them, whatever
trafilatura says; nor a link within a line; nor what the house rules take out themselves, for they keep its links to
other stories.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.page.blocks import INLINE, Block, read_blocks
from kickcrawl.page.boilerplate import prose_length

_BOXES = frozenset("div section aside article header footer details figure".split())
_LONG = 20  # characters without spaces: shorter text stands in a long one by chance
_SMALL = 0.4  # share of the body's prose: what holds more is no box
_SPACES = re.compile(r"\s+")


class Looks(NamedTuple):
    """Looks of the elements in a body, as "div.box.wide": *strange* ones, which were cut out, and those with text."""

    strange: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def cut_strangers(body: HtmlElement, found: Sequence[str], is_for_rules: Callable[[list[Block]], bool]) -> Looks:
    """Cut the boxes out of *body* that hold nothing of *found*; return the looks of what was cut and what was not.

    *is_for_rules* tells of a box's blocks that the house rules take all of them out.
    """
    wanted = _squeeze("".join(found))
    own: set[str] = set()
    unknown: list[HtmlElement] = []
    todo = [body]
    while todo:
        for child in todo.pop():
            blocks = read_blocks(child) if _is_box(child) else []
            if any(len(text := _squeeze(block.text)) >= _LONG and text in wanted for block in blocks):
                own.add(_look(child))
                todo.append(child)
            elif blocks and "." in _look(child) and not is_for_rules(blocks):
                unknown.append(child)
    strange = [node for node in unknown if _look(node) not in own]
    return Looks(frozenset(_cut(strange, body)), frozenset(own))


def cut_known(body: HtmlElement, strange: Iterable[str]) -> None:
    """Cut the boxes of the looks *strange* out of *body*."""
    looks = frozenset(strange)
    known: list[HtmlElement] = []
    todo = [body] if looks else []
    while todo:
        for child in filter(_is_box, todo.pop()):
            (known if _look(child) in looks else todo).append(child)
    _cut(known, body)


def _is_box(node: HtmlElement) -> bool:
    """Tell whether *node* is a box: an element made for it, or a link that is one, by itself and with blocks in it."""
    if node.tag != "a":
        return node.tag in _BOXES
    before = node.getprevious()
    beside = node.tail, before.tail if before is not None else node.getparent().text
    return not any(text and text.strip() for text in beside) and any(child.tag not in INLINE for child in node)


def _cut(nodes: Sequence[HtmlElement], body: HtmlElement) -> list[str]:
    """Cut those of *nodes* that are small; return their looks."""
    most = _SMALL * prose_length(body)
    small = [node for node in nodes if prose_length(node) < most]
    looks = [_look(node) for node in small]
    for node in small:
        if node.getparent() is not None:
            node.drop_tree()
    return looks


def _look(node: HtmlElement) -> str:
    """Return the tag and the class names of *node*; its id where it has no class."""
    return ".".join([node.tag, *sorted((node.get("class") or node.get("id") or "").split())])


def _squeeze(text: str) -> str:
    return _SPACES.sub("", text)
