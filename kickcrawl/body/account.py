"""Give account of a reading: which share of the page's prose was read, what was left out, and by which rule.

In: a body as it was read, and what is left of it. Out: the record of the reading with its figures; for
`explain --page`, the pieces themselves. Prose is text outside of links.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from kickcrawl.body.read_body import Body
from kickcrawl.page.blocks import Block, read_blocks
from kickcrawl.page.cuts import Cut, prose_of
from kickcrawl.reading import Reading

_MIN_LINE_LENGTH = 20  # characters: a shorter line stands in other words by chance


def with_account(body: Body, kept: Sequence[Block]) -> Reading:
    """Return the record of how *body* was read, of which the blocks *kept* are in the article's text."""
    cut, read = body.cuts.lengths(), prose_of(kept)
    cut["beside"] += max(0, body.cuts.prose - read - cut.total())
    return replace(body.reading, prose=body.cuts.prose, read=read, cut=_sorted(cut))


def joined(readings: Sequence[Reading]) -> Reading:
    """Return the record of how an article's pages were read: the first page's, with the figures of all."""
    if len(readings) == 1:
        return readings[0]
    cut: Counter[str] = Counter()
    for reading in readings:
        cut.update(dict(reading.cut))
    prose, read = (sum(figures) for figures in zip(*((one.prose, one.read) for one in readings), strict=True))
    return replace(readings[0], prose=prose, read=read, cut=_sorted(cut))


def left_out(root: HtmlElement, body: Body) -> list[Cut]:
    """Return each piece of the page that is not in the text of *body*, and the rule that left it out.

    *root* is the page's tree after *body* was read from it.
    """
    read = Counter(block.text for block in body.blocks)
    whole = "\n".join(read)
    beside = [
        Cut("beside", block.text)
        for block in read_blocks(next(root.iter("body"), root))
        if re.search(r"\w", block.text) and not _is_read(block, read, whole)
    ]
    return [*body.cuts.told(), *beside]


def _is_read(block: Block, read: Counter[str], whole: str) -> bool:
    """Tell whether *block* is one of those that were *read*, each once; a row may have been read cell by cell."""
    for lines in ([block.text], block.text.split(" | ")):
        if all(read[line] for line in lines):
            read.subtract(lines)
            return True
    return len(block.text) >= _MIN_LINE_LENGTH and block.text in whole


def _sorted(cut: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((+cut).most_common())
