"""Read a page as lines of text, as a reader sees them, each with the class names of the elements around it.

In: a tree, unchanged. Out: Lines, in their order. A line ends where a block ends; what stands in an attribute for a
reader who points at it, or for a script (title, datetime, data-date), is a line, too.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.claims.written_days import may_hold_day
from kickcrawl.page.blocks import fold
from kickcrawl.page.line import BLOCKS
from kickcrawl.vocabulary import WORDS, any_of

_UNREAD = frozenset("script style noscript template select option textarea button svg iframe object head".split())
# Boxes beside the article. A name is only a hint: an element that holds the headline is never one.
_ASIDE_TAGS = frozenset(("aside", "nav"))
_FOREIGN_TAGS = frozenset(("figcaption", "figure"))
_TELLING_TAGS = _ASIDE_TAGS | _FOREIGN_TAGS | {"a"}
_PICTURES = frozenset(("amp-img", "img", "picture"))
_ASIDE = re.compile(
    r"comment|disqus|respond|related|sidebar|(?<!elementor-)widget|teaser|popular|latest|recommend|calendar"
    rf"|(?<!pr)event|copyright|ticker|weather|cookie|menu|{any_of(WORDS.class_names.other_articles)}",
    re.IGNORECASE,
)
# Never of the article, however near the headline: embeds, slides, captions, and what day it is today.
_FOREIGN = re.compile(
    r"tweet|instagram|slide|carousel|site-?header|masthead|today|current-?date"
    rf"|(?:image|img|photo|foto|wp|media|figure)[\w-]*caption|{any_of(WORDS.class_names.current_day)}",
    re.IGNORECASE,
)
_STAMPS = re.compile(r"title|datetime|data-(?:[\w-]*(?:date|time|publish)[\w-]*|utime)", re.IGNORECASE)
_MAX_ATTRIBUTES = 50  # of an element: libxml2 takes seconds for many thousands
_MAX_STAMP_CHARACTERS = 60  # of an attribute; longer ones are no times
_MAX_NAMES_CHARACTERS = 300  # of an element's class, id and itemprop that are read
_MAX_LINES = 4000  # a page of 300 kB has about as many
_MAX_LINE_CHARACTERS = 1000


class Line(NamedTuple):
    """A line of text; *names* are the classes, ids and properties of the elements around it, *inline* those inside it.

    *begin* counts the characters of text before it, *linked* those of it that are links. *is_aside*: it may be beside
    the article, by a name of an element around it; *is_foreign*: it is not of the article, however near.
    *is_in_scope*: it stands in the element that holds headline and article together, where a page has one. Of a line
    without a day all of these but *is_headline* are left empty: nobody asks for them, and most lines have none.
    """

    text: str
    names: str
    inline: str
    begin: int
    linked: int = 0
    is_headline: bool = False
    is_aside: bool = False
    is_foreign: bool = False
    is_in_scope: bool = False

    @property
    def end(self) -> int:
        """Return how many characters of text end with this line."""
        return self.begin + len(self.text)


class _Article(NamedTuple):
    """What is known of the article before its lines are read: its headline, what is above that, others' entries.

    *scope* holds headline and article together; None where that is the whole body. *captions* are the words that stand
    behind its pictures, for who cannot see them.
    """

    headline: HtmlElement | None
    own: frozenset[HtmlElement]
    scope: HtmlElement | None
    entries: Container[HtmlElement]
    captions: frozenset[str]


class _Marks(NamedTuple):
    """What an element is, for all that stands in it."""

    is_headline: bool
    is_link: bool
    is_aside: bool
    is_foreign: bool
    is_scope: bool


_PLAIN = _Marks(False, False, False, False, False)


@dataclass(slots=True)
class _Position:
    """Where the scan of the tree is: its block, and how many elements of each kind are open around it."""

    block: HtmlElement
    captions: frozenset[str]
    is_behind: bool = False  # the block has ended
    begin: int = 0
    aside: int = 0
    foreign: int = 0
    headline: int = 0
    links: int = 0
    scope: int = 0
    linked: int = 0
    texts: list[str] = field(default_factory=list)
    inline: list[HtmlElement] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        """Add a piece of text to the line."""
        if text:
            self.texts.append(text)
            self.linked += len(text.strip()) if self.links else 0

    def count(self, marks: _Marks, step: int) -> None:
        """Count an element with these *marks* in (step 1) or out (-1)."""
        if marks is _PLAIN:
            return
        self.headline += step * marks.is_headline
        self.links += step * marks.is_link
        self.scope += step * marks.is_scope
        self.aside += step * marks.is_aside
        self.foreign += step * marks.is_foreign

    def line(self) -> Line | None:
        """Return the line that ends here, if it is one."""
        text = fold("".join(self.texts))[:_MAX_LINE_CHARACTERS] if self.texts else ""
        line = self._line(text, self.inline, self.linked) if text else None
        self.begin += len(text)
        self.texts.clear()
        self.inline.clear()
        self.linked = 0
        return line

    def stamps(self, node: HtmlElement) -> Iterator[Line]:
        """Yield a line for each attribute of *node* in which a day stands."""
        if len(node.attrib) > _MAX_ATTRIBUTES:
            return
        for name, value in node.items():
            if len(value) <= _MAX_STAMP_CHARACTERS and _is_stamp(name) and may_hold_day(value):
                line = self._line(fold(value), [node], 0)
                names, inline = f"{line.names} {name}", f"{line.inline} {name}"
                is_foreign = line.is_foreign or node.tag in _PICTURES  # when the picture was taken
                yield line._replace(names=names, inline=inline, is_headline=False, is_foreign=is_foreign)

    def _line(self, text: str, inline: list[HtmlElement], linked: int) -> Line:
        if not may_hold_day(text):  # nobody will ask for its names
            return Line(text, "", "", self.begin, linked, self.headline > 0)
        within = " ".join(map(_names, inline[:20]))
        block = _block_around(self.block) if self.is_behind else self.block
        around = [block, *islice(block.iterancestors(), 2)]
        return Line(
            text, f"{within} {' '.join(map(_names, around))}", within, self.begin, linked,
            self.headline > 0, self.aside > 0, self.foreign > 0 or text in self.captions, self.scope > 0,
        )  # fmt: skip


def read_lines(
    body: HtmlElement,
    headline: HtmlElement | None,
    entries: Container[HtmlElement] = (),
    scope: HtmlElement | None = None,
) -> list[Line]:
    """Return the lines of *body*, those of its *headline* and in *scope* marked; *entries* lead to other articles."""
    own = frozenset((body, headline, *headline.iterancestors()) if headline is not None else (body,))
    captions = frozenset(map(fold, _texts_of_pictures(body)))
    found: list[Line] = []
    for line in _walk(body, _Article(headline, own, scope if scope is not body else None, entries, captions)):
        found.append(line)
        if len(found) == _MAX_LINES:
            break
    return found


def _texts_of_pictures(body: HtmlElement) -> Iterator[str]:
    """Yield what stands behind the pictures of *body* and holds a day: that on which the picture was taken."""
    for picture in body.iter(*_PICTURES):
        yield from (text for name in ("alt", "title") if (text := picture.get(name)) and may_hold_day(text))


def tell_foreign(node: HtmlElement) -> tuple[bool, bool]:
    """Tell of *node*, by its name, whether it may be a box beside the article, and whether it is foreign anywhere."""
    aside, foreign = _tell_by_name(_names(node))
    return aside or node.tag in _ASIDE_TAGS, foreign or node.tag in _FOREIGN_TAGS


@lru_cache(maxsize=512)
def _is_stamp(attribute: str) -> bool:
    return _STAMPS.fullmatch(attribute) is not None


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _tell_by_name(names: str) -> tuple[bool, bool]:
    return bool(_ASIDE.search(names)), bool(_FOREIGN.search(names))


def _walk(body: HtmlElement, article: _Article) -> Iterator[Line]:
    position = _Position(block=body, captions=article.captions)
    stack: list[tuple[HtmlElement, _Marks | None]] = [(body, None)]
    while stack:
        node, marks = stack.pop()
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNREAD:
            position.add(node.tail)
            continue
        if tag in BLOCKS:
            if line := position.line():
                yield line
            position.block, position.is_behind = node, marks is not None
        if marks is not None:
            position.count(marks, -1)
            position.add(node.tail)
            continue
        attributes = node.keys()
        marks = _marks(node, article, is_plain=not attributes and tag not in _TELLING_TAGS)
        position.count(marks, 1)
        if tag not in BLOCKS:
            position.inline.append(node)
        if any(map(_is_stamp, attributes)):
            yield from position.stamps(node)
        position.add(node.text)
        stack.append((node, marks))
        stack.extend((child, None) for child in reversed(node))
    if line := position.line():
        yield line


def _marks(node: HtmlElement, article: _Article, *, is_plain: bool) -> _Marks:
    """Return what *node* is; *is_plain*: neither its tag nor an attribute says it."""
    if is_plain and node not in article.own and node not in article.entries and node is not article.scope:
        return _PLAIN
    aside, foreign = (False, False) if node in article.own else tell_foreign(node)
    is_foreign = foreign or node in article.entries
    is_headline, is_link, is_scope = node is article.headline, node.tag == "a", node is article.scope
    if not (is_headline or is_link or aside or is_foreign or is_scope):
        return _PLAIN  # which counts for nothing
    return _Marks(is_headline, is_link, aside, is_foreign, is_scope)


def _block_around(node: HtmlElement) -> HtmlElement:
    return next((above for above in node.iterancestors() if above.tag in BLOCKS), node)


def _names(node: HtmlElement) -> str:
    tag = "time " if node.tag == "time" else ""
    return f"{tag}{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"[:_MAX_NAMES_CHARACTERS]
