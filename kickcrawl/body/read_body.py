"""Read the blocks and pictures of a story out of one page's tree. The only door to trafilatura and readability.

In: the element that holds headline and story. Out: blocks, pictures, and how they were read: by a layout that the
outlet's file states or earlier pages have taught, else in full, with trafilatura as the independent witness and
readability as a second one, where the first found little or too much.
"""

import copy
import logging
from typing import Literal, NamedTuple

import lxml.html
import trafilatura
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from kickcrawl.article import Image, Page
from kickcrawl.body.container import find_headline, named_body, read_body, share_found
from kickcrawl.body.foreign_boxes import cut_boxes, cut_foreign_boxes
from kickcrawl.body.house_rules import clean_blocks
from kickcrawl.body.images import take_images
from kickcrawl.body.layout import find_body, path_of, share_of, stated_body
from kickcrawl.body.scattered import find_scattered, fits, read_scattered
from kickcrawl.body.standfirst import find_standfirst
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks, text_of
from kickcrawl.page.boilerplate import prose_length, prune
from kickcrawl.reading import BoxSelectors, Layout, Reading

# "discarding data", "error getting summary": our rejections say why, once.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)

# A page teaches where the body stands only if trafilatura's words are there, and little besides.
_CONFIRMED = 0.9  # share of the found text that must be read
_BESIDES = 1.3  # of its length, at most
# trafilatura is believed on what is not of the story only where it knows the story.
_KNOWS = 0.8  # share of its text that must be read
_MOST = 0.5  # of what is read, it must have found

# readability is asked where trafilatura found little of what is there, and believed where it found more of the same.
_PRACTICALLY_ALL = 0.8  # share of the prose
_SAME = 0.95  # of its text: as much is the same
_DENSE = 3  # times its text: if there is more prose than that beside it, it stands among other things
_SHARED = 0.5  # share of trafilatura's text that it must have, too
_SHARED_SCATTERED = 0.75  # the same, where its text stands in no one element
# Where trafilatura took a list for a part of the story:
_MUCH_LESS = 0.7  # of its text is the story
_LINE = 90  # characters: less is a headline, a date or a label
_MOSTLY = 0.5  # of what stands beside the story are such lines


class Story(NamedTuple):
    """What one page gives of a story."""

    blocks: list[Block]
    images: tuple[Image, ...]
    reading: Reading


class _Body(NamedTuple):
    """The verdict on where the body stands: its blocks, the element they are of, if one is, what was found, by whom."""

    blocks: list[Block]
    holder: HtmlElement | None
    found: list[str]
    witness: Literal["trafilatura", "readability"]


def read_story(scope: HtmlElement, url: str, page: Page) -> Story:
    """Return the story in *scope*, which is used up: by a stated or trusted layout where one fits, else in full."""
    whole = copy.deepcopy(scope)
    prune(scope, keep=named_body(scope))
    images = take_images(scope, url)
    stated = stated_body(scope, page.site.body)
    if stated is not None:
        return _by_layout(scope, images, stated, Layout(path_of(stated), 0))
    fitting = find_body(scope, page.layouts, _is_known)
    if fitting is not None and not page.check:
        return _by_layout(scope, images, *fitting)
    return _in_full(scope, whole, url, images, fitting[0] if fitting is not None else None)


def _is_known(body: HtmlElement, layout: Layout) -> bool:
    return not layout.scattered.text or fits(body, layout.scattered)


def _by_layout(scope: HtmlElement, images: tuple[Image, ...], body: HtmlElement, layout: Layout) -> Story:
    cut_boxes(body, layout.foreign_boxes)
    blocks = read_scattered(body, layout.scattered) if layout.scattered.text else read_blocks(body)
    standfirst = find_standfirst(scope, find_headline(scope), body, join_text(blocks), paths=layout.standfirst)
    return Story([*map(_paragraph, standfirst), *blocks], images, Reading(body=layout.body, in_full=False))


