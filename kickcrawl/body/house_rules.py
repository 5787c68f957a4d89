"""The house rules on an article's blocks: what stands between its paragraphs but was not written as part of it.

In: blocks. Out: blocks without "Baca juga" lines, advert labels and page numbers; and the links to other articles.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from kickcrawl.article import RelatedLink
from kickcrawl.body.fillers import is_filler, is_times_read, reserves_rights, without_leftovers
from kickcrawl.body.read_also import without_read_also
from kickcrawl.body.signposts import without_signposts
from kickcrawl.body.teasers import MIN_HEADLINE_WORDS, article_links, find_teasers, is_label, is_only_links
from kickcrawl.compare.notices import without_label
from kickcrawl.page.blocks import Block, fold
from kickcrawl.page.cuts import Cuts
from kickcrawl.urls import bare_host
from kickcrawl.vocabulary import WORDS, any_of

_LINKS = WORDS.links
_LABEL = re.compile(
    rf"^[\W_]*(?:{any_of((*_LINKS.read_also, *_LINKS.more_articles))}(?!\w)(?P<colon>\s*[:：])?"
    rf"|{any_of(_LINKS.read_also_before_colon)}\s*[:：])",
    re.IGNORECASE,
)
# The same within the link, whose parts may stand in elements of their own: "Baca juga: Harga bawang turun",
# "BACA JUGAHarga bawang turun"
_TITLE_LABEL = re.compile(
    rf"[\W_]*(?:{any_of((*_LINKS.read_also, *_LINKS.read_also_before_colon))}\s*[:：]\s*|{any_of(_LINKS.read_also)})"
    r"(?=\w)",
    re.IGNORECASE,
)
_MAY_BE_LABELLED = re.compile(any_of((*_LINKS.read_also, *_LINKS.read_also_before_colon)), re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\w)\d{1,2}[.)]")  # of a link in a list of several
_MAX_SHARED_LABEL = 3  # characters of a label below which everybody can have a domain: co, com, web, go
_MAIL = re.compile(r"[\w.+-] ?(?:@|\[at\]|\(at\)) ?((?:[\w-]{1,63}\.)+[a-z]{2,})", re.IGNORECASE)  # and its domain
_BOX = re.compile(rf"{any_of((*_LINKS.boxes, *_LINKS.more_articles))}\W*(?:\(?\d+\)?)?\W*", re.IGNORECASE)
_MIN_COPIED = 2  # blocks that stand twice in a row, before they are a copy; a journalist may repeat one
_MIN_COPIED_LENGTH = 200  # characters of them
_MAX_CONTACT_LENGTH = 150  # characters of a line that only says where to write to


def clean_blocks(
    blocks: Sequence[Block], page_url: str, cuts: Cuts | None = None
) -> tuple[list[Block], list[RelatedLink]]:
    """Return the blocks of *blocks* that are the article's, and the links to other articles that stood among them.

    *cuts* takes note of the others.
    """
    said = [(block, None if is_filler(block) else without_leftovers(block)) for block in blocks]
    own = without_signposts([rest for _, rest in said if rest is not None], page_url)
    parted = [without_read_also(block, page_url) for block in own]
    written, inline = [rest for rest, _ in parted], [link for _, links in parted for link in links]
    listed, related = _without_lists(written, page_url)
    whole = _without_box_labels(_without_copy(listed))
    kept = _without_lines_at_ends(whole, page_url)
    if cuts is not None:
        left, shown, inner = frozenset(own), frozenset(whole), frozenset(kept)
        cuts.note([link.title for link in inline], "related")
        cuts.note([block for block, rest in said if rest not in left], "filler")
        cuts.note([block for block in written if block not in shown], "related")
        cuts.note([block for block in whole if block not in inner], "filler")
    links = [*inline, *related]
    first = {link.url: link for link in reversed(links)}  # a card's headline stands above its excerpt
    return kept, [_unlabelled(link) for link in dict.fromkeys(links) if first[link.url] is link]


def _without_lists(written: Sequence[Block], page_url: str) -> tuple[list[Block], list[RelatedLink]]:
    """Return the blocks of *written* that are no label, list or teaser of other articles, and the links of these."""
    kept: list[Block] = []
    related: list[RelatedLink] = []
    waiting = False  # the last block was a label without a link: a list that follows belongs to it
    has_excerpts = is_below_headline = False  # that list, and the block in it
    linked = [article_links(block, page_url) for block in written]
    told = zip(written, linked, find_teasers(written, linked), strict=True)
    for number, (block, links, teased) in enumerate(told):
        label = _LABEL.match(_parted(block) if block.links else fold(block.text))
        if label and _is_only_label_and_links(block, label):
            related += links
            waiting, has_excerpts, is_below_headline = not links, False, False
        elif waiting and _is_listed(block, links, page_url):
            related += links
            is_below_headline = True
        elif waiting and is_below_headline and (has_excerpts or _heads_list(written, linked, number + 1, page_url)):
            has_excerpts, is_below_headline = True, False
        elif waiting and is_label(block) and is_only_links(written[min(number + 1, len(written) - 1)]):
            continue  # a kicker over the headline that is the link
        elif teased is not None:
            related += teased
        else:
            kept.append(block)
            waiting = False
    return kept, related


def _without_box_labels(blocks: list[Block]) -> list[Block]:
    """Return *blocks* without labels of boxes that are gone at their end: no text ends with a heading."""
    labels = takewhile(lambda block: block.kind == "h" and _BOX.fullmatch(fold(block.text)), reversed(blocks[1:]))
    return blocks[: len(blocks) - sum(1 for _ in labels)]


def _parted(block: Block) -> str:
    """Return the text of *block* with a space before its first link, which may follow a label without one."""
    before, link, behind = fold(block.text).partition(block.links[0].text)
    return f"{before} {link}{behind}" if before[-1:].isalpha() else before + link + behind


def _without_lines_at_ends(blocks: list[Block], page_url: str) -> list[Block]:
    """Return *blocks* without what is a page's own line only first or last in a text: elsewhere it may be reported."""
    first, end = 0, len(blocks)
    while end and (
        is_times_read(blocks[end - 1]) or reserves_rights(blocks[end - 1]) or _is_contact(blocks[end - 1], page_url)
    ):
        end -= 1
    while first < end and is_times_read(blocks[first]):
        first += 1
    return blocks[first:end]


