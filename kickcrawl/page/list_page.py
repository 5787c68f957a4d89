"""Tell a page that lists articles by what it holds: entries, each a headline that links to another page of the site,
with or without an excerpt behind it, and no prose, time or picture of the page's own.

In: the tree and its address. Out: a Listed, which says what stands in entries and what beside them. Names of classes
count little here: every theme has its own.

    <h1>Tenun</h1>  <h2><a href="/kain-tua">Kain Tua Dipamerkan</a></h2>  <p>Kain dari 1920 ...</p>     1 entry, no own
    <h1>Kain Tua Dipamerkan</h1>  <p>Kain dari 1920 ...</p>  <h3><a href="/pasar">Pasar Tenun</a></h3>  1 entry, and own
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import HEADINGS, INLINE, SILENT

MIN_PROSE_LENGTH = 60  # characters of a block that is prose; shorter ones are labels, names, dates
_MIN_HEADLINE_WORDS = 4
_MIN_BARE_ENTRIES = 3  # links without a heading that make a list; an article may end with one or two
_AROUND = frozenset(("nav", "aside", "footer", "form", "dialog"))
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:sidebar|footer|widget|comments?|related|menu|navbar|breadcrumbs?|cookie|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OWN_MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "amp-img"))
_DATE = re.compile(
    r"\b\d{1,2}[\s./-]+(?:\w+|\d{1,2})[\s.,/-]+(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d|\w+ \d{1,2}, (?:19|20)\d\d"
)
_RIGHTS = re.compile(r"©|\(c\)|copyright|hak cipta", re.IGNORECASE)
# How much prose of its own a page may have that lists so many entries: the description of a section, or of a tag.
_MAX_OWN_LENGTHS: Final = ((5, 400), (2, 200), (1, 0))  # (entries at least, characters at most)
_MAX_EXCERPT_LENGTH = 600  # characters; one entry with more and nothing else like it is an article under its headline
_MAX_SHARE = 0.8  # of the prose of all entries that one of several may have


@dataclass(slots=True)
class Listed:
    """What stands in the *entries* of a page, by their addresses, and what beside them; lengths are in characters.

    *has_own_time* and *has_own_picture* tell of those that belong to no entry; *has_own_caption* of a picture with one.
    """

    entries: dict[str, int] = field(default_factory=dict)
    own_length: int = 0
    has_own_time: bool = False
    has_own_picture: bool = False
    has_own_caption: bool = False

    @property
    def is_list(self) -> bool:
        """Whether the page is a list: entries, and less of its own than an article has."""
        count, lengths = len(self.entries), self.entries.values()
        if self.has_own_time or self.has_own_caption or (self.has_own_picture and count < _MIN_BARE_ENTRIES):
            return False
        if max(lengths, default=0) > max(_MAX_EXCERPT_LENGTH, _MAX_SHARE * sum(lengths)):
            return False
        most = next((length for entries, length in _MAX_OWN_LENGTHS if count >= entries), -1)
        return self.own_length <= most

    @property
    def is_plain_list(self) -> bool:
        """Whether it is a list of several entries with excerpts, and has nothing of its own."""
        with_prose = sum(1 for length in self.entries.values() if length)
        return self.is_list and with_prose >= _MIN_BARE_ENTRIES and not (self.own_length or self.has_own_picture)


def read_listed(root: HtmlElement, url: str) -> Listed:
    """Return what the page at *url* lists. One pass over the tree; menus, sidebars and footers are left out."""
    reader = _Reader(root, url)
    skipped: HtmlElement | None = None
    for event, node in etree.iterwalk(next(root.iter("body"), root), events=("start", "end")):
        if event == "start" and skipped is None:
            if isinstance(node.tag, str) and not _is_around(node):
                reader.open(node)
            else:
                skipped = node
        elif event == "end":
            if skipped is None:
                reader.close(node)
            elif node is skipped:
                skipped = None
            if skipped is None:
                reader.text(node.tail)
    return reader.finish()


class _Reader:
    """Follows the page in reading order: a headline that links to another page begins an entry, any other heading ends
    it."""

    def __init__(self, root: HtmlElement, url: str) -> None:
        self.url, self.host = url, urlsplit(url).hostname
        self.here = {_page(address) for address in (url, *_own_addresses(root))}
        self.listed = Listed()
        self.bare: set[str] = set()  # entries without a heading: a line that is a headline's link, and perhaps a date
        self.entry: str | None = None
        self.entry_heading: HtmlElement | None = None
        self.heading: HtmlElement | None = None
        self.signs: list[HtmlElement] = []  # times and pictures of which is not known yet whose they are
        self.buffer: list[str] = []
        self.linked: list[tuple[str, str]] = []  # address and text of the links to other pages in the buffer
        self.depth = 0  # of open links

    def open(self, node: HtmlElement) -> None:
        if node.tag not in INLINE:
            self.flush(node)
        if node.tag in HEADINGS and self.heading is None:
            self._begin(node, self._headline_target(node))
        elif node.tag == "a":
            self.depth += 1
            if target := self._target(node):
                self.linked.append((target, fold(text_of(node))))
        elif node.tag == "time" or (node.tag in _OWN_MEDIA and not self.depth):
            self.signs.append(node)
        self.text(node.text)

    def close(self, node: HtmlElement) -> None:
        if node.tag == "a":
            self.depth = max(0, self.depth - 1)
        if node.tag not in INLINE:
            self.flush(node)
        if node is self.heading:
            self.heading = None

    def text(self, text: str | None) -> None:
        if text and self.heading is None and not self.depth:
            self.buffer.append(text)

    def flush(self, node: HtmlElement) -> None:
        text = fold(" ".join(self.buffer))
        bare = {address for address, label in self.linked if len(label.split()) >= _MIN_HEADLINE_WORDS}
        self.buffer.clear()
        self.linked.clear()
        if len(text) < MIN_PROSE_LENGTH:
            if bare and self.heading is None:
                self.bare |= bare
                self.signs.clear()
            elif _DATE.search(text) and not _RIGHTS.search(text):
                self.signs.append(node)
        elif self.entry is not None:
            self.listed.entries[self.entry] += len(text)
        elif not _RIGHTS.search(text):
            self.listed.own_length += len(text)

    def finish(self) -> Listed:
        self._own_signs(self.signs)
        if len(self.bare | self.listed.entries.keys()) >= _MIN_BARE_ENTRIES:
            self.listed.entries |= dict.fromkeys(self.bare - self.listed.entries.keys(), 0)
        return self.listed

    def _begin(self, heading: HtmlElement, target: str | None) -> None:
        """Begin the entry that leads to *target*, or end the one before with a heading of the page's own."""
        if target is None and self._is_subhead(heading):
            self.heading = heading
            return
        # Themes print date and picture above an entry's headline, too: then both are in one box, without another one.
        own = [sign for sign in self.signs if target is None or _first_heading_beside(sign, heading) is not heading]
        self._own_signs(own)
        self.signs, self.heading, self.entry, self.entry_heading = [], heading, target, heading
        if target is not None:
            self.listed.entries.setdefault(target, 0)

    def _is_subhead(self, heading: HtmlElement) -> bool:
        """Tell whether *heading* stands in the open entry, which may be a whole article: in a box that it begins, and
        that holds no other entry."""
        if self.entry is None or self.entry_heading is None:
            return False
        above = set(heading.iterancestors())
        box = next((node for node in self.entry_heading.iterancestors() if node in above), None)
        if box is None or box.tag in ("body", "main"):
            return False
        first, *others = box.iter(*HEADINGS)
        return first is self.entry_heading and not any(self._headline_target(other) for other in others)

    def _own_signs(self, signs: list[HtmlElement]) -> None:
        if self.entry is not None:
            return
        pictures = [sign for sign in signs if sign.tag in _OWN_MEDIA]
        self.listed.has_own_picture |= bool(pictures)
        self.listed.has_own_time |= len(pictures) < len(signs)
        self.listed.has_own_caption |= any(map(_is_captioned, pictures))

    def _headline_target(self, heading: HtmlElement) -> str | None:
        """Return where *heading* leads, if it is nothing but a link to another page, or stands in such a link."""
        text = fold(text_of(heading))
        around = next(heading.iterancestors("a"), None)
        for anchor in (around,) if around is not None else heading.iter("a"):
            if text and (around is not None or 2 * len(fold(text_of(anchor))) > len(text)):
                return self._target(anchor)
        overlay = _overlay(heading)
        return self._target(overlay) if overlay is not None else None

    def _target(self, anchor: HtmlElement) -> str | None:
        """Return the address of another page of the site to which *anchor* leads; its front page does not count."""
        try:
            there = urlsplit(urljoin(self.url, (anchor.get("href") or "").strip()))
        except ValueError:
            return None
        if there.scheme not in ("http", "https") or there.hostname != self.host or there.path in ("", "/"):
            return None
        address = there._replace(fragment="").geturl()
        return None if _page(address) in self.here else address


