"""Find the entries of a page that lead to other articles: lists of more posts, cards, previous and next.

In: the page's tree. Out: elements, each with one address that it leads to. An entry is told by its link, whatever its
classes: it is the largest small element around a headline that is a link, as long as all its links lead to that one
article. What stands in it (a date, a name, a category, an excerpt) is said of the other article.

    <li><h3><a href="/harga-cabai">Harga cabai turun lagi</a></h3> <time>3 September</time></li>   ->   the li
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, spaced_text_of, text_of
from kickcrawl.page.elements import HEADINGS
from kickcrawl.page.head_tags import HeadTags
from kickcrawl.urls import joined
from kickcrawl.vocabulary import WORDS, any_of

MIN_HEADLINE_WORDS = 4  # a link of fewer words may be a name, a town or a section ...
MIN_HEADING_CHARACTERS = 12  # ... also in a heading, if it is shorter; not every script separates its words
MAX_ENTRY_CHARACTERS = 700  # headline, date, author, and an excerpt of 55 words as WordPress cuts it
MAX_HEADING_LEVELS = 3  # between an item of a list and its heading
MAX_LEAD_CHARACTERS = 80  # before its headline: a date, a label; more is a text that the list stands in
MIN_LINE_WORDS = 5  # of a link that is nearly all of its line: "Baca juga: Harga cabai turun lagi di Selong"
MIN_LINE_SHARE = 0.4  # of the line, by length, that it must be
MAX_LINKS = 1500  # of a page, and of what holds its article, that are looked at
_WHOLE = frozenset(("body", "main"))  # hold the page's own article, however short
_IN_A_TEXT = frozenset(("p", "span", "strong", "b", "em", "i"))
_ITEMS = frozenset(("li", "article", "tr", "dd"))  # one for each entry of a list, by their meaning
# Addresses of people and of lists, below any path.
_NO_ARTICLE = re.compile(
    rf"/(?:about|authors?|bio|categor(?:y|ies)|kategori|label|members?|pag(?:e|ed|ina)|people|profil(?:e|es)?|staff|tags?"
    rf"|team|topi[ck]s?|users?|writers?|{any_of(WORDS.class_names.byline)})(?:/|\?|$)",
    re.IGNORECASE,
)
# With its host, or from the root; others are joined to the page's address first, which costs ten times as much.
_ADDRESS = re.compile(
    r"(?:https?://(?P<host>[^/?#]*)|(?=/(?!/)))(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?", re.IGNORECASE
)
_OWN_RELATIONS = frozenset(("author", "category", "home", "tag"))


def other_entries(
    root: HtmlElement, head: HeadTags, url: str, own: Collection[HtmlElement], scope: HtmlElement | None = None
) -> dict[HtmlElement, str]:
    """Return the entries below *scope*, or *root*, the tree of the page at *url*, and the address that each leads to.

    *head* is what the page states of itself, *own* are elements that hold its article, such as those above its
    headline: no entry is one of them. A front page has none: its newest entry is the best that is known of it.
    """
    return _entries(_links(root if scope is None else scope), root, head, url, own)


def entries_outside(
    scope: HtmlElement, root: HtmlElement, head: HeadTags, url: str, own: Collection[HtmlElement]
) -> dict[HtmlElement, str]:
    """Return what other_entries() does for *root*, but for what is in *scope*; this and what holds it are in *own*.

    Of a page of more than MAX_LINKS, the first ones are looked at, and in the scope, by itself, its first ones.
    """
    inside = set(scope.iter("a"))
    return _entries((link for link in _links(root) if link not in inside), root, head, url, own)


def _entries(
    links: Iterable[HtmlElement], root: HtmlElement, head: HeadTags, url: str, own: Collection[HtmlElement]
) -> dict[HtmlElement, str]:
    """Return the entries round *links*, in their order."""
    if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
        return {}
    here, targets = _own_addresses(head, url), _Targets(url)
    led = {link: target for link in links if (target := targets.of(link)) and not _is_own(target, here, link)}
    small = _Small(frozenset((*own, root)))
    found: dict[HtmlElement, str] = {}
    for link, target in led.items():
        if not _is_headline(link) or (found and is_within(link, found)):
            continue
        entry = _entry(link, target, led, small)
        if entry is not None:
            found[entry] = target
    return found


def is_within(node: HtmlElement, entries: Container[HtmlElement]) -> bool:
    """Tell whether *node* stands in one of *entries*."""
    return any(map(entries.__contains__, (node, *node.iterancestors())))


class _Small:
    """Which elements are small enough for an entry, and none of *own*; asked of the same ones for each link in them."""

    def __init__(self, own: frozenset[HtmlElement]) -> None:
        self._known: dict[HtmlElement, bool] = dict.fromkeys(own, False)

    def has(self, node: HtmlElement) -> bool:
        if node not in self._known:
            self._known[node] = node.tag not in _WHOLE and len(text_of(node)) <= MAX_ENTRY_CHARACTERS
        return self._known[node]


def _links(root: HtmlElement) -> Iterator[HtmlElement]:
    return (link for link in islice(root.iter("a"), MAX_LINKS) if link.get("href"))


class _Targets:
    """Where links of the page at *url* lead: path and query of what may be an article of the same site."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._host, self._path = _bare(urlsplit(url).netloc), urlsplit(url).path.rstrip("/")

    def of(self, link: HtmlElement) -> str | None:
        """Return the target of *link*, None where it leads to a person, a list, the front page or another site."""
        relations = link.get("rel")
        if relations and not _OWN_RELATIONS.isdisjoint(relations.lower().split()):
            return None
        href: str = link.get("href") or ""
        there = _address_in(href) or _address_in(_joined(self._url, href))
        if there is None or there.is_other or (there.host is not None and there.host != self._host):
            return None
        if self._path.startswith(f"{there.path}/"):
            return None  # the section that the page stands below
        return there.target


