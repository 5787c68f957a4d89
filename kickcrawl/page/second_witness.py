"""Tell of an element with the name of boilerplate whether something else says the same: only then it is cut.

In: an element of the body, or a large one beside it. A correction notice is never cut, whatever it stands in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.compare.notices import without_label
from kickcrawl.page.blocks import fold, spaced_text_of, text_of
from kickcrawl.page.class_names import is_named_boilerplate
from kickcrawl.page.elements import INLINE
from kickcrawl.vocabulary import WORDS, any_of

_CONTROLS = tuple("form input button iframe script ins select textarea svg".split())
# What stands over boxes beside an article, with the number of comments before it and how many there are behind it.
_LABEL = re.compile(
    r"[\W\d_]*"
    + any_of(
        (*WORDS.links.read_also, *WORDS.links.more_articles, *WORDS.links.boxes, *WORDS.lines.share)
        + (*WORDS.lines.fillers, *WORDS.lines.tags)
    )
    + r"(?!\w)",
    re.IGNORECASE,
)
_BOX_LABEL = re.compile(rf"[\W\d]*{any_of(WORDS.links.boxes)}[\W\d]*", re.IGNORECASE)
_MAX_LABEL_LENGTH = 60  # characters
_LABEL_TAGS = frozenset("b div em h2 h3 h4 h5 h6 p span strong".split())
_MAX_NOTICE_PARTS = 4  # elements of a notice: its label and the paragraphs below
_FILLER = re.compile(rf"\W*{any_of(WORDS.lines.fillers)}\W*", re.IGNORECASE)
_NETWORKS = frozenset(
    (
        "facebook.com twitter.com x.com instagram.com tiktok.com youtube.com t.me telegram.me wa.me whatsapp.com "
        "api.whatsapp.com chat.whatsapp.com threads.net line.me pinterest.com linkedin.com news.google.com"
    ).split()
)
_MIN_LINKED_SHARE = 0.5  # of a box's text
_MIN_SENTENCE_LENGTH = 40  # characters
_WORD = re.compile(r"\w{2}")
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*(?:\s|$)")
_MIN_BEFORE_END = 10  # characters between a word's beginning and the end of its sentence
_MAX_SMALL_LENGTH = 200  # characters of prose: a label, a counter, an advert's word, not a paragraph
_OPENING_LENGTH = 2000  # characters, white space between the elements included, in which the label of a notice stands


class Edges:
    """Where the paragraphs of a body begin and end, so that what stands before and behind them is known."""

    def __init__(self, body: HtmlElement) -> None:
        self._position = {node: number for number, node in enumerate(body.iter("*"))}
        paragraphs = list(body.iter("p"))
        first, last = (_first_sentence(nodes, body) for nodes in (paragraphs, reversed(paragraphs)))
        self._first = self._position[first] if first is not None else -1
        self._last = self._position[last] if last is not None else len(self._position)

    def is_outside(self, node: HtmlElement) -> bool:
        """Tell whether *node* stands before the first paragraph, or behind the last one."""
        return not self._first < self._position[node] < self._last


def is_labelled(node: HtmlElement) -> bool:
    """Tell whether *node* says itself that it is not of the article: by the label that opens it, or mostly by links."""
    text = fold(spaced_text_of(node))
    linked = sum(len(fold(text_of(anchor))) for anchor in _links(node))
    return linked >= _MIN_LINKED_SHARE * len(text) or _LABEL.match(text) is not None


def _links(node: HtmlElement) -> Iterator[HtmlElement]:
    return (anchor for anchor in node.iterdescendants("a") if anchor.get("href") is not None)


def headed_boxes(root: HtmlElement) -> list[HtmlElement]:
    """Return the boxes with entries that are alike which open with a label over what readers say or read, in order."""
    first: dict[HtmlElement, HtmlElement] = {}  # heading of each box; to ask each heading would take the square
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        if (box := heading.getparent()) is not None:
            first.setdefault(box, heading)
    return [box for box, heading in first.items() if _opens(heading, box)]


def _opens(heading: HtmlElement, box: HtmlElement) -> bool:
    text = text_of(heading)
    if len(text) > _MAX_LABEL_LENGTH or _BOX_LABEL.fullmatch(fold(text)) is None:
        return False
    if not fold(text_of(box)).startswith(fold(text)) or next(box.iter("h1"), None) is not None:
        return False
    kinds = Counter(
        (child.tag, child.get("class")) for child in box.iterchildren("div", "article", "section", "ol", "ul")
    )
    return any(kind[0] in ("ol", "ul") or number > 1 for kind, number in kinds.items()) or has_press_or_network(box)


def is_beside(node: HtmlElement, edges: Edges) -> bool:
    """Tell whether something else than its name says that *node*, in a body with these *edges*, is not of the article.

    It says so itself, it holds what is there to press or a link to a social network, or it is a short line before or
    behind the paragraphs.
    """
    text = fold(text_of(node))
    if without_label(text) is not None:
        return False
    if is_labelled(node) or has_press_or_network(node):
        return True
    return edges.is_outside(node) and len(text) < _MAX_SMALL_LENGTH


def has_press_or_network(node: HtmlElement) -> bool:
    """Tell whether *node* holds what is there to press, or a link to a social network."""
    has_press = next(node.iterdescendants(*_CONTROLS), None) is not None
    return has_press or any(leads_to_network(anchor.get("href")) for anchor in _links(node))


def is_filler(node: HtmlElement) -> bool:
    """Tell whether *node* is nothing but a word that a page puts into any text, as over an advert."""
    return _FILLER.fullmatch(text_of(node)) is not None


def holds_notice(node: HtmlElement) -> bool:
    """Tell whether *node* opens with the label of a correction notice."""
    if is_notice_box(node):
        return True
    opening = text_of(node).lstrip()[:_OPENING_LENGTH]
    return without_label(fold(opening)[:_MAX_SMALL_LENGTH]) is not None


def is_notice_box(node: HtmlElement) -> bool:
    """Tell whether *node* is a label of a correction notice in an element of its own, and what is said below it.

    <div><h4>Koreksi</h4><p>Panjang jembatan 64 meter, bukan 46 meter.</p></div>
    """
    first = next(iter(node), None)
    if first is None or len(node) > _MAX_NOTICE_PARTS or first.tag not in _LABEL_TAGS or (node.text or "").strip():
        return False
    label = text_of(first)
    return len(label) <= _MAX_LABEL_LENGTH and without_label(fold(label)) == "" and next(node.iter("a"), None) is None


def is_in_sentence(node: HtmlElement) -> bool:
    """Tell whether words stand beside *node* in its line: then it is a part of a sentence, whatever its name.

    Marks around it, "<b><span class=share>27</span></b> persen", are a part of the same line.
    """
    parent = node.getparent()
    while parent is not None:
        before = node.getprevious()
        beside = (node.tail, parent.text if before is None else before.tail)
        if any(text and re.search(r"\w", text) for text in beside):
            return True
        if parent.tag not in INLINE:
            return False
        node, parent = parent, parent.getparent()
    return False


def _is_sentence(text: str) -> bool:
    word = _WORD.search(text) if len(text) >= _MIN_SENTENCE_LENGTH else None
    # Two searches, since one pattern for both would try every word with every end: minutes for a long line.
    return word is not None and _SENTENCE_END.search(text, word.end() + _MIN_BEFORE_END) is not None


def _first_sentence(paragraphs: Iterable[HtmlElement], body: HtmlElement) -> HtmlElement | None:
    """Return the first of *paragraphs* that is a sentence of *body*'s own."""
    own = (node for node in paragraphs if _is_sentence(text_of(node)) and not _in_named_box(node, body))
    return next(own, None)


def _in_named_box(node: HtmlElement, body: HtmlElement) -> bool:
    for above in node.iterancestors():
        if above is body:
            return False
        if is_named_boilerplate(above):
            return True
    return False


def leads_to_network(address: str) -> bool:
    """Tell whether *address* is one of a social network, or of a service that shows an outlet's articles."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.").removeprefix("m.") in _NETWORKS