def _overlay(heading: HtmlElement) -> HtmlElement | None:
    """Return the link without text that lies over the whole article element that *heading* heads (PaperMod of Hugo)."""
    box = next(heading.iterancestors("article"), None)
    if box is None or next(box.iter(*HEADINGS), None) is not heading:
        return None
    links = [link for link in box.iter("a") if link.get("aria-label") and not fold(text_of(link))]
    return links[0] if len(links) == 1 else None


def _is_captioned(picture: HtmlElement) -> bool:
    """Tell whether *picture* stands in a figure with a sentence or a name below it, which is no link."""
    figure = next(picture.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    return caption is not None and bool(fold(text_of(caption))) and next(caption.iter("a"), None) is None


def _first_heading_beside(sign: HtmlElement, heading: HtmlElement) -> HtmlElement | None:
    """Return the first heading of the smallest element that holds both *sign* and *heading*."""
    above = set(heading.iterancestors())
    box = next((node for node in sign.iterancestors() if node in above), None)
    return next(box.iter(*HEADINGS), None) if box is not None else None


def _own_addresses(root: HtmlElement) -> Iterator[str]:
    for link in root.iterfind("head/link[@rel='canonical']"):
        yield link.get("href") or ""
    for meta in root.iterfind("head/meta[@property='og:url']"):
        yield meta.get("content") or ""


def _is_around(node: HtmlElement) -> bool:
    """Tell whether *node* stands around what the page is about."""
    if node.tag in _AROUND or (node.tag in SILENT and node.tag not in _OWN_MEDIA):
        return True
    if node.tag in ("body", "main", "article") or node.get("role") in ("main",):
        return False
    return bool(_AROUND_NAMES.search(node.get("class") or "") or _AROUND_NAMES.search(node.get("id") or ""))


def _page(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path.rstrip("/").removesuffix("/index.html"), parts.query
