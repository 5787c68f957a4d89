"""Read a page as lines of text, as a reader sees them, each with the names of what holds it and where it stands.

In: a tree, unchanged. Out: Lines, in their order. A line ends where a block ends; what stands in an attribute for a
reader who points at it, or for a script (title, datetime, data-date), is a line of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from kickcrawl.claims.written_days import may_hold_day
from kickcrawl.page.blocks import fold

_BLOCKS = frozenset(
    (
        "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
        "h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul"
    ).split()
)
_UNREAD = frozenset("script style noscript template select option textarea button svg iframe object head".split())
# What is on the page but not of its story. Names are hints: what holds the headline is never one.
_OTHERS_TAGS = frozenset(("aside", "nav"))
_STRANGE_TAGS = frozenset(("figcaption", "figure"))
_OTHERS = re.compile(
    r"comment|komentar|disqus|respond|related|terkait|sidebar|(?<!elementor-)widget|teaser|popular|populer|latest|terbaru"
    r"|recommend|calendar|kalender|(?<!pr)event|copyright|ticker|weather|cookie|menu",
    re.IGNORECASE,
)
# Never of the story, however near: embeds, slides, captions, and what day it is today.
_STRANGE = re.compile(
    r"tweet|instagram|slide|carousel|site-?header|masthead|today|current-?date|hari-ini"
    r"|(?:image|img|photo|foto|wp|media|figure)[\w-]*caption",
    re.IGNORECASE,
)
_STAMPS = re.compile(r"title|datetime|data-(?:[\w-]*(?:date|time|publish)[\w-]*|utime)", re.IGNORECASE)
_ATTRIBUTES = 50  # an element has, at most: libxml2 takes seconds for many thousands
_STAMP = 60  # characters of an attribute, at most: longer ones are no times
_NAME = 300  # characters of an element's names that are looked at
_MOST = 4000  # lines looked at: a page of 300 kB has about as many
_LONGEST = 1000  # characters of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; *names* are the classes, ids and properties of what holds it, *inline* those inside the line.

    *begin* counts the characters of text before it, *linked* those of it that are links.
    """

    text: str
    names: str
    inline: str
    begin: int
    linked: int = 0
    is_headline: bool = False
    is_others: bool = False
    is_strange: bool = False

    @property
    def end(self) -> int:
        return self.begin + len(self.text)


@dataclass(slots=True)
class _Place:
    """Where the walk through the tree is."""

    block: HtmlElement
    begin: int = 0
    others: int = 0
    strange: int = 0
    headline: int = 0
    links: int = 0
    linked: int = 0
    texts: list[str] = field(default_factory=list)
    inline: list[HtmlElement] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self.texts.append(text)
            self.linked += len(text.strip()) if self.links else 0

    def enter(self, node: HtmlElement, step: int, headline: HtmlElement | None, own: frozenset[HtmlElement]) -> None:
        """Count *node* in (step 1) or out (-1)."""
        self.headline += step * (node is headline)
        self.links += step * (node.tag == "a")
        if node not in own:
            others, strange = whose(node)
            self.others += step * others
            self.strange += step * strange

    def line(self) -> Iterator[Line]:
        """Yield the line that ends here, if it is one."""
        text = fold("".join(self.texts))[:_LONGEST]
        if text:
            yield self._line(text, self.inline, self.linked)
        self.begin += len(text)
        self.texts.clear()
        self.inline.clear()
        self.linked = 0

    def stamps(self, node: HtmlElement) -> Iterator[Line]:
        """Yield a line for each attribute of *node* in which a day stands."""
        if len(node.attrib) > _ATTRIBUTES:
            return
        for name, value in node.items():
            if len(value) <= _STAMP and _STAMPS.fullmatch(name) and may_hold_day(value):
                line = self._line(fold(value), [node], 0)
                yield replace(line, names=f"{line.names} {name}", inline=f"{line.inline} {name}", is_headline=False)

    def _line(self, text: str, inline: list[HtmlElement], linked: int) -> Line:
        if not may_hold_day(text):  # nobody will ask for its names
            return Line(text, "", "", self.begin, linked, self.headline > 0)
        within = " ".join(map(_names, inline[:20]))
        around = [self.block, *islice(self.block.iterancestors(), 2)]
        return Line(
            text, f"{within} {' '.join(map(_names, around))}", within, self.begin, linked,
            self.headline > 0, self.others > 0, self.strange > 0,
        )  # fmt: skip


def read_lines(body: HtmlElement, headline: HtmlElement | None) -> list[Line]:
    """Return the lines of *body*, those of its *headline* marked."""
    found: list[Line] = []
    for line in _walk(body, headline):
        found.append(line)
        if len(found) == _MOST:
            break
    return found


def whose(node: HtmlElement) -> tuple[bool, bool]:
    """Tell whether *node*, by its name, holds something beside the story, and whether that is never near it."""
    others, strange = _told(_names(node))
    return others or node.tag in _OTHERS_TAGS, strange or node.tag in _STRANGE_TAGS


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _told(names: str) -> tuple[bool, bool]:
    return bool(_OTHERS.search(names)), bool(_STRANGE.search(names))


def _walk(body: HtmlElement, headline: HtmlElement | None) -> Iterator[Line]:
    own = frozenset((body, headline, *headline.iterancestors()) if headline is not None else (body,))
    place = _Place(block=body)
    stack = [(body, False)]
    while stack:
        node, is_left = stack.pop()
        if not isinstance(node.tag, str) or node.tag in _UNREAD:
            place.add(node.tail)
            continue
        if node.tag in _BLOCKS:
            yield from place.line()
            place.block = node if not is_left else _block_around(node)
        if is_left:
            place.enter(node, -1, headline, own)
            place.add(node.tail)
            continue
        place.enter(node, 1, headline, own)
        if node.tag not in _BLOCKS:
            place.inline.append(node)
        yield from place.stamps(node)
        place.add(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from place.line()


def _block_around(node: HtmlElement) -> HtmlElement:
    return next((above for above in node.iterancestors() if above.tag in _BLOCKS), node)


def _names(node: HtmlElement) -> str:
    tag = "time " if node.tag == "time" else ""
    return f"{tag}{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"[:_NAME]
