"""Find the cards of other articles on a page, so that their excerpts are not taken for the text of a short one.

A card is one of several boxes side by side that begin with a headline that is a link, or a link around a headline.

    <a href="/lain"><h3>Harga cabai naik lagi</h3><p>Petani ...</p></a>                 a card
    <div class=k><h3><a href="/lain">Harga cabai naik lagi</a></h3><p>Petani ...</p></div> <div class=k> ...
"""

import re
from collections import Counter
from itertools import islice
from urllib.parse import SplitResult, urlsplit

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import HEADINGS
from kickcrawl.urls import joined

MAX_CARD_LENGTH = 1200  # characters, white space included; more is an article
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|mp4|webm|pdf)$", re.IGNORECASE)


def find_cards(root: HtmlElement, page_url: str) -> list[HtmlElement]:
    """Return the cards below *root* that lead to other pages."""
    found = [pair for heading in root.iter(*HEADINGS) if (pair := _box_of(heading, page_url)) is not None]
    boxes = [(box, link) for box, link in found if len(text_of(box)) <= MAX_CARD_LENGTH]
    alike = Counter((box.getparent(), box.tag, box.get("class")) for box, _ in boxes)
    chosen = (box if alike[box.getparent(), box.tag, box.get("class")] > 1 else link for box, link in boxes)
    return [card for card in chosen if card is not None]


def _box_of(heading: HtmlElement, page_url: str) -> tuple[HtmlElement, HtmlElement | None] | None:
    """Return the largest element that begins with *heading*, a link to another page, and holds no other heading.

    And the link, where it goes round the heading.
    """
    link = next(heading.iterancestors("a"), None)
    around = link
    link = link if link is not None else heading.find(".//a")
    if link is None or _other_page(link, page_url) is None:
        return None
    if around is None and 2 * len(fold(text_of(link))) < len(fold(text_of(heading))):
        return None
    box = heading if around is None else around
    while (above := box.getparent()) is not None and above.tag not in ("body", "main"):
        if len(list(islice(above.iter(*HEADINGS), 2))) > 1:
            break
        box = above
    return None if box is heading else (box, around)


def _other_page(link: HtmlElement, page_url: str) -> tuple[str, str] | None:
    """Return the path and query of another page of the site to which *link* leads; None for files and pages below."""
    try:
        there, here = urlsplit(joined(page_url, (link.get("href") or "").strip())), urlsplit(page_url)
    except ValueError:
        return None
    if there.scheme not in ("http", "https") or _bare(there) != _bare(here) or _FILE.search(there.path):
        return None
    target, own = (there.path.rstrip("/"), there.query), (here.path.rstrip("/"), here.query)
    return None if target == own or (own[0] and target[0].startswith(f"{own[0]}/")) else target


def _bare(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
