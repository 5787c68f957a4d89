"""Find the caption of a picture, whatever it stands in: a figcaption, or the text right behind a picture.

In: a picture, or a frame round it. Out: the elements that hold the caption. Newsrooms without figures write it as a
paragraph or a div; it is told by its class name, by the box that holds nothing but picture and caption, or by its form.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from kickcrawl.page.blocks import text_of
from kickcrawl.page.elements import HEADINGS
from kickcrawl.page.line import ends_as_sentence, line_of
from kickcrawl.pictures.address import pictures_in
from kickcrawl.pictures.credit import is_credited, read_credit
from kickcrawl.vocabulary import WORDS, any_of

# Classes of captions; Blogger keeps picture and caption in a table.
_CAPTION_CLASSES = frozenset(("wp-caption-text", "gallery-caption", "tr-caption"))
_NAMED = re.compile(rf"caption|{any_of(WORDS.class_names.captions)}", re.IGNORECASE)
_CREDIT_NAMED = re.compile(r"credit|kredit|photographer|fotografer", re.IGNORECASE)
# Text that WordPress lays over a picture, or beside it (cover, media and text): the newsroom's own paragraphs.
_CALLED_TEXT = re.compile(r"(?:^|[ _-])(?:(?:content|inner|body)(?:$|[ _-])|text(?:$|[ _]))", re.IGNORECASE)
# A name after the picture itself: "image-desc", "foto_info".
_PICTURE_NAMED = re.compile(r"(?:^|[ _-])(?:image|img|photo|picture)(?:$|[ _-])", re.IGNORECASE)
_MAX_LIST_ITEMS = 2  # of a caption; more are a list of author, day and tags, or a menu
_SMALL = frozenset(("small", "em", "i", "figcaption", "font"))
_SMALL_CLASSES = frozenset(("text-xs", "text-sm", "small"))  # Tailwind's, Bootstrap's
_MAX_CHARACTERS = 500  # of a caption that is named so
_MAX_PLAIN_CHARACTERS = 300  # of one that is told by where it stands, or by its form
_MIN_SENTENCE_LENGTH = 30  # characters before its full stop: then a line on a card is text
_MAX_BOX_ELEMENTS = 4  # of a box of picture and caption
_MAX_BOXES_ALIKE = 4  # of a page; more are a list


def captions_in(frame: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements below *frame* that are captions by their tag or a class."""
    for node in frame.iterdescendants("*"):
        if node.tag == "figcaption" or not _CAPTION_CLASSES.isdisjoint((node.get("class") or "").split(" ")):
            yield node


def captions_beside(picture: HtmlElement, root: HtmlElement) -> list[HtmlElement]:
    """Return the elements right behind *picture*, below *root*, that are its caption and credit."""
    holder = _alone(picture, root)
    box = holder.getparent()
    found: list[HtmlElement] = []
    for node in _behind(holder):
        if _holds_headline(node):
            break
        is_first_or_framed = not found or (box is not None and box.tag == "figure")
        if not (_is_named(node) or (is_first_or_framed and box is not None and _is_told(node, box, root))):
            break
        found.append(node)
    return found


def credit_in(captions: list[HtmlElement]) -> str | None:
    """Return what an element in *captions*, or one of them, says that is named after the credit."""
    nodes = (node for caption in captions for node in caption.iter("*"))
    named = (line_of(node) for node in nodes if _CREDIT_NAMED.search(node.get("class") or ""))
    return next(filter(None, named), None)


def _alone(picture: HtmlElement, root: HtmlElement) -> HtmlElement:
    """Return the outermost element below *root* that holds *picture* and no text."""
    holder = picture
    for above in picture.iterancestors():
        if above is root or text_of(above).strip() or len(list(above.iter("img"))) > 1:
            break
        holder = above
    return holder


def _behind(node: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements behind *node* up to the first text that stands between them."""
    while not (node.tail or "").strip():
        after = node.getnext()
        if after is None:
            return
        node = after
        if isinstance(node.tag, str) and node.tag != "br" and (text_of(node).strip() or node.tag == "img"):
            yield node


def _is_named(node: HtmlElement) -> bool:
    is_caption, is_picture = _told_by_name(f"{node.get('class')} {node.get('id')}")
    is_named = is_caption or node.tag == "figcaption"
    is_named = is_named or (is_picture and not _leads_on(node) and not pictures_in(node))
    return is_named and 0 < len(line_of(node)) <= _MAX_CHARACTERS


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _told_by_name(names: str) -> tuple[bool, bool]:
    """Return whether *names* call an element a caption or a credit, and whether they call it a picture."""
    return bool(_NAMED.search(names) or _CREDIT_NAMED.search(names)), _PICTURE_NAMED.search(names) is not None


def _is_told(node: HtmlElement, box: HtmlElement, root: HtmlElement) -> bool:
    """Tell whether *node* is a caption: small print or a line with a credit, or the only text in the *box* of both."""
    text = line_of(node)
    if _CALLED_TEXT.search(node.get("class") or ""):
        return False
    if not text or len(text) > _MAX_PLAIN_CHARACTERS or node.tag in HEADINGS or node.find(".//img") is not None:
        return False
    if sum(1 for _ in node.iter("li")) > _MAX_LIST_ITEMS:
        return False
    is_small = _is_small(node) or (len(node) == 1 and _is_small(node[0]) and line_of(node[0]) == text)
    if is_credited(text) or (is_small and read_credit(text)):
        return True
    if box.tag == "figure" and len(line_of(box)) <= _MAX_PLAIN_CHARACTERS and not _leads_on(box):
        return True
    is_box = box is not root and len(box) <= _MAX_BOX_ELEMENTS and line_of(box) == text
    is_card = _leads_on(node) and not ends_as_sentence(text, _MIN_SENTENCE_LENGTH)
    return is_box and (is_small or is_credited(text) or is_card or not _is_one_of_many(box, root))


def _holds_headline(node: HtmlElement) -> bool:
    return any(heading.tag == "h1" or heading.find(".//a") is None for heading in node.iter("h1", "h2"))


def _is_small(node: HtmlElement) -> bool:
    return node.tag in _SMALL or not _SMALL_CLASSES.isdisjoint((node.get("class") or "").split())


def _leads_on(node: HtmlElement) -> bool:
    """Tell whether *node* is the text on a card of another article."""
    return any(True for _ in node.iter("a", *HEADINGS))


def _is_one_of_many(box: HtmlElement, root: HtmlElement) -> bool:
    """Tell whether *box* is one of a list of pictures with texts, courses or products: these are the text."""
    names = box.get("class")
    alike = (node for node in root.iter(box.tag) if node.get("class") == names)
    return bool(names) and any(True for _ in islice(alike, _MAX_BOXES_ALIKE, None))