class _Address(NamedTuple):
    """Where a link leads: to a *host* (None: the page's own), with *path* and query, which are its *target*.

    *is_other*: it leads to a person, a list or a front page.
    """

    host: str | None
    path: str
    target: str
    is_other: bool


@lru_cache(maxsize=4096)  # the pages of a site share their menus; about 2 MB
def _address_in(href: str) -> _Address | None:
    """Return the address that *href* is; None where it is not written in full, or from the root."""
    match = _ADDRESS.match(href)
    if match is None:
        return None
    path = match["path"].rstrip("/")
    target = f"{path}?{match['query'] or ''}"
    is_other = not path.strip("/") or _NO_ARTICLE.search(target) is not None
    return _Address(_bare(match["host"]) if match["host"] is not None else None, path, target, is_other)


def _joined(url: str, href: str) -> str:
    try:
        return joined(url, href)
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _own_addresses(head: HeadTags, url: str) -> dict[str, list[str]]:
    """Return the paths of the page's own addresses, and the queries that each has."""
    canonical = [link.href for link in head.links if link.rel == "canonical"]
    found: dict[str, list[str]] = {}
    for address in (url, *canonical, *head.stated("og:url")):
        try:
            parts = urlsplit(joined(url, address))
        except ValueError:
            continue
        found.setdefault(parts.path.rstrip("/"), []).append(parts.query)
    return found


def _is_own(target: str, here: Mapping[str, Sequence[str]], link: HtmlElement) -> bool:
    """Tell whether *target* is the page itself: its address, or with a query only where its own has one, too."""
    path, _, query = target.partition("?")
    queries = here.get(path)
    if queries is None:
        return False
    return query in queries or not (all(queries) and _is_headline(link))


def _is_headline(link: HtmlElement) -> bool:
    text = fold(text_of(link))
    if len(text) < MIN_HEADING_CHARACTERS:
        return bool(text) and _is_heading_of_item(link)
    if len(text.split()) >= MIN_HEADLINE_WORDS:
        return True
    return _holds_heading(link) or next(link.iterancestors(*HEADINGS), None) is not None


def _holds_heading(link: HtmlElement) -> bool:
    return len(link) > 0 and next(link.iter(*HEADINGS), None) is not None


def _is_heading_of_item(link: HtmlElement) -> bool:
    """Tell whether *link* is a heading in an item of a list, where one word is enough: "Foto"."""
    heading = link.getparent()
    if heading is None or heading.tag not in HEADINGS or heading.tag == "h1":
        return False
    return any(above.tag == "li" for above in islice(heading.iterancestors(), MAX_HEADING_LEVELS))


def _entry(link: HtmlElement, target: str, led: dict[HtmlElement, str], small: _Small) -> HtmlElement | None:
    """Return the entry around *link*, a headline; None where it is a link within a text."""
    best, before = None, ""  # what stands before the link in its holder
    is_lead = _leads(link)
    inner = link
    for holder in (link, *link.iterancestors()):
        if not small.has(holder) or {led.get(other, target) for other in holder.iter("a")} != {target}:
            break
        if holder is not link:
            before = f"{_text_before(inner, holder)} {before}"
        if len(fold(before)) > MAX_LEAD_CHARACTERS:
            break
        if is_lead or holder.tag in _ITEMS:
            best = holder
        inner = holder
    return best if best is not None else _line(link, target, led, small)


def _line(link: HtmlElement, target: str, led: dict[HtmlElement, str], small: _Small) -> HtmlElement | None:
    """Return the element around *link* if it is a line that says little but the link's headline."""
    parent, text = link.getparent(), fold(text_of(link))
    if parent is None or not small.has(parent) or len(text.split()) < MIN_LINE_WORDS:
        return None
    is_line = len(text) >= MIN_LINE_SHARE * len(fold(text_of(parent)))
    return parent if is_line and all(led.get(other, target) == target for other in parent.iter("a")) else None


def _text_before(node: HtmlElement, holder: HtmlElement) -> str:
    """Return the text that stands in *holder* before *node*, which is one of its children."""
    pieces = [
        f"{spaced_text_of(sibling) if isinstance(sibling.tag, str) else ''} {sibling.tail or ''}"
        for sibling in node.itersiblings(preceding=True)
    ]
    return " ".join([holder.text or "", *reversed(pieces)])


def _leads(link: HtmlElement) -> bool:
    """Tell whether *link* is a headline by itself: in a heading or around one, or the whole of its block."""
    parent = link.getparent()
    if parent is None:
        return False
    if _holds_heading(link):
        return True
    if parent.tag in HEADINGS:
        return fold(text_of(parent)) == fold(text_of(link))
    before = link.getprevious()
    beside = (before.tail if before is not None else parent.text, link.tail)
    return parent.tag not in _IN_A_TEXT and not any(text and text.strip() for text in beside)
