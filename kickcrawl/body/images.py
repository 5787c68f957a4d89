"""Take the pictures out of an article's HTML, each with its caption and its credit.

In: the part of the tree that holds the article, changed in place: figures and captions are removed, so that no caption
is taken for a paragraph. A figure that holds a table or a quotation is text and stays, with its caption; of one that
holds an embed (a video, a post) the caption stays. A gallery's caption is said of each of its pictures, behind its own.
Out: images in reading order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import Claim, Image
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
_EMBED = re.compile(r"(?:^|[ _-])(?:embed|video|audio)(?:$|[ _-])")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
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
        own, shared = _caption(frame) if frame is not None else None, _shared_caption(picture, frame)
        caption = " ".join(filter(None, (own, shared))) or None
        if url not in images or (caption and not images[url].caption):
            images[url] = Image(url=url, caption=caption, credit=read_credit(own) or read_credit(shared))
    written = [frame for frame in frames if _is_written(frame)]
    for frame in list(filter(_is_embed, written)):
        _leave_caption(frame)
    kept = {caption for frame in written for caption in _CAPTIONS(frame)}
    for node in _CAPTIONS(root):
        if node.getparent() is not None and node not in kept:
            node.drop_tree()
    for frame in frames:
        if frame.getparent() is not None and frame not in written and not _holds_text(frame):
            frame.drop_tree()
    return tuple(images.values())


def caption_featured(images: Sequence[Image], claims: Iterable[Claim]) -> tuple[Image, ...]:
    """Return *images*, those without a caption with the one that *claims* of seeds give to a picture at its address."""
    said = {_full_size(str(claim.value[0])): str(claim.value[1]) for claim in claims if claim.field == "picture"}
    return tuple(
        replace(image, caption=caption, credit=read_credit(caption))
        if not image.caption and (caption := said.get(_full_size(image.url)))
        else image
        for image in images
    )


def _full_size(url: str) -> str:
    """Return the path of a picture, without the size that WordPress writes into its smaller copies."""
    return _SIZE.sub("", urlsplit(url).path)


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


def _shared_caption(picture: HtmlElement, frame: HtmlElement | None) -> str | None:
    """Return the caption of the gallery around *picture*, whose own one is in *frame*."""
    for holder in picture.iterancestors("figure"):
        caption = holder.find("figcaption")
        if holder is not frame and caption is not None and (text := fold(text_of(caption))):
            return text
    return None


def _holds_text(frame: HtmlElement) -> bool:
    return frame.tag == "figure" and (_is_written(frame) or next(frame.iter("p"), None) is not None)


def _is_written(frame: HtmlElement) -> bool:
    """Tell whether a *frame* without a picture holds a table, a quotation or an embed: its caption is text, too."""
    if frame.tag != "figure" or next(frame.iter("img", "amp-img"), None) is not None:
        return False
    return _is_embed(frame) or next(frame.iter("table", "blockquote", "pre"), None) is not None


def _is_embed(frame: HtmlElement) -> bool:
    has_caption = next(frame.iter("figcaption"), None) is not None
    return has_caption and _EMBED.search(frame.get("class") or "") is not None


def _leave_caption(frame: HtmlElement) -> None:
    """Make of an embed a paragraph of its caption: the rest is an address until a script runs, or others' words."""
    caption = " ".join(fold(text_of(node)) for node in frame.iter("figcaption"))
    for child in list(frame):
        frame.remove(child)
    frame.attrib.clear()
    frame.tag, frame.text = "p", caption


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
