"""Find the element that holds the story's body, and read the body out of it.

Two witnesses: the names that themes give the body ("entry-content", itemprop=articleBody) and the paragraphs that
trafilatura takes for the text. The body is the smallest element that holds nearly all of what trafilatura found; a
named element wins where it agrees with that. What is then read out of the element is complete: trafilatura drops
short paragraphs, and a paragraph that is lost cannot be cited.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.blocks import Block, fold, join_text, read_blocks, text_of
from kickcrawl.page.headline import is_article_element

# Standard names of the element around the body: schema.org's, WordPress core's and its widespread themes', Blogger's.
_NAMED = (
    "entry-content", "post-content", "td-post-content", "article-content", "article-body", "post-body",
    "single-content",
)  # fmt: skip
# One look at the tree for all of them: they end so.
_MAY_BE_NAMED: Any = etree.XPath(
    ".//*[@itemprop='articleBody' or contains(@class, '-content') or contains(@class, '-body')]"
)
_MOST = 0.85  # share of the found text that the body's element must hold
# An element without a name that holds more than this beside what was found holds other things, too: teasers, lists.
_MORE = 1.25
_AGREE = 0.5  # share of the found text that must stand in an element with a standard name
_KEPT = 0.8  # share of the found text that must be read, else the pruning has cut into the story
# Lengths are in characters, since not every script parts its words.
_FEW = 150  # less is no measure of where the body is (briefs, photo posts)
_PLENTY = 300  # enough to be believed against our own reading
_BLOCK_TAGS = frozenset(("p li td th h2 h3 h4 h5 h6 blockquote pre div span section dd dt figcaption").split())


def named_container(scope: HtmlElement) -> HtmlElement | None:
    """Return the element with a standard name for the body if there is exactly one such, outermost first."""
    candidates = _MAY_BE_NAMED(scope)
    by_property = [node for node in candidates if node.get("itemprop") == "articleBody"]
    by_class = [[node for node in candidates if name in (node.get("class") or "").split()] for name in _NAMED]
    for found in (by_property, *by_class):
        outermost = [node for node in found if not any(a in found for a in node.iterancestors())]
        if len(outermost) == 1:
            return outermost[0]
    return None


def read_container(scope: HtmlElement, found: Sequence[str]) -> tuple[list[Block], HtmlElement | None]:
    """Return the blocks of the story inside *scope*, which has been pruned and has lost its images, and their element.

    *found* are the paragraphs that trafilatura took for the text before that. If most of them are not in what is read,
    the pruning has cut into the story, and they are returned themselves: they stand in no one element.
    """
    blocks, holder = _read_container(scope, found)
    if sum(map(len, found)) >= _PLENTY and share_found(found, join_text(blocks)) < _KEPT:
        return [Block("p", text) for text in found], None
    return blocks, holder


def _read_container(scope: HtmlElement, found: Sequence[str]) -> tuple[list[Block], HtmlElement | None]:
    named = named_container(scope)
    located = _smallest_holding(scope, found) if found else None
    if named is not None and (located is None or share_found(found, " ".join(named.itertext())) >= _AGREE):
        return read_blocks(named), named
    if located is not None and (located is not scope or is_article_element(scope)):
        blocks = read_blocks(located)
        if sum(len(block.text) for block in blocks) <= _MORE * sum(map(len, found)) + _FEW:
            return blocks, located
    if named is not None:
        return read_blocks(named), named
    if sum(map(len, found)) < _FEW:
        return _after_headline(scope), None
    return [Block("p", text) for text in found], None


def _after_headline(scope: HtmlElement) -> list[Block]:
    """Return what follows the headline in *scope*: for briefs and photo posts, too short for any measure of density."""
    blocks = read_blocks(scope)
    heads = [fold(h1.text_content()) for h1 in scope.iter("h1")]
    if not heads:
        return []
    for index, block in enumerate(blocks):
        if block.kind == "h" and fold(block.text) == heads[0]:
            return blocks[index + 1 :]
    return []


def _smallest_holding(scope: HtmlElement, found: Sequence[str]) -> HtmlElement | None:
    """Return the deepest element that holds nearly all of *found*."""
    matched = _matches(scope, found)
    if not matched:
        return None
    weight: dict[HtmlElement, int] = {}
    for node, length in matched:
        for holder in (node, *node.iterancestors()):
            weight[holder] = weight.get(holder, 0) + length
            if holder is scope:
                break
    need = _MOST * weight[scope]
    best = scope
    while (child := next((c for c in best if weight.get(c, 0) >= need), None)) is not None:
        best = child
    while best is not scope and share_found(found, " ".join(best.itertext())) < _MOST:
        parent = best.getparent()
        if parent is None:
            break
        best = parent
    # A single paragraph is not the body but stands in it.
    while best is not scope and best.tag in ("p", "span", "strong", "b", "em", "i", "li", "blockquote"):
        parent = best.getparent()
        if parent is None:
            break
        best = parent
    return best


def _matches(scope: HtmlElement, found: Iterable[str]) -> list[tuple[HtmlElement, int]]:
    """Return the innermost elements whose own text is part of *found*, with their length."""
    wanted = " ".join(" ".join(text.split()) for text in found)
    matched = []
    for node in scope.iter("*"):
        if node.tag not in _BLOCK_TAGS:
            continue
        if any(child.tag in _BLOCK_TAGS for child in node):
            own = fold("".join([node.text or "", *(child.tail or "" for child in node)]))
        else:
            own = fold(text_of(node))
        if len(own) >= 15 and own in wanted:  # characters; shorter ones match by chance
            matched.append((node, len(own)))
    return matched


def share_found(found: Sequence[str], text: str) -> float:
    """Return the share of *found* that stands in *text*, word by word, long words counting more."""
    wanted = [word for paragraph in found for word in paragraph.lower().split()]
    inside = set(text.lower().split())
    return sum(len(word) for word in wanted if word in inside) / max(1, sum(map(len, wanted)))
