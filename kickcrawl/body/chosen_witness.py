"""Choose between the two witnesses of where the article's text is: trafilatura, or readability where it found more.

In: the page's scope, pruned, and what trafilatura found. Out: the blocks that the better of the two points at.
"""

from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from kickcrawl.body.container import read_container, share_found
from kickcrawl.body.witnesses import find_readable
from kickcrawl.page.blocks import Block, fold, join_text
from kickcrawl.page.boilerplate import prose_length

# readability is asked where trafilatura found little of the page, and believed where it found more of the same article.
_MIN_SUFFICIENT_SHARE = 0.8  # of the prose: a body that holds so much needs no second witness
_SAME_LENGTH_RATIO = 0.95  # of trafilatura's text to readability's: from here on they found as much
_MAX_PROSE_RATIO = 3  # of the page's prose to readability's text: above it, the text stands among too many other things
_MIN_SHARED_SHARE = 0.5  # of trafilatura's text that readability must have found, too
_MIN_SHARED_SHARE_SCATTERED = 0.75  # the same, where readability's text stands in no one element
# Where trafilatura took a list of teasers for a part of the article:
_MAX_ARTICLE_RATIO = 0.7  # of readability's text to trafilatura's
MAX_LINE_LENGTH = 90  # characters of a headline, a date or a label
_MIN_LINES_SHARE = 0.5  # of what stands beside the article, by length, that are such lines
_MIN_HELD_SHARE = 0.8  # of readability's text that trafilatura must have found, too


class Witnessed(NamedTuple):
    """The body as one witness tells it: its blocks and their element, if they stand in one; what the witness found."""

    blocks: list[Block]
    holder: HtmlElement | None
    found: list[str]
    witness: Literal["trafilatura", "readability"]


def choose_witness(scope: HtmlElement, found: list[str]) -> Witnessed:
    """Return the body that trafilatura points at, or readability's where that found more of the same article."""
    first = Witnessed(*read_container(scope, found), found, "trafilatura")
    read, prose = len(join_text(first.blocks)), prose_length(scope)
    if read >= _MIN_SUFFICIENT_SHARE * prose:
        return first
    other = find_readable(scope)
    second = Witnessed(*read_container(scope, other), other, "readability")
    longer = join_text(second.blocks)
    min_shared = _MIN_SHARED_SHARE if second.holder is not None else _MIN_SHARED_SHARE_SCATTERED
    is_better = (
        read < _SAME_LENGTH_RATIO * len(longer)
        and prose <= _MAX_PROSE_RATIO * len(longer)
        and share_found(found, longer) >= min_shared
    )
    return second if is_better or _is_among_lines(first, second) else first


def _is_among_lines(first: Witnessed, second: Witnessed) -> bool:
    """Tell whether *first* is the text of *second* among short lines: dates, headlines and labels of teasers."""
    article, text = join_text(second.blocks), join_text(first.blocks)
    if not article or len(article) > _MAX_ARTICLE_RATIO * len(text):
        return False
    within = fold(article)
    beside = [block for block in first.blocks if fold(block.text) not in within]
    lines = [block.text for block in beside if len(block.text) < MAX_LINE_LENGTH and not _is_subhead(block)]
    is_among = sum(map(len, lines)) >= _MIN_LINES_SHARE * sum(len(block.text) for block in beside)
    return is_among and share_found(second.found, text) >= _MIN_HELD_SHARE


def _is_subhead(block: Block) -> bool:
    return block.kind == "h" and not block.links
