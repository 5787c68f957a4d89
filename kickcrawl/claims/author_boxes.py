"""Read who wrote an article where the page says it in a box of the author's beside the article, not in it.

In: a parsed page. Out: names. Only where the element that holds the article is smaller than the page's main part, and
one box in that part, or several side by side, is called the authors': a page of many articles has one for each. Or
wherever in the article's element the boxes called so hold one and the same name.

    <main> <div class="post-authors"> <strong>Siti Rahma</strong><br>Wartawan </div>  <article> ... </article> </main>
"""

import re
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.claims.byline import split_authors
from kickcrawl.claims.credits import is_name
from kickcrawl.claims.signature import signed_in
from kickcrawl.page.blocks import read_blocks
from kickcrawl.page.other_entries import is_within
from kickcrawl.page.parsed import ParsedPage

_WORDS = frozenset(("author", "authors", "penulis", "wartawan", "byline"))
_MAX_BOX_CHARACTERS = 200
_MAX_NAME_WORDS = 6
_MAX_BOXES = 40  # of authors in the article's element; a list of comments has more
_BOXES: Any = etree.XPath(".//*[contains(@class, 'author') or contains(@class, 'penulis')]")


def names_beside(page: ParsedPage) -> list[str]:
    """Return the names in the authors' box beside the article of *page*; none where there is no such box."""
    main = next((node for node in page.scope.iterancestors() if node.tag == "main"), None)
    if main is None:
        return []
    boxes = main.iter("div", "p", "section", "ul", "nav", "header")
    named = [box for box in boxes if (classes := box.get("class")) and _is_of_authors(classes)]
    outer = [box for box in named if not any(above in named for above in box.iterancestors())]
    outside = [box for box in outer if page.scope not in box.iterancestors() and page.scope not in box.iter()]
    if len({box.getparent() for box in outside}) != 1:
        return []
    return [name for box in outside for name in _names(box)]


def name_in_boxes(page: ParsedPage) -> tuple[str, ...]:
    """Return the one name in all boxes of authors of the article of *page*; () if they hold several, or none."""
    boxes = _BOXES(page.scope)
    if len(boxes) > _MAX_BOXES:
        return ()
    own = {page.scope, *page.scope.iterancestors()}
    said = {signed_in(box, own) for box in boxes if not is_within(box, page.entries)} - {()}
    names = said.pop() if len(said) == 1 else ()
    return names if all(map(is_name, names)) else ()


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _is_of_authors(classes: str) -> bool:
    return not _WORDS.isdisjoint(re.findall(r"[a-z]+", classes.lower()))


def _names(box: HtmlElement) -> list[str]:
    """Return the first line of each block in *box*: the role stands below the name."""
    blocks = read_blocks(box)
    if sum(len(block.text) for block in blocks) > _MAX_BOX_CHARACTERS:
        return []
    lines = [block.text.split("\n")[0] for block in blocks]
    return [name for line in lines if len(line.split()) <= _MAX_NAME_WORDS for name in split_authors(line)]
