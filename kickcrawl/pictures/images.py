"""Take the pictures out of an article's HTML, each with its caption and its credit.

In: the part of the tree that holds the article, changed in place: pictures' frames and captions are removed, so that no
caption is taken for a paragraph. A frame that holds text stays, with its caption; of an embed (a video, a post) the
caption alone stays. A gallery's caption is said of each of its pictures, behind its own. Out: images in reading order,
the article's only.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import Claim, Image
from kickcrawl.page.blocks import text_of
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.line import line_of
from kickcrawl.page.other_entries import is_within
from kickcrawl.pictures.address import address_of, pictures_in
from kickcrawl.pictures.captions import captions_beside, captions_in, credit_in
from kickcrawl.pictures.credit import read_credit
from kickcrawl.pictures.foreign import is_foreign

_FRAMES = frozenset(("wp-caption", "gallery-item"))
_TABLE_FRAME = "tr-caption-container"  # Blogger's
_EMBED = re.compile(r"(?:^|[ _-])(?:embed|video|audio)(?:$|[ _-])")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")


def take_images(
    root: HtmlElement, base_url: str, entries: Container[HtmlElement] = (), cuts: Cuts | None = None
) -> tuple[Image, ...]:
    """Remove frames and captions below *root*; return its pictures, each address once, with its first caption.

    Addresses are absolute; *base_url* is that of the page, *entries* are its elements that lead to other articles.
    *cuts* takes note of what is removed.
    """
    cuts = cuts if cuts is not None else Cuts()
    images: dict[str, Image] = {}
    frames = _frames(root)
    framed = set(frames)
    doomed: list[HtmlElement] = []
    for picture in pictures_in(root):
        if is_within(picture, entries):
            continue
        url = address_of(picture, base_url)
        if url is None or is_foreign(picture, root, url, base_url):
            continue
        frame = next((ancestor for ancestor in picture.iterancestors() if ancestor in framed), None)
        nodes = (_captions_of(frame) if frame is not None else []) or captions_beside(picture, root)
        shared = [node for node in _shared_caption(picture, frame) if node not in nodes]
        doomed += [*nodes, *shared]
        caption = " ".join(filter(None, map(line_of, [*nodes, *shared]))) or None
        if url not in images or (caption and not images[url].caption):
            own, named = " ".join(map(line_of, nodes)), credit_in(nodes)
            credit = read_credit(own) or read_credit(named) or named or read_credit(" ".join(map(line_of, shared)))
            images[url] = Image(url=url, caption=caption, credit=credit)
    _remove(doomed, cuts)
    for frame in frames:
        if pictures_in(frame) or not text_of(frame).strip():
            _remove(list(captions_in(frame)), cuts)
            if not text_of(frame).strip() or not _holds_text(frame):
                _remove([frame], cuts)
        elif _is_embed(frame):
            _leave_caption(frame, cuts)
    return tuple(images.values())


def _frames(root: HtmlElement) -> list[HtmlElement]:
    """Return the innermost frames of pictures below *root*."""
    frames = [
        node
        for node in root.iterdescendants("*")
        if node.tag == "figure" or ((classes := node.get("class")) and _names_frame(classes, node.tag))
    ]
    around = {above for frame in frames for above in frame.iterancestors()}
    return [frame for frame in frames if frame not in around]


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _names_frame(classes: str, tag: str) -> bool:
    names = classes.split()
    return not _FRAMES.isdisjoint(names) or (tag == "table" and _TABLE_FRAME in names)


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


def _captions_of(frame: HtmlElement) -> list[HtmlElement]:
    return list(islice((node for node in captions_in(frame) if line_of(node)), 1))


def _shared_caption(picture: HtmlElement, frame: HtmlElement | None) -> list[HtmlElement]:
    """Return the caption of the gallery around *picture*, whose own one is in *frame*; none where there is none."""
    for holder in picture.iterancestors("figure"):
        caption = holder.find("figcaption")
        if holder is not frame and caption is not None and line_of(caption):
            return [caption]
    return []


def _holds_text(frame: HtmlElement) -> bool:
    return frame.tag == "figure" and any(True for _ in frame.iter("table", "blockquote", "p", "pre", "li"))


def _is_embed(frame: HtmlElement) -> bool:
    has_caption = next(frame.iter("figcaption"), None) is not None
    return frame.tag == "figure" and has_caption and _EMBED.search(frame.get("class") or "") is not None


def _leave_caption(frame: HtmlElement, cuts: Cuts) -> None:
    """Make of an embed a paragraph of its caption: the rest is an address until a script runs, or others' words."""
    caption = " ".join(line_of(node) for node in frame.iter("figcaption"))
    for child in list(frame):
        if child.tag == "figcaption":
            frame.remove(child)
        else:
            cuts.drop(child, "embed")
    frame.attrib.clear()
    frame.tag, frame.text = "p", caption


def _remove(nodes: list[HtmlElement], cuts: Cuts) -> None:
    for node in nodes:
        cuts.drop(node, "caption")
