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

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.claims.written_days import may_hold_day
from kickcrawl.page.blocks import fold
from kickcrawl.page.line import BLOCKS
from kickcrawl.vocabulary import WORDS, any_of

_UNREAD = frozenset("script style noscript template select option textarea button svg iframe object head".split())
# Boxes beside the article. A name is only a hint: an element that holds the headline is never one.
_ASIDE_TAGS = frozenset(("aside", "nav"))
_FOREIGN_TAGS = frozenset(("figcaption", "figure"))
_PICTURES = frozenset(("amp-img", "img", "picture"))
_ASIDE = re.compile(
    r"comment|disqus|respond|related|sidebar(?<!no[-_]sidebar)(?<!has[-_]sidebar)(?<!with[-_]sidebar)|(?<!elementor-)widget|teaser|popular|latest|recommend|calendar"
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


@dataclass(slots=True)
class _Position:
    """Where the scan of the tree is: its block, the elements that are *open* around it, how many of these are links.

    *told* is what tell_foreign() tells of the first of these, each together with all that are around it.
    """

    article: _Article
    block: HtmlElement
    is_behind: bool = False  # the block has ended
    begin: int = 0
    links: int = 0
    linked: int = 0
    is_headline: bool = False
    open: list[HtmlElement] = field(default_factory=list)
    told: list[tuple[HtmlElement, bool, bool]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    inline: list[HtmlElement] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a piece of text to the line."""
        self.texts.append(text)
        self.linked += len(text.strip()) if self.links else 0

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
        if not may_hold_day(text):  # nobody will ask for the rest
            return Line(text, "", "", self.begin, linked, self.is_headline)
        within = " ".join(map(_names, inline[:20]))
        block = _block_around(self.block) if self.is_behind else self.block
        around = [block, *islice(block.iterancestors(), 2)]
        is_aside, is_foreign = self._tell()
        return Line(
            text, f"{within} {' '.join(map(_names, around))}", within, self.begin, linked, self.is_headline,
            is_aside, is_foreign or text in self.article.captions, self.article.scope in self.open,
        )  # fmt: skip

    def _tell(self) -> tuple[bool, bool]:
        """Tell what tell_foreign() does of all open elements together; what is above the headline says nothing."""
        article, told = self.article, self.told
        while told and (len(told) > len(self.open) or told[-1][0] is not self.open[len(told) - 1]):
            told.pop()  # it has ended
        is_aside, is_foreign = told[-1][1:] if told else (False, False)
        for node in self.open[len(told) :]:
            aside, foreign = (False, False) if node in article.own else tell_foreign(node)
            is_aside, is_foreign = is_aside or aside, is_foreign or foreign or node in article.entries
            told.append((node, is_aside, is_foreign))
        return is_aside, is_foreign


def read_lines(
    body: HtmlElement,
    headline: HtmlElement | None,
    entries: Container[HtmlElement],
    scope: HtmlElement | None,
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


@lru_cache(maxsize=4096)  # a site's elements have the same few sets of attributes; about 2 MB
def _has_stamp(attributes: tuple[str, ...]) -> bool:
    return any(map(_is_stamp, attributes))


def _is_stamp(attribute: str) -> bool:
    return _STAMPS.fullmatch(attribute) is not None


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _tell_by_name(names: str) -> tuple[bool, bool]:
    return bool(_ASIDE.search(names)), bool(_FOREIGN.search(names))


def _walk(body: HtmlElement, article: _Article) -> Iterator[Line]:
    position = _Position(article, body)
    walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        tag, is_start = node.tag, event == "start"
        if tag in _UNREAD and is_start:
            walker.skip_subtree()  # its end is next
        elif tag in _UNREAD or event in ("comment", "pi"):
            position.add(node.tail or "")
        else:
            if tag in BLOCKS:
                if line := position.line():
                    yield line
                position.block, position.is_behind = node, not is_start
            elif is_start:
                position.inline.append(node)
            if tag == "a":
                position.links += 1 if is_start else -1
            if node is article.headline:
                position.is_headline = is_start
            if is_start:
                position.open.append(node)
                if _has_stamp(tuple(node.keys())):
                    yield from position.stamps(node)
                text = node.text
            else:
                position.open.pop()
                text = node.tail
            if text:  # half of them have none
                position.add(text)
    if line := position.line():
        yield line


def _block_around(node: HtmlElement) -> HtmlElement:
    return next((above for above in node.iterancestors() if above.tag in BLOCKS), node)


def _names(node: HtmlElement) -> str:
    tag = "time " if node.tag == "time" else ""
    return f"{tag}{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"[:_MAX_NAMES_CHARACTERS]
