"""Find the container, the element that holds an article's body, and read the body out of it.

Two witnesses: the names that themes give the container (kickcrawl/page/named_container.py), and the paragraphs that
trafilatura takes for the text. The container is the smallest element that holds nearly all of what trafilatura found; a
named element wins where it agrees with that. Then everything in the container is read: trafilatura drops short
paragraphs, and a paragraph that is lost cannot be cited.
"""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from kickcrawl.body.short_story import read_short_story, says_something
from kickcrawl.body.teasers import is_only_links
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks, spaced_text_of, text_of
from kickcrawl.page.headline import is_article_element
from kickcrawl.page.named_container import named_container

_MIN_FOUND_SHARE = 0.85  # of the found text that the container must hold
_MIN_NAMED_SHARE = 0.5  # of the found text that an element with a standard name must hold
MIN_READ_SHARE = 0.8  # of the found text that must be read, else the pruning has cut into the article
# Of the text in a container without a standard name to the found text: one with more holds teasers or lists, too.
_MAX_LENGTH_RATIO = 1.25
_MIN_PROSE_SHARE = 0.6  # of what it holds beside the found text, by length and lists of links apart: then it may
_MIN_PARAGRAPH_LENGTH = 100  # of a paragraph that does not end as a sentence does
_MIN_ITEM_LENGTH = 40  # of an item of a list
_MIN_PARAGRAPHS = 3  # of that length, of an article that goes on below another one
_ENDS = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]*$")
# Lengths are in characters, since not every script separates its words.
_MIN_FOUND_LENGTH = 150  # of the found text: less does not tell where the body is (briefs, photo posts)
_MAX_SHORT_LENGTH = 2000  # of the found text: more is never a short story among links
MIN_TRUSTED_LENGTH = 300  # of the found text: so much is trusted more than what was read
_MIN_MATCH_LENGTH = 15  # of a paragraph: shorter ones match by chance
_BLOCK_TAGS = frozenset(("p li td th h2 h3 h4 h5 h6 blockquote pre div span section dd dt figcaption").split())


def read_container(scope: HtmlElement, found: Sequence[str]) -> tuple[list[Block], HtmlElement | None]:
    """Return the blocks of the article in *scope*, which is pruned and without images, and the container they stand in.

    *found* are the paragraphs that a witness took for the text before that. Where many of them are missing from what is
    read, the pruning has cut into the article; then *found* itself is returned, and None for the container.
    """
    blocks, holder = _read_container(scope, found)
    if sum(map(len, found)) >= MIN_TRUSTED_LENGTH and share_found(found, join_text(blocks)) < MIN_READ_SHARE:
        return [Block("p", text) for text in found], None
    return blocks, holder


def _read_container(scope: HtmlElement, found: Sequence[str]) -> tuple[list[Block], HtmlElement | None]:
    named = named_container(scope)
    is_short = named is None and sum(map(len, _without_links(scope, found))) < _MIN_FOUND_LENGTH
    story = read_short_story(scope) if is_short else []
    if story and (not found or _is_told_by(found, join_text(story))):
        return story, None
    if is_short and not story and 2 * len(_without_links(scope, found)) < len(found):
        return [], None  # what was found is a list of other articles: the story has no text
    if named is not None and share_found(found, spaced_text_of(named)) >= _MIN_NAMED_SHARE:
        return read_blocks(named), named
    located = smallest_holding(scope, found) if found else None
    if located is not None and (located is not scope or is_article_element(scope)):
        blocks = read_blocks(located)
        if is_the_articles(located, blocks, found):
            return blocks, located
    if named is not None:
        return read_blocks(named), named
    if is_short:
        return [], None
    return [Block("p", text) for text in found], None


def _is_told_by(found: Sequence[str], story: str) -> bool:
    """Tell whether *story* is most of *found*, or of its sentences: trafilatura may take a menu and a name with it."""
    told = [text for text in found if says_something(text)]
    return any(lines and share_found(lines, story) >= _MIN_NAMED_SHARE for lines in (found, told))


