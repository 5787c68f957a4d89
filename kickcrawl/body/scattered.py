"""Read an article whose paragraphs stand among other things, in no element of their own: by the path of each of them.

In: the page's scope, pruned, and what trafilatura took for the text; or the paths that other pages of the outlet have
taught. A leaf is the outermost block in which text stands by itself. Text in a leaf whose path no page has taught may
be of the article or not: then the page has to be read in full.
"""

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from kickcrawl.body.container import share_found
from kickcrawl.body.layout import path_of
from kickcrawl.body.leaves import leaves
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks, text_of
from kickcrawl.reading import ScatteredPaths

_MIN_FOUND_SHARE = 0.97  # of the found text that must be read by its paths
_MAX_LENGTH_RATIO = 1.05  # of what is read to the found text
_MIN_PATH_SHARE = 0.8  # of the text at a path, by length, that is found text: else it is a path of other things
_MIN_LEAF_LENGTH = 20  # characters: shorter text stands elsewhere, too, and does not tell where the article is


def find_scattered(scope: HtmlElement, found: Sequence[str]) -> tuple[HtmlElement, ScatteredPaths] | None:
    """Return the deepest element that holds all of *found*, and the paths of its paragraphs.

    None if the same paths also hold other text, or if they do not hold nearly all of *found*.
    """
    lines = {fold(text) for text in found}
    holding = [leaf for leaf in leaves(scope) if len(own := fold(text_of(leaf))) >= _MIN_LEAF_LENGTH and own in lines]
    holder = _common([leaf for leaf in holding if not _is_headline(leaf)])
    if holder is None:
        return None
    whole: Counter[str] = Counter()  # characters, by path
    of_article: Counter[str] = Counter()
    for leaf in leaves(holder):
        own, path = fold(text_of(leaf)), path_of(leaf)
        whole[path] += len(own)
        of_article[path] += len(own) if own in lines and not _is_headline(leaf) else 0
    text = frozenset(path for path, length in of_article.items() if length >= _MIN_PATH_SHARE * whole[path])
    paths = ScatteredPaths(text, frozenset(whole) - text)
    read = join_text(read_scattered(holder, paths))
    agrees = share_found(found, read) >= _MIN_FOUND_SHARE and len(read) <= _MAX_LENGTH_RATIO * sum(map(len, found))
    return (holder, paths) if agrees else None


def read_scattered(holder: HtmlElement, paths: ScatteredPaths) -> list[Block]:
    """Return the blocks in *holder* that stand at the paths of the article's text."""
    return [block for leaf in leaves(holder) if path_of(leaf) in paths.text for block in read_blocks(leaf)]


def fits(holder: HtmlElement, paths: ScatteredPaths) -> bool:
    """Tell whether the path of every leaf in *holder* is known."""
    return all((path := path_of(leaf)) in paths.text or path in paths.other for leaf in leaves(holder))


def _is_headline(leaf: HtmlElement) -> bool:
    return leaf.tag == "h1" or any(above.tag == "h1" for above in leaf.iterancestors())


def _common(nodes: Sequence[HtmlElement]) -> HtmlElement | None:
    """Return the deepest element above all of *nodes*."""
    above = [[*reversed(list(node.iterancestors()))] for node in nodes]
    shared = [level[0] for level in zip(*above, strict=False) if all(node is level[0] for node in level)]
    return shared[-1] if shared else None
