"""Take the pictures out of an article's HTML, each with its caption and its credit.

In: the part of the tree that holds the article, changed in place: pictures' frames and captions are removed, so that no
caption is taken for a paragraph. A frame that holds text stays. Out: images in reading order, the article's only.
"""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import Image
from kickcrawl.body.captions import CAPTIONS, captions_beside, credit_in
from kickcrawl.body.picture_address import address_of, pictures_in
from kickcrawl.body.picture_credit import read_credit
from kickcrawl.page.entries import is_in_entry
from kickcrawl.page.line import line_of
from kickcrawl.urls import bare_host
from kickcrawl.vocabulary import WORDS, any_of

_FRAMES: Any = etree.XPath(
    ".//figure | .//*[contains(concat(' ', @class, ' '), ' wp-caption ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' gallery-item ')]"
    " | .//table[contains(concat(' ', @class, ' '), ' tr-caption-container ')]"
)
_PORTRAIT = re.compile(rf"avatar|gravatar|author|{any_of(WORDS.class_names.byline)}", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
_MAX_ICON_PIXELS = 48  # of the smaller side of a pixel or an icon
_MAX_BOX_CHARACTERS = 600  # of text in a box about an author
_MAX_LEVELS = 3  # above a picture, at which its box is named


def take_images(root: HtmlElement, base_url: str) -> tuple[Image, ...]:
    """Remove frames and captions below *root*; return its pictures, each address once, with its first caption.

    Addresses are absolute; *base_url* is that of the page.
    """
    images: dict[str, Image] = {}
    frames = [frame for frame in _FRAMES(root) if not _FRAMES(frame)]
    framed = set(frames)
    doomed: list[HtmlElement] = []
    for picture in pictures_in(root):
        url = address_of(picture, base_url)
        if url is None or _is_foreign(picture, root, url, base_url):
            continue
        frame = next((ancestor for ancestor in picture.iterancestors() if ancestor in framed), None)
        nodes = (_captions_of(frame) if frame is not None else []) or captions_beside(picture, root)
        doomed += nodes
        caption = " ".join(filter(None, map(line_of, nodes))) or None
        if url not in images or (caption and not images[url].caption):
            credit = read_credit(caption) or read_credit(credit_in(nodes)) or credit_in(nodes)
            images[url] = Image(url=url, caption=caption, credit=credit)
    _remove(doomed)
    for frame in frames:
        if pictures_in(frame) or not frame.text_content().strip():
            _remove(CAPTIONS(frame))
            if not frame.text_content().strip() or not _holds_text(frame):
                _remove([frame])
    return tuple(images.values())


def _captions_of(frame: HtmlElement) -> list[HtmlElement]:
    return [node for node in CAPTIONS(frame) if line_of(node)][:1]


def _holds_text(frame: HtmlElement) -> bool:
    return frame.tag == "figure" and any(True for _ in frame.iter("table", "blockquote", "p", "pre", "li"))


def _remove(nodes: list[HtmlElement]) -> None:
    for node in nodes:
        if node.getparent() is not None:
            node.drop_tree()


def _is_foreign(picture: HtmlElement, root: HtmlElement, url: str, base_url: str) -> bool:
    """Tell whether *picture* is none of the article's: a pixel, an icon, a badge, a portrait, a card's."""
    if _is_icon(picture) or "gravatar.com" in url:
        return True
    link = next((above for above in picture.iterancestors() if above.tag == "a"), None)
    if link is not None and _leads_away(link.get("href") or "", url, base_url):
        return True
    above = [picture, *picture.iterancestors()][: _MAX_LEVELS + 1]
    inside = above[: above.index(root)] if root in above else above
    if any(_PORTRAIT.search(f"{node.get('class')} {node.get('id')}") and _is_box(node) for node in inside):
        return True
    return is_in_entry(picture, base_url, (root,))


def _is_box(node: HtmlElement) -> bool:
    return node.tag not in ("article", "main", "body") and len(node.text_content()) <= _MAX_BOX_CHARACTERS


def _is_icon(picture: HtmlElement) -> bool:
    sides = [picture.get(side) or "" for side in ("width", "height")]
    pixels = [int(number) for side in sides if (number := side.removesuffix("px")).isdecimal()]
    return any(side <= _MAX_ICON_PIXELS for side in pixels)


def _leads_away(href: str, url: str, base_url: str) -> bool:
    """Tell whether a link round a picture leads to another site, or to another page: an advert, a badge, a card."""
    try:
        there = urljoin(base_url, href.strip())
        target, here = urlsplit(there), urlsplit(base_url)
        if target.scheme not in ("http", "https") or _FILE.search(target.path):
            return False
        if bare_host(there) == bare_host(url) != bare_host(base_url):  # the picture in full, where pictures are kept
            return False
        return bare_host(there) != bare_host(base_url) or not (
            target.path.strip("/").startswith(here.path.strip("/")) or "attachment" in there
        )
    except ValueError:
        return False
