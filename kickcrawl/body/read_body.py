"""Read the blocks and pictures of an article out of one parsed page.

In: a ParsedPage, and the layouts that are trusted for its outlet. Out: blocks, pictures, and how they were read: by a
layout that the outlet's file states or earlier pages have taught; else in full, with trafilatura as the independent
witness, and readability as a second one where the first found little or too much.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.article import Image
from kickcrawl.body.beside import find_beside, notices_of
from kickcrawl.body.cards import find_cards
from kickcrawl.body.chosen_witness import MAX_LINE_LENGTH, choose_witness
from kickcrawl.body.container import (
    MIN_READ_SHARE,
    MIN_TRUSTED_LENGTH,
    is_the_articles,
    share_found,
    smallest_holding,
)
from kickcrawl.body.footnotes import drop_note_marks
from kickcrawl.body.foreign_boxes import cut_boxes, cut_foreign_boxes
from kickcrawl.body.house_rules import clean_blocks
from kickcrawl.body.layout import find_container, path_of, share_of, stated_container
from kickcrawl.body.leaves import leaves
from kickcrawl.body.next_story import cut_next_stories
from kickcrawl.body.opened import open_panels
from kickcrawl.body.other_articles import reduce_entries
from kickcrawl.body.scattered import find_scattered, fits, read_scattered
from kickcrawl.body.script_data import data_text
from kickcrawl.body.standfirst import find_standfirst
from kickcrawl.body.stated_text import stated_text
from kickcrawl.body.witnesses import find_text
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks, spaced_text_of, text_of
from kickcrawl.page.boilerplate import prose_body, prune
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.headline import find_headline
from kickcrawl.page.line import ends_as_sentence
from kickcrawl.page.named_container import named_container
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.pictures.address import reveal
from kickcrawl.pictures.images import take_images
from kickcrawl.reading import BoxSelectors, Layout, Reading

# A full reading teaches where the body stands only if it holds trafilatura's words and little more.
_MIN_CONFIRMED_SHARE = 0.9  # of the found text that must be read
_MAX_LENGTH_RATIO = 1.3  # of what is read to the found text
# trafilatura is believed about foreign boxes only where it has found the article.
_MIN_KNOWN_SHARE = 0.8  # of its text that must be read
_MIN_FOUND_RATIO = 0.5  # of its text to what is read
_MIN_SENTENCE_LENGTH = 8  # characters before its full stop
_MIN_CARDS_SHARE = 0.2  # of trafilatura's text that are excerpts on cards: it has taken them for the article


class Body(NamedTuple):
    """What one page gives of an article's body, in reading order."""

    blocks: list[Block]
    images: tuple[Image, ...]
    reading: Reading
    cuts: Cuts
    has_player: bool = False  # a video or a recording stands where the story should


class _Whole(NamedTuple):
    """A copy of the scope before it was pruned and lost its images, and what had been left out of it by then."""

    tree: HtmlElement
    cuts: Cuts


def read_body(page: ParsedPage, layouts: Sequence[Layout] = (), *, check: bool = False) -> Body | None:
    """Return the article's body; the page's scope is used up.

    A container that the outlet's file states wins, then the first of *layouts* that fits. Where there are none, or
    where they are to be checked (*check*), the page is read in full. None where none fits: then the page is to be
    parsed again and read without layouts, since the copy that a full reading needs is not made where one is likely to
    fit.
    """
    is_in_full = check or not layouts
    cuts, has_player = Cuts(is_in_full=is_in_full), _has_player(page.scope)
    body = _read(page, layouts, cuts, check=check)
    if body is None:
        return None
    if stated := (stated_text(page, body.blocks) or ([] if body.blocks else data_text(page))):
        body = body._replace(blocks=stated, reading=replace(body.reading, agrees=False))
    return body._replace(has_player=has_player)


def _read(page: ParsedPage, layouts: Sequence[Layout], cuts: Cuts, *, check: bool) -> Body | None:
    """Return the body as it stands on the page, None if no layout fits; *cuts* takes note of what is left out."""
    scope = page.scope
    reduce_entries(page, cuts)
    cut_next_stories(page, cuts)
    reveal(scope)
    open_panels(scope, cuts)
    drop_note_marks(scope, page.url, cuts)
    whole = None if layouts and not check else _Whole(copy.deepcopy(scope), cuts.copy())
    prune(scope, cuts=cuts)
    images = take_images(scope, page.url, page.entries, cuts)
    stated = stated_container(scope, page.site.body)
    if stated is not None:
        return _by_layout(page, images, stated, Layout(path_of(stated), 0), cuts)
    fitting = find_container(scope, layouts, _is_known)
    if fitting is not None and not check:
        return _by_layout(page, images, *fitting, cuts)
    trusted = fitting[0] if fitting is not None else None
    return _in_full(page, whole, images, trusted, cuts) if whole is not None else None


