"""Give account of a reading: which share of the page's prose was read, what was left out, and by which rule.

In: a parsed page, and its body as it was read. Out: the record of the reading with its figures; for `explain --page`,
the pieces themselves.
"""

import copy
from collections import Counter
from dataclasses import replace

from lxml.html import HtmlElement

from kickcrawl.body.house_rules import clean_blocks
from kickcrawl.body.leaves import leaves
from kickcrawl.body.read_body import Body, read_body
from kickcrawl.page.blocks import Block, fold, join_text, text_of
from kickcrawl.page.boilerplate import prose_length
from kickcrawl.page.cuts import Cut
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.reading import Layout, Reading


def page_prose(page: ParsedPage) -> int:
    """Return the characters of prose in *page* where the article may stand; to be asked before its body is read."""
    return prose_length(page.scope)


def with_account(body: Body, kept: list[Block], whole: int) -> Reading:
    """Return the record of how *body* was read, of which *kept* is left, on a page with *whole* characters of prose."""
    cut = Counter(body.cuts.lengths() if body.cuts is not None else {})
    read = len(join_text(kept))
    rest = whole - read - cut.total()
    if rest > 0:
        cut["beside"] += rest
    return replace(body.reading, read_share=round(min(1.0, read / max(1, whole)), 3), cut=tuple(cut.most_common()))


def left_out(page: ParsedPage, layouts: tuple[Layout, ...] = ()) -> list[Cut]:
    """Return each piece of *page* that is not in the article's text, and the rule that left it out; uses it up."""
    whole = copy.deepcopy(next(page.root.iter("body"), page.root))
    body = read_body(page, layouts)
    kept, _ = clean_blocks(body.blocks, page.url, body.cuts)
    made = list(body.cuts.made) if body.cuts is not None else []
    text, told = fold(join_text(kept)), fold(" ".join(cut.text for cut in made))
    return [*made, *(Cut("beside", own) for leaf in leaves(whole) if (own := _rest_of(leaf, text, told)))]


def _rest_of(leaf: HtmlElement, text: str, told: str) -> str:
    """Return the text of *leaf* where neither the article's *text* nor what is *told* already has it."""
    own = fold(text_of(leaf))
    return "" if own in text or own in told else own
