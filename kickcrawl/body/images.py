"""Take the pictures out of an article's HTML, each with its caption and its credit.

In: the part of the tree that holds the article, changed in place: figures and captions are removed, so that no caption
is taken for a paragraph. A figure that holds a table or a quotation is text and stays. Out: images in reading order.
"""

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import Image
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.vocabulary import WORDS, any_of

_CAPTIONS: Any = etree.XPath(
    ".//figcaption | .//*[contains(concat(' ', @class, ' '), ' wp-caption-text ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' gallery-caption ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' tr-caption ')]"  # Blogger keeps picture and caption in a table
)
_FRAMES: Any = etree.XPath(
    ".//figure | .//*[contains(concat(' ', @class, ' '), ' wp-caption ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' gallery-item ')]"
    " | .//table[contains(concat(' ', @class, ' '), ' tr-caption-container ')]"
)
# "Foto: Humas", "(Foto: Ist)", "Photo by ...", and as a last resort the bracket at the end: "Warga antre air (Ist)".
_CREDIT = re.compile(
    rf"(?:\(\s*)?\b{any_of(WORDS.pictures.credits)}\b\s*(?:[:/]|{any_of(WORDS.byline.agents)})\s*"
    r"(?P<name>[^()]{2,80}?)\s*\)?\s*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(\s*(?P<name>(?![\d\s/.:-]+\))[^()]{2,60}?)\s*\)\s*\.?\s*$")  # not a date


def take_images(root: HtmlElement, base_url: str) -> tuple[Image, ...]:
    """Remove figures and captions below *root*; return its pictures, each address once, with its first caption.

    Addresses are absolute; *base_url* is that of the page.
    """
    images: dict[str, Image] = {}
    frames = [frame for frame in _FRAMES(root) if not _FRAMES(frame)]
    framed = set(frames)
    for picture in list(root.iter("img", "amp-img")):
        url = _address(picture, base_url)
        if url is None:
            continue
        frame = next((ancestor for ancestor in picture.iterancestors() if ancestor in framed), None)
        caption = _caption(frame) if frame is not None else None
        if url not in images or (caption and not images[url].caption):
            images[url] = Image(url=url, caption=caption, credit=read_credit(caption))
    for node in _CAPTIONS(root):
        if node.getparent() is not None and not _is_of_text(node):
            node.drop_tree()
    for frame in frames:
        if frame.getparent() is not None and not _holds_text(frame):
            frame.drop_tree()
    return tuple(images.values())


def read_credit(caption: str | None) -> str | None:
    """Return who made or owns the picture, as *caption* names them; None if it names nobody.

    >>> read_credit("Foto: Warga Sembalun menjemur bawang (Ist)")
    'Ist'
    >>> read_credit("Jembatan Gantung Sesaot. Foto: Humas")
    'Humas'
    """
    if not caption:
        return None
    # A bracket at the end is the credit even if the caption opens with "Foto:", which then introduces the scene.
    bracket = _BRACKET.search(caption)
    labelled = _CREDIT.search(bracket["name"] if bracket else caption)
    if bracket:
        return fold(labelled["name"] if labelled else bracket["name"])
    return fold(labelled["name"]) if labelled else None


def _caption(frame: HtmlElement) -> str | None:
    for node in _CAPTIONS(frame):
        if text := fold(text_of(node)):
            return text
    return None


def _holds_text(frame: HtmlElement) -> bool:
    return frame.tag == "figure" and any(True for _ in frame.iter("table", "blockquote", "p", "pre", "li"))


def _is_of_text(caption: HtmlElement) -> bool:
    """Tell whether *caption* is of a figure that shows words and no picture: a table's source, a list's title."""
    figure = next(caption.iterancestors("figure"), None)
    return figure is not None and _holds_text(figure) and next(figure.iter("img", "amp-img", "picture"), None) is None


def _address(picture: HtmlElement, base_url: str) -> str | None:
    """Return the picture's absolute address, None if it has none; lazy loaders keep it in a data attribute."""
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        value: str = (picture.get(name) or "").strip()
        if value and not value.startswith("data:"):
            try:
                return urljoin(base_url, value)
            except ValueError:
                return None
    return None