def _in_full(
    scope: HtmlElement, whole: HtmlElement, url: str, images: tuple[Image, ...], trusted: HtmlElement | None
) -> Story:
    """Return the story as all witnesses tell it; *whole* is *scope* before it was pruned and lost its images."""
    blocks, holder, found, witness = _judge(scope, find_text(whole, url))
    if holder is None:
        return _scattered(scope, Story(blocks, images, Reading(body=None, witness=witness)), found, trusted)
    share, boxes, read = share_of(holder, scope), BoxSelectors(), join_text(blocks)
    if share_found(found, read) >= _KNOWS and sum(map(len, found)) >= _MOST * len(read):
        boxes = cut_foreign_boxes(holder, found, lambda box: not clean_blocks(box, url)[0])
        blocks = read_blocks(holder)
        read = join_text(blocks)
    standfirst = find_standfirst(scope, find_headline(scope), holder, read, found=found)
    agrees = share_found(found, read) >= _CONFIRMED and len(read) <= _BESIDES * sum(map(len, found))
    reading = Reading(
        body=path_of(holder),
        share=share,
        agrees=agrees,
        witness=witness,
        refuted=_refuted(trusted, holder) if agrees else None,
        boxes=boxes,
        standfirst=frozenset(map(path_of, standfirst)),
    )
    return Story([*map(_paragraph, standfirst), *blocks], images, reading)


def _scattered(scope: HtmlElement, story: Story, found: list[str], trusted: HtmlElement | None) -> Story:
    """Return *story*, which stands in no one element, as it is read by the paths of its paragraphs, if it can be."""
    placed = find_scattered(scope, found)
    if placed is None:
        return story
    holder, paths = placed
    reading = Reading(
        body=path_of(holder),
        share=share_of(holder, scope),
        agrees=True,
        witness=story.reading.witness,
        refuted=_refuted(trusted, holder),
        scattered=paths,
    )
    return Story(read_scattered(holder, paths), story.images, reading)


def _refuted(trusted: HtmlElement | None, holder: HtmlElement) -> str | None:
    return path_of(trusted) if trusted is not None and trusted is not holder else None


def _judge(scope: HtmlElement, found: list[str]) -> _Body:
    """Return the body that trafilatura points at, or readability where that found more of the same."""
    first = _Body(*read_body(scope, found), found, "trafilatura")
    read, prose = len(join_text(first.blocks)), prose_length(scope)
    if read >= _PRACTICALLY_ALL * prose:
        return first
    other = find_readable(scope)
    second = _Body(*read_body(scope, other), other, "readability")
    longer = join_text(second.blocks)
    is_better = (
        read < _SAME * len(longer)
        and prose <= _DENSE * len(longer)
        and share_found(found, longer) >= (_SHARED if second.holder is not None else _SHARED_SCATTERED)
    )
    return second if is_better or _strung_together(first, second) else first


def _strung_together(first: _Body, second: _Body) -> bool:
    """Tell whether *first* is the story of *second* among short lines: dates, headlines, labels of a list of others."""
    story, text = join_text(second.blocks), join_text(first.blocks)
    if not story or len(story) > _MUCH_LESS * len(text):
        return False
    within = fold(story)
    beside = [block.text for block in first.blocks if fold(block.text) not in within]
    short = sum(len(line) for line in beside if len(line) < _LINE)
    return share_found(second.found, text) >= _KNOWS and short >= _MOSTLY * sum(map(len, beside))


def _paragraph(node: HtmlElement) -> Block:
    return Block("p", fold(text_of(node)))


def find_text(scope: HtmlElement, url: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the text of *scope*, captions left out; *scope* is used up."""
    headlines = [fold(h1.text_content()) for h1 in scope.iter("h1")]
    document = lxml.html.document_fromstring("<html><body></body></html>")
    document[0].append(scope)
    take_images(document, url)
    found = trafilatura.bare_extraction(document, include_comments=False, with_metadata=False, deduplicate=False)
    lines = [fold(line) for line in (getattr(found, "text", None) or "").split("\n") if fold(line)]
    # Where trafilatura finds no body it strings the whole page together in one line, headline included: no witness.
    if len(lines) == 1 and any(headline in lines[0] != headline for headline in headlines if len(headline) > 15):
        return []
    return lines


def find_readable(scope: HtmlElement) -> list[str]:
    """Return the paragraphs that readability takes for the text of *scope*, pruned."""
    try:
        summary = Document(lxml.html.tostring(scope, encoding="unicode")).summary()
    except Unparseable:
        return []
    return [block.text for block in read_blocks(lxml.html.document_fromstring(summary))]
