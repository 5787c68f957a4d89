"""Find the leaves of a tree: the outermost blocks in which text stands by itself.

In: an element. Out: elements below it, in reading order; none holds another.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold
from kickcrawl.page.elements import is_inline, is_silent


def leaves(holder: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the outermost blocks of *holder* in which text stands by itself, in reading order."""
    walker = etree.iterwalk(holder, events=("start",))
    for _, node in walker:
        if is_silent(node):
            walker.skip_subtree()
        elif not is_inline(node) and _has_text(node):
            yield node
            walker.skip_subtree()


def _has_text(node: HtmlElement) -> bool:
    """Tell whether text stands in *node* itself or in inline elements of it."""
    todo = [node]
    while todo:
        one = todo.pop()
        if fold(one.text or "") or any(fold(child.tail or "") for child in one):
            return True
        todo += [child for child in one if is_inline(child)]
    return False