def _without_copy(blocks: list[Block]) -> list[Block]:
    """Return *blocks* without their beginning where all of it follows once more: a copy for a phone, a preview."""
    first = blocks[0].text if blocks else ""
    for number in range(_MIN_COPIED, len(blocks) // 2 + 1):
        if blocks[number].text == first:
            # Pair by pair, since most end soon: slices would take the square of a page of short lines.
            is_copy = all(block.text == blocks[number + n].text for n, block in enumerate(islice(blocks, number)))
            if is_copy and sum(len(block.text) for block in blocks[:number]) >= _MIN_COPIED_LENGTH:
                return blocks[number:]
    return blocks


def _unlabelled(link: RelatedLink) -> RelatedLink:
    """Return *link* without the label in its title."""
    if not _MAY_BE_LABELLED.search(link.title):  # as most; the label with what may stand around it takes twice as long
        return link
    return replace(link, title=_TITLE_LABEL.sub("", link.title, count=1))


def _heads_list(blocks: Sequence[Block], linked: Sequence[list[RelatedLink]], number: int, page_url: str) -> bool:
    """Tell whether a list goes on with a headline at *number*, behind a paragraph: that is an excerpt."""
    return number < len(blocks) and _is_listed(blocks[number], linked[number], page_url)


def _is_listed(block: Block, links: Sequence[RelatedLink], page_url: str) -> bool:
    """Tell whether *block*, below a label, says nothing but the *links*, or is a headline and its excerpt."""
    if is_only_links(block):
        return bool(links) or _leads_to_sister(block, page_url)
    first = links[0].title if links else ""
    return block.kind == "li" and len(first.split()) >= MIN_HEADLINE_WORDS and fold(block.text).startswith(first)


def _leads_to_sister(block: Block, page_url: str) -> bool:
    """Tell whether *block* links to other parts of the portal, at hosts of the same domain (musik.kabar.example)."""
    return {_domain(link.href) for link in block.links} == {_domain(page_url)}


def _domain(url: str) -> str:
    """Return the last two labels of the host of *url*; three where the second is short, as in kabar.co.id."""
    labels = bare_host(url).split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= _MAX_SHARED_LABEL else labels[-2:])


def _is_contact(block: Block, page_url: str) -> bool:
    """Tell whether *block* is a line with an address of the newsroom itself: redaksi@kabar.example."""
    if len(block.text) > _MAX_CONTACT_LENGTH or without_label(block.text) is not None:
        return False  # a correction notice may say where readers can write to
    return any(_domain(f"https://{host}") == _domain(page_url) for host in _MAIL.findall(block.text))


def _is_only_label_and_links(block: Block, label: re.Match[str]) -> bool:
    """Tell whether nothing but label and links is in *block*: a sentence that only begins so is the journalist's."""
    rest = fold(block.text)[label.end() :]
    for link in block.links:
        rest = rest.replace(link.text, "", 1)
    if not re.search(r"\w", _NUMBER.sub("", rest)):
        return True
    return bool(label["colon"]) and not block.links and len(rest.split()) <= 20