def _has_player(scope: HtmlElement) -> bool:
    """Tell whether a video or a recording is shown in *scope*; frames without an address or a size show none."""
    return any(
        node.tag in ("video", "audio")
        or (bool(node.get("src") or node.get("data-src")) and node.get("height") not in ("0", "1"))
        for node in scope.iter("video", "audio", "iframe", "amp-youtube", "amp-video")
    )


def _is_known(container: HtmlElement, layout: Layout) -> bool:
    return not layout.scattered.text or fits(container, layout.scattered)


def _by_layout(page: ParsedPage, images: tuple[Image, ...], container: HtmlElement, layout: Layout, cuts: Cuts) -> Body:
    cut_boxes(container, layout.foreign_boxes, cuts)
    blocks = read_scattered(container, layout.scattered) if layout.scattered.text else read_blocks(container)
    standfirst = find_standfirst(page.scope, _headline(page), container, join_text(blocks), paths=layout.standfirst)
    is_stated = not layout.share  # by a person, who has chosen what is the body; what is corrected is told all the same
    opening = [block for node in standfirst for block in read_blocks(node)]
    if is_stated:
        whole = _with_notices(page.scope, container, [*opening, *blocks])
    else:
        whole = _with_beside(page, container, standfirst, blocks)
    return Body(whole, images, Reading(body=layout.body, in_full=False), cuts)


def _headline(page: ParsedPage) -> HtmlElement | None:
    """Return the headline in the pruned scope, where fewer headings may be left to choose from, or none."""
    if page.headline is not None and page.scope in page.headline.iterancestors():
        return page.headline
    return find_headline(page.scope)


def _in_full(
    page: ParsedPage, whole: _Whole, images: tuple[Image, ...], trusted: HtmlElement | None, cuts: Cuts
) -> Body:
    """Return the body as all witnesses tell it; *trusted* is the container that a layout would have read."""
    scope = page.scope
    found = cuts.without_sure(_found(whole.tree, page.url))
    if _is_only_excerpts(page, found):
        found = []
    blocks, holder, found, witness = choose_witness(scope, found)
    if not blocks and (body := prose_body(scope)) is not None:
        # Its paragraphs are most of the page, but something around it has a name by which both witnesses pass it over.
        return Body(read_blocks(body), images, Reading(body=None, witness=witness), cuts)
    if holder is None and _is_cut_away(scope, found):
        again = _unpruned(page, whole, found)
        if again is not None:
            return again._replace(images=images)
    if holder is None:
        return _scattered(page, Body(blocks, images, Reading(body=None, witness=witness), cuts), found, trusted)
    share, boxes, read = share_of(holder, scope), BoxSelectors(), join_text(blocks)
    known = share_found(found, read)
    if known >= _MIN_KNOWN_SHARE and _length(found) >= _MIN_FOUND_RATIO * len(read):
        boxes = cut_foreign_boxes(holder, found, lambda box: not clean_blocks(box, page.url)[0], cuts)
    if boxes.foreign:
        blocks = read_blocks(holder)
        read = join_text(blocks)
        known = share_found(found, read)
    standfirst = find_standfirst(scope, _headline(page), holder, read, found=found)
    agrees = known >= _MIN_CONFIRMED_SHARE and len(read) <= _MAX_LENGTH_RATIO * _length(found)
    reading = Reading(
        body=path_of(holder),
        share=share,
        agrees=agrees,
        witness=witness,
        refuted=_refuted(trusted, holder) if agrees else None,
        boxes=boxes,
        standfirst=frozenset(map(path_of, standfirst)),
    )
    return Body(_with_beside(page, holder, standfirst, blocks), images, reading, cuts)


def _is_cut_away(scope: HtmlElement, found: Sequence[str]) -> bool:
    """Tell whether the pruning of *scope* has taken away a part of *found*."""
    return _length(found) >= MIN_TRUSTED_LENGTH and share_found(found, spaced_text_of(scope)) < MIN_READ_SHARE