def is_the_articles(node: HtmlElement, blocks: Sequence[Block], found: Sequence[str]) -> bool:
    """Tell whether *blocks*, read in *node*, hold little beside *found*, or prose that trafilatura has passed over.

    Prose beside the found text is not the article's where *node* holds another one.
    """
    if sum(len(block.text) for block in blocks) <= _MAX_LENGTH_RATIO * sum(map(len, found)) + _MIN_FOUND_LENGTH:
        return True
    known = fold(" ".join(found))
    beside = [block for block in blocks if not is_only_links(block) and fold(block.text) not in known]
    prose = sum(map(_prose_length, beside))
    is_prose = prose >= _MIN_PROSE_SHARE * sum(len(block.text) for block in beside)
    return is_prose and not _holds_several(node)


def _holds_several(node: HtmlElement) -> bool:
    """Tell whether several articles stand in *node*, as on a page that goes on with the next one."""
    if len(list(islice(node.iter("h1"), 2))) > 1:
        return True
    whole = (inner for inner in node.iter("article") if inner is not node and _is_whole(inner))
    return len(list(islice(whole, 2))) > 1


def _is_whole(article: HtmlElement) -> bool:
    long = (p for p in article.iter("p") if len(fold(text_of(p))) >= _MIN_PARAGRAPH_LENGTH)
    return len(list(islice(long, _MIN_PARAGRAPHS))) == _MIN_PARAGRAPHS


def _prose_length(block: Block) -> int:
    """Return the characters of *block* that are not links; 0 for a label, a heading, or a row of a table."""
    min_length = {"p": _MIN_PARAGRAPH_LENGTH, "quote": _MIN_PARAGRAPH_LENGTH, "li": _MIN_ITEM_LENGTH}.get(block.kind)
    if min_length is None or not (len(block.text) >= min_length or _ENDS.search(block.text)):
        return 0
    return len(block.text) - sum(len(link.text) for link in block.links)


def _without_links(scope: HtmlElement, found: Sequence[str]) -> list[str]:
    """Return those lines of *found* that are neither the text of a link in *scope*, nor a heading."""
    if sum(map(len, found)) > _MAX_SHORT_LENGTH:
        return list(found)
    others = {fold(text_of(node)) for node in scope.iter("a", "h1", "h2", "h3", "h4")}
    return [line for line in found if line not in others]


def smallest_holding(scope: HtmlElement, found: Sequence[str]) -> HtmlElement | None:
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
    needed = _MIN_FOUND_SHARE * weight[scope]
    best = scope
    while (child := next((c for c in best if weight.get(c, 0) >= needed), None)) is not None:
        best = child
    while best is not scope and share_found(found, spaced_text_of(best)) < _MIN_FOUND_SHARE:
        parent = best.getparent()
        if parent is None:
            break
        best = parent
    # A single paragraph is not the container but stands in it.
    while best is not scope and best.tag in ("p", "span", "strong", "b", "em", "i", "li", "blockquote"):
        parent = best.getparent()
        if parent is None:
            break
        best = parent
    return best


def _matches(scope: HtmlElement, found: Sequence[str]) -> list[tuple[HtmlElement, int]]:
    """Return the innermost elements whose own text is part of *found*, with their length."""
    wanted, is_one_line = " ".join(" ".join(text.split()) for text in found), len(found) == 1
    matched = []
    for node in scope.iter("*"):
        if node.tag not in _BLOCK_TAGS:
            continue
        pieces = [fold(node.text or ""), *(fold(child.tail or "") for child in node)]
        if not any(child.tag in _BLOCK_TAGS for child in node):
            whole = fold(text_of(node))
            is_parted = is_one_line and next(node.iterchildren("br"), None) is not None and whole not in wanted
            pieces = pieces if is_parted else [whole]
        length = sum(len(own) for own in pieces if len(own) >= _MIN_MATCH_LENGTH and own in wanted)
        if length:
            matched.append((node, length))
    return matched


def share_found(found: Sequence[str], text: str) -> float:
    """Return the share of *found* that stands in *text*, 0 to 1: its words, weighted by their length."""
    wanted = " ".join(found).lower().split()
    inside = set(text.lower().split())
    return sum(map(len, filter(inside.__contains__, wanted))) / max(1, sum(map(len, wanted)))
