"""Read a story whose paragraphs stand among other things, in no element of their own: by the place of each of them.

In: the page's scope, pruned, and what trafilatura took for the text; or the places that an outlet's other pages have
taught. A leaf is the outermost block that text stands in by itself; its place is its path. What stands in a place that
no page has taught may be of the story, or not: then the page is to be read in full.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.body.container import share_found
from kickcrawl.body.layout import Places, path_of
from kickcrawl.page.blocks import INLINE, SILENT, Block, fold, join_text, read_blocks, text_of

_AGREES = 0.97  # share of the found text that must be read by its places
_BESIDES = 1.05  # of its length, at most
_MOSTLY = 0.8  # of what stands in a place is found text, by length: else it is a place of other things
_SHORT = 20  # characters: shorter text stands elsewhere, too, and does not tell where the story is


def find_places(scope: HtmlElement, found: Sequence[str]) -> tuple[HtmlElement, Places] | None:
    """Return the deepest element that holds all of *found*, and where in it that stands; None if nowhere else's."""
    lines = {fold(text) for text in found}
    holding = [leaf for leaf in _leaves(scope) if len(told := fold(text_of(leaf))) >= _SHORT and told in lines]
    holder = _common([leaf for leaf in holding if not _is_headline(leaf)])
    if holder is None:
        return None
    standing: Counter[str] = Counter()  # characters, by place
    of_story: Counter[str] = Counter()
    for leaf in _leaves(holder):
        told, place = fold(text_of(leaf)), path_of(leaf)
        standing[place] += len(told)
        of_story[place] += len(told) if told in lines and not _is_headline(leaf) else 0
    text = frozenset(place for place, length in of_story.items() if length >= _MOSTLY * standing[place])
    places = Places(text, frozenset(standing) - text)
    read = join_text(read_places(holder, places))
    agrees = share_found(found, read) >= _AGREES and len(read) <= _BESIDES * sum(map(len, found))
    return (holder, places) if agrees else None


def read_places(holder: HtmlElement, places: Places) -> list[Block]:
    """Return what stands in *holder* in the places of the story's text."""
    return [block for leaf in _leaves(holder) if path_of(leaf) in places.text for block in read_blocks(leaf)]


def fits(holder: HtmlElement, places: Places) -> bool:
    """Tell whether all that stands in *holder* stands in a place that is known."""
    return all(path_of(leaf) in places.text or path_of(leaf) in places.other for leaf in _leaves(holder))


def _leaves(holder: HtmlElement) -> Iterator[HtmlElement]:
    walker = etree.iterwalk(holder, events=("start",))
    for _, node in walker:
        if node.tag in SILENT:
            walker.skip_subtree()
        elif node.tag not in INLINE and _has_text(node):
            yield node
            walker.skip_subtree()


def _has_text(node: HtmlElement) -> bool:
    """Tell whether text stands in *node* itself, marked or not."""
    todo = [node]
    while todo:
        one = todo.pop()
        if fold(one.text or "") or any(fold(child.tail or "") for child in one):
            return True
        todo += [child for child in one if child.tag in INLINE]
    return False


def _is_headline(leaf: HtmlElement) -> bool:
    return leaf.tag == "h1" or any(above.tag == "h1" for above in leaf.iterancestors())


def _common(nodes: Sequence[HtmlElement]) -> HtmlElement | None:
    """Return the deepest element above all of *nodes*."""
    above = [[*reversed(list(node.iterancestors()))] for node in nodes]
    shared = [level[0] for level in zip(*above, strict=False) if all(node is level[0] for node in level)]
    return shared[-1] if shared else None
