"""Read the blocks and pictures of a story out of one page's tree. The only door to trafilatura.

In: the element that holds headline and story. Out: blocks, pictures, and how they were read: by a layout that the
outlet's file states or earlier pages have taught, else in full, with trafilatura as the independent witness.
"""

import copy
import logging

import lxml.html
import trafilatura
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from kickcrawl.article import Image, Page, Reading
from kickcrawl.blocks import Block, fold, join_text, read_blocks
from kickcrawl.body import find_headline, named_body, read_body, share_found
from kickcrawl.boilerplate import prose_length, prune
from kickcrawl.images import take_images
from kickcrawl.layout import Layout, find_body, path_of, share_of, stated_body
from kickcrawl.rules import clean_blocks
from kickcrawl.standfirst import find_standfirst
from kickcrawl.strangers import Looks, cut_known, cut_strangers

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # "discarding data": our rejections say why, once

# A page teaches where the body stands only if trafilatura's words are there, and little besides.
_CONFIRMED = 0.95  # share of the found text that must be read
_BESIDES = 1.3  # of its length, at most
# trafilatura is believed on what is not of the story only where it knows the story.
_KNOWS = 0.8  # share of its text that must be read
_MOST = 0.5  # of what is read, it must have found

# readability is asked where trafilatura found little of what is there, and believed where it found more of the same.
_PRACTICALLY_ALL = 0.8  # share of the prose
_SAME = 0.95  # of its text: as much is the same
_DENSE = 3  # times its text: if there is more prose than that beside it, it stands among other things
_SHARED = 0.5  # share of trafilatura's text that it must have, too


def read_story(scope: HtmlElement, url: str, page: Page) -> tuple[list[Block], tuple[Image, ...], Reading]:
    """Return the blocks and pictures of the story in *scope*, by a trusted layout where one fits, else in full."""
    whole = copy.deepcopy(scope)
    prune(scope, keep=named_body(scope))
    stated = stated_body(scope, page.site.body)
    layout = Layout(path_of(stated), 0) if stated is not None else None
    trusted = stated
    if stated is None and (fitting := find_body(scope, page.layouts)) is not None:
        trusted, layout = fitting
    if trusted is not None and layout is not None and (stated is not None or not page.check):
        images = take_images(scope, url)
        cut_known(trusted, layout.strange)
        return _below_standfirst(scope, trusted), images, Reading(body=layout.body, in_full=False)
    found = find_text(whole, url)
    images = take_images(scope, url)
    blocks, holder = read_body(scope, found)
    if len(read := join_text(blocks)) < _PRACTICALLY_ALL * (prose := prose_length(scope)):
        other = find_readable(scope)
        others, place = read_body(scope, other)
        longer = join_text(others)
        if (
            place is not None
            and len(read) < _SAME * len(longer)
            and prose <= _DENSE * len(longer)
            and share_found(found, longer) >= _SHARED
        ):
            blocks, holder, found = others, place, other
    if holder is None:
        return blocks, images, Reading(body=None)
    share, looks = share_of(holder, scope), Looks()
    read = join_text(blocks)
    if share_found(found, read) >= _KNOWS and sum(map(len, found)) >= _MOST * len(read):
        looks = cut_strangers(holder, found, lambda box: not clean_blocks(box, url)[0])
        read = join_text(read_blocks(holder))
    reading = Reading(
        body=path_of(holder),
        share=share,
        agrees=share_found(found, read) >= _CONFIRMED and len(read) <= _BESIDES * sum(map(len, found)),
        refuted=path_of(trusted) if trusted is not None and trusted is not holder else None,
        looks=looks,
    )
    return _below_standfirst(scope, holder), images, reading


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


def _below_standfirst(scope: HtmlElement, body: HtmlElement) -> list[Block]:
    blocks = read_blocks(body)
    standfirst = find_standfirst(scope, find_headline(scope), body, join_text(blocks))
    return [Block("p", standfirst), *blocks] if standfirst is not None else blocks
