"""Read a story that is too short to be found by its length: a brief, the words below a video or a picture.

In: the page's scope, pruned. Out: its first sentence behind the headline and what stands at its side. An excerpt below
another article's headline, and one of several entries of a list (a reader's comment), are not of the story: where
nothing else is there, it has no text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from lxml.html import HtmlElement

from kickcrawl.body.leaves import leaves
from kickcrawl.body.teasers import is_only_links
from kickcrawl.page.blocks import Block, fold, read_blocks, text_of
from kickcrawl.page.line import ends_as_sentence

_MIN_SENTENCE_LENGTH = 8  # characters before its full stop
_MIN_LENGTH = 60  # characters of a line without a full stop: else it is a name, a day or a label
_BARS = re.compile(r"[|•·]|\d[:.]\d\d\b|©")
_MIN_ENTRIES = 3  # elements of one kind side by side that are a list


def read_short_story(scope: HtmlElement) -> list[Block]:
    """Return the blocks of the short story in *scope*; none where no sentence of its own follows the headline."""
    headline = next((h1 for h1 in scope.iter("h1") if fold(text_of(h1))), None)
    if headline is None:
        return []
    around = next((leaf for leaf in leaves(scope) if _holds(leaf, headline)), None)
    if around is not None and (story := _in_one_leaf(around)):
        return story
    for leaf in _behind(scope, headline):
        if not _is_sentence(leaf) or _is_entry(leaf, headline):
            continue
        holder = leaf.getparent()
        if holder is None or holder is scope or headline in holder.iter("h1"):
            return [block for node in (leaf, *_following(leaf)) for block in read_blocks(node)]
        return read_blocks(holder)
    return []


def _in_one_leaf(leaf: HtmlElement) -> list[Block]:
    """Return the blocks from the first sentence on in *leaf*, which holds headline and story side by side."""
    blocks = read_blocks(leaf)
    texts = [not block.links and block.kind != "h" and says_something(block.text) for block in blocks]
    if True not in texts:
        return []
    first, *rest = blocks[texts.index(True) :]
    lines = first.text.split("\n")
    begin = next((n for n, line in enumerate(lines) if says_something(line)), 0)  # before it: byline and day
    return [replace(first, text="\n".join(lines[begin:])), *rest]


def _holds(leaf: HtmlElement, headline: HtmlElement) -> bool:
    return leaf is not headline and headline in leaf.iter("h1")


def _behind(scope: HtmlElement, headline: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the leaves of *scope* behind *headline*."""
    position = {node: number for number, node in enumerate(scope.iter("*"))}
    return (leaf for leaf in leaves(scope) if position[leaf] > position[headline] and headline not in leaf.iter("h1"))


def _is_sentence(leaf: HtmlElement) -> bool:
    text = fold(text_of(leaf))
    linked = sum(len(fold(text_of(link))) for link in leaf.iter("a"))
    if 2 * linked >= len(text) or leaf.tag in ("footer", "nav", "aside"):
        return False
    return says_something(text)


def says_something(text: str) -> bool:
    """Tell whether *text* is a sentence, or long enough for one: no name, day or label."""
    return ends_as_sentence(text, _MIN_SENTENCE_LENGTH) or (len(text) >= _MIN_LENGTH and not _BARS.search(text))


def _is_entry(leaf: HtmlElement, headline: HtmlElement) -> bool:
    """Tell whether *leaf* stands in a teaser of another article, or in one of several entries of a list."""
    own = read_blocks(leaf)
    if any(map(is_only_links, own)):
        return True
    for above in (leaf, *leaf.iterancestors()):
        if headline in above.iter("h1") or above.tag in ("body", "main", "article"):
            return False
        blocks = read_blocks(above)
        before = list(takewhile(lambda block: block.text != own[0].text, blocks))
        if any(map(is_only_links, before)):  # the other article's headline; links behind may be those of a brief
            return True
        is_opened = says_something(blocks[0].text) and not any(map(is_only_links, blocks))
        if not is_opened and _number_alike(above) >= _MIN_ENTRIES:
            return True
    return False


def _number_alike(node: HtmlElement) -> int:
    parent = node.getparent()
    names = node.get("class")
    return sum(1 for other in parent.iterchildren(node.tag) if other.get("class") == names) if parent is not None else 1


def _following(leaf: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the paragraphs that follow *leaf* at its side, up to something else."""
    for sibling in leaf.itersiblings():
        if sibling.tag not in ("p", "ul", "ol", "blockquote", leaf.tag) or sibling.get("class") != leaf.get("class"):
            return
        yield sibling
