"""Leave out of an article's blocks what only leads on: lists of its tags, links to the article before and after it.

In: blocks. Out: those that are not signposts. A line of tags is known by where its links lead, or by its label at the
end of the text; a neighbour's link by its arrow or its label, first or last of all.

    Tags: / Banjir / Panen Raya          "Banjir" links to /tags/banjir/
    ← Jalan Lingkar Utara Rusak          nothing but a link, below the text
    Return to blog                       the same, to a list that the article's address stands below
"""

import re
from collections.abc import Sequence
from itertools import dropwhile
from urllib.parse import unquote, urlsplit

from kickcrawl.page.blocks import Block
from kickcrawl.urls import bare_host, joined
from kickcrawl.vocabulary import WORDS, any_of

MAX_TAG_WORDS = 5
_TAG_ADDRESS = re.compile(
    r"/(?:tags?|tagged|topik|topics?|labels?|keywords?|kata-kunci|categor(?:y|ies)|kategori)[/:][^/]+/?(?:[?#]|$)"
    r"|[?&](?:tag|label|topik|kategori|category)=|/taxonomy/term/\d+",
    re.IGNORECASE,
)
_TAG_LABEL = re.compile(rf"\W*{any_of(WORDS.lines.tags)}\s*(?:[:：|]\W*)?", re.IGNORECASE)
_ARROWS = "←→⟵⟶⇐⇒«»‹›❮❯◀▶⬅➡<>"
_ARROW = re.compile(rf"\s*[{_ARROWS}]|.*[{_ARROWS}]\s*$", re.DOTALL)
_BACK, _ON = tuple("←«‹⟵"), tuple("→»›⟶")
_NEIGHBOUR = re.compile(rf"[\W_]*{any_of(WORDS.links.neighbours)}(?!\w)\s*:?", re.IGNORECASE)


def without_signposts(blocks: Sequence[Block], page_url: str) -> list[Block]:
    """Return the blocks of *blocks*, of the page at *page_url*, that are no signposts."""
    kept = _without_neighbours([block for block in blocks if not _points_away(block)], page_url)
    tags = {n for n, block in enumerate(kept) if _links_to_tags(block, page_url)} | set(_labelled_at_end(kept))
    labels = {n - 1 for n in tags if n and _TAG_LABEL.fullmatch(kept[n - 1].text)}
    return [block for n, block in enumerate(kept) if n not in tags | labels]


def _without_neighbours(blocks: list[Block], page_url: str) -> list[Block]:
    kept = list(dropwhile(_is_neighbour, blocks))
    while kept and (_is_neighbour(kept[-1]) or _leads_up(kept[-1], page_url)):
        kept.pop()
    return kept


def _leads_up(block: Block, page_url: str) -> bool:
    """Tell whether *block* is nothing but a short link to a list above the page, as Wagtail's tutorial has it."""
    if len(block.links) != 1 or not _is_short_link(block):
        return False
    try:
        target = joined(page_url, block.links[0].href)
    except ValueError:
        return False
    path = urlsplit(target).path.rstrip("/") + "/"
    is_same = bare_host(target) == bare_host(page_url) and not urlsplit(target).query
    return is_same and urlsplit(page_url).path.rstrip("/").startswith(path)


def _is_neighbour(block: Block) -> bool:
    """Tell whether *block* is nothing but the link to the article before or after, or both."""
    if not block.links:
        return False
    beside = _beside_links(block)
    is_labelled = any(_NEIGHBOUR.match(text) for text in (beside, *(link.text for link in block.links)))
    return (is_labelled or bool(_ARROW.match(block.text))) and not re.search(r"\w", _NEIGHBOUR.sub("", beside))


def _points_away(block: Block) -> bool:
    """Tell whether *block* is nothing but links and an arrow back before or on behind them, wherever it stands."""
    if not block.links or not ((text := block.text.strip()).startswith(_BACK) or text.endswith(_ON)):
        return False
    return not re.search(r"\w", _beside_links(block))


def _links_to_tags(block: Block, page_url: str) -> bool:
    """Tell whether *block* is nothing but links to the site's pages of tags, behind their label or without one."""
    if not block.links or not all(_is_tag(link.href, page_url) for link in block.links):
        return False
    return not re.search(r"\w", _TAG_LABEL.sub("", _beside_links(block), count=1))


def _is_tag(href: str, page_url: str) -> bool:
    try:
        address = joined(page_url, href)
    except ValueError:
        return False
    return bare_host(address) == bare_host(page_url) and bool(_TAG_ADDRESS.search(unquote(address)))


def _labelled_at_end(blocks: Sequence[Block]) -> list[int]:
    """Return the numbers of the last blocks, if they are short links or names behind a label of tags."""
    end = len(blocks)
    while end and blocks[end - 1].links and _is_short_link(blocks[end - 1]):
        end -= 1
    if end and end < len(blocks) and _TAG_LABEL.fullmatch(blocks[end - 1].text):
        return list(range(end, len(blocks)))
    if blocks and (label := _TAG_LABEL.match(blocks[-1].text)) and re.search(r"[:：]", label[0]):
        names = re.split(r"[,;|/·•#]", blocks[-1].text[label.end() :])
        if all(len(name.split()) <= MAX_TAG_WORDS for name in names) and blocks[-1].text[-1] not in '.!?”"':
            return [len(blocks) - 1]
    return []


def _is_short_link(block: Block) -> bool:
    return block.words <= MAX_TAG_WORDS and not re.search(r"\w", _beside_links(block))


def _beside_links(block: Block) -> str:
    """Return the text of *block* that is in none of its links."""
    rest = block.text
    for link in block.links:
        rest = rest.replace(link.text, " ", 1)
    return rest