def _unpruned(page: ParsedPage, whole: _Whole, found: list[str]) -> Body | None:
    """Return the body that *found* points at in *whole*, pruned with that element as the body, without images.

    On pages that are put together of "widgets", each paragraph stands in an element that is called boilerplate. None if
    the element holds too much else. What is read so teaches no layout, since a layout is looked for in a pruned scope.
    """
    tree, cuts = whole
    container, above = smallest_holding(tree, found), page.scope.getparent()
    if container is None or above is None:
        return None
    above.replace(page.scope, tree)
    prune(tree, keep=container, cuts=cuts)
    cut_foreign_boxes(container, found, lambda box: not clean_blocks(box, page.url)[0], cuts)
    blocks = read_blocks(container)
    read = join_text(blocks)
    if share_found(found, read) < MIN_READ_SHARE or not is_the_articles(container, blocks, found):
        above.replace(tree, page.scope)
        return None
    own = replace(page, scope=tree)
    standfirst = find_standfirst(tree, _headline(own), container, read, found=found)
    return Body(_with_beside(own, container, standfirst, blocks), (), Reading(body=None), cuts)


def _found(whole: HtmlElement, url: str) -> list[str]:
    """Return what trafilatura finds; without the cards of other articles, if it took them for a part of the text."""
    found, cards = find_text(whole, url), find_cards(whole, url)
    theirs = " ".join(fold(text_of(card)) for card in cards)
    excerpts = [text for text in found if len(text) >= MAX_LINE_LENGTH and fold(text) in theirs]
    if not excerpts or _length(excerpts) < _MIN_CARDS_SHARE * _length(found):
        return found
    for card in cards:
        card.drop_tree()
    return find_text(whole, url)


def _is_only_excerpts(page: ParsedPage, found: Sequence[str]) -> bool:
    """Tell whether the named body is empty, and all of *found* in entries that lead elsewhere, but for labels."""
    body = named_container(page.scope) if found and page.entries else None
    if body is None or fold(text_of(body)):
        return False
    around = [*page.entries, *([page.headline] if page.headline is not None else [])]
    theirs = " ".join(fold(text_of(node)) for node in around)
    prose = [text for text in found if len(text) >= MAX_LINE_LENGTH or ends_as_sentence(text, _MIN_SENTENCE_LENGTH)]
    return all(fold(text) in theirs for text in prose)


def _with_beside(
    page: ParsedPage, container: HtmlElement, standfirst: Sequence[HtmlElement], blocks: list[Block]
) -> list[Block]:
    """Return the *blocks* of *container* with the *standfirst*, and with the paragraphs that stand beside it."""
    opening = [block for node in standfirst for block in read_blocks(node)]
    text = join_text([*opening, *blocks])
    beside = find_beside(page.scope, _headline(page), container, text)
    before, behind = ([block for node in nodes for block in read_blocks(node)] for nodes in beside)
    return [*opening, *before, *blocks, *behind]


def _scattered(page: ParsedPage, body: Body, found: list[str], trusted: HtmlElement | None) -> Body:
    """Return *body*, which stands in no one element, as read by the paths of its paragraphs; unchanged if they fail."""
    scope, read = page.scope, fold(join_text(body.blocks))
    located = find_scattered(scope, [line for line in found if fold(line) in read])
    if located is None:
        texts = {block.text for block in body.blocks}
        leaf = next((leaf for leaf in leaves(scope) if fold(text_of(leaf)) in texts), None)
        linked = {fold(block.text): block for block in read_blocks(scope) if block.links}
        blocks = [linked.get(block.text.removeprefix("- "), block) for block in body.blocks]  # for the house rules
        return body._replace(blocks=blocks if leaf is None else _with_notices(scope, leaf, blocks))
    holder, paths = located
    reading = Reading(
        body=path_of(holder),
        share=share_of(holder, scope),
        agrees=True,
        witness=body.reading.witness,
        refuted=_refuted(trusted, holder),
        scattered=paths,
    )
    blocks = read_scattered(holder, paths)
    first = next(leaf for leaf in leaves(holder) if path_of(leaf) in paths.text)
    return body._replace(blocks=_with_notices(scope, first, blocks), reading=reading)


def _with_notices(scope: HtmlElement, first: HtmlElement, blocks: list[Block]) -> list[Block]:
    """Return *blocks* with the correction notices before and behind their *first* leaf."""
    notices = notices_of(scope, first, join_text(blocks))
    before, behind = ([block for node in nodes for block in read_blocks(node)] for nodes in notices)
    return [*before, *blocks, *behind]


def _refuted(trusted: HtmlElement | None, holder: HtmlElement) -> str | None:
    return path_of(trusted) if trusted is not None and trusted is not holder else None


def _length(texts: Sequence[str]) -> int:
    return sum(map(len, texts))
