"""The further pages of an article, one after the other: which address is needed next, given the pages so far. Pure.

    walk = wanted_pages(first)      next(walk) -> an address; walk.send(its page) -> the next; at the end, all pages

A page that cannot be had is sent as None: the walk goes on with those that other pages link to. Where an article links
to no further page, but to itself "on one page", that one stands for it.

Driven by the crawl, which fetches the pages, and by re-extraction, which finds them among the captures.
"""

import html
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urljoin, urlsplit

from kickcrawl.article import PageSource
from kickcrawl.urls import bare_host, page_number
from kickcrawl.vocabulary import WORDS, any_of

MAX_PAGES = 40  # of one article
# A link; read from the bytes, because the tree is built in a worker.
_LINK = re.compile(rb"<(?:a|link)\b([^>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))[^>]*)>", re.I)
_TAG = re.compile(rb"<[^>]*>")
_MAX_LABEL_BYTES = 300  # what stands in a link, tags included
_SAID = re.compile(rb"\b(?:aria-label|title)\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_BASE = re.compile(rb"<base\b[^>]{0,200}?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_HAS_NUMBER = re.compile(r"\d{1,2}/?(?:\.\w{2,5})?(?:[?&#].*)?$|=\d{1,2}(?:&|#|$)")
# The pages of panen.html are panen-2.html, panen_2.html, panen,2.html; those of /panen are /panen-2.
_FILE = re.compile(r"(.*?)(?:[-_,](\d{1,2}))?(\.\w{2,5}|)")
_ENDING = re.compile(r"\.\w{2,5}$")
_FROM_ROOT = re.compile(r"/|https?:", re.IGNORECASE)
# What a link to a further page has behind the article's name, or anywhere if it is relative to the page: its number.
_NUMBER = rb"(?<!\d)\d{1,2}(?!\d)"
_NUMBER_BEHIND = re.compile(rb"[^\"<>]*?[/_,=;-]" + _NUMBER)  # the semicolon is an entity's: "&#x2F;2"
_ELSEWHERE = rb"[/#]|[a-zA-Z][a-zA-Z0-9+.-]*:"  # from the root, in the page itself, or with a scheme
_RELATIVE = re.compile(
    rb"href\s*=\s*(?:\"(?!%(e)s)[^\"]*?%(n)s|'(?!%(e)s)[^']*?%(n)s|(?![\"']|%(e)s)[^\s>\"']*?%(n)s)"
    % {b"e": _ELSEWHERE, b"n": _NUMBER}
)
# A hyphen, a figure or a letter by its number; not the sign before a parameter (38) and quotes (39), which are common.
_ENCODED = re.compile(
    rb"&#(?:0*(?:45|4[89]|5[0-7]|6[5-9]|[78]\d|90|9[7-9]|1[01]\d|12[0-2])|[xX]0*(?:2[dD]|[3-7]\w))(?!\w)"
)
# Of the attribute's name; hardly a page has another. A pattern of one sign at first is searched quicker than bytes.
_OTHER_CASE = re.compile(rb"H(?:REF|ref)")
_START = re.compile(r"[?&](?:limit)?start=(\d{1,2})")  # Joomla counts the pages behind the first one
# Below the article's own address, behind a word for a part; the pages of its comments are none of its text.
_PART_BELOW = re.compile(
    r"/(?!\w*(?:comment|komentar|kommentar|coment|reacti))[^\W\d_]{2,12}[-_/]?(\d{1,2})/?", re.IGNORECASE
)
# What shows all pages of an article on one: ?page=all, ?single=1.
_ON_ONE = (
    rb"(?:page|hal|halaman|view|show)=(?:all|semua|full)|(?:all|single|singlepage|onepage|showall|full)=(?:1|true|yes)"
)
_ALL_BEHIND = re.compile(rb"[^\"'<>\s]*?[?&;](?:" + _ON_ONE + rb")[\"'&#\s>]", re.IGNORECASE)
_OWN_QUERIES = (b'href="?', b"href='?")
_SHOWS_ALL = re.compile(_ON_ONE.decode(), re.IGNORECASE)
_PAGE = any_of(("page", *WORDS.lines.page, *WORDS.lines.page_before_colon, *WORDS.addresses.page))
_NEXT = re.compile(rf"\W*(?:{_PAGE}\s+)?(?:{any_of(WORDS.lines.next_page)}|\d{{1,2}})(?:\s+{_PAGE})?\W*", re.IGNORECASE)
_IS_NEXT = re.compile(rb"\brel\s*=\s*[\"']?next\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """The pages of an article in reading order, the first among them, and the addresses of those that are *missing*."""

    sources: tuple[PageSource, ...]
    missing: tuple[str, ...] = ()


Walk = Generator[str, PageSource | None, ArticlePages]


def wanted_pages(first: PageSource, max_pages: int = MAX_PAGES) -> Walk:
    """Yield the addresses of the article's further pages, be sent each page or None, and return all of them.

    At most *max_pages* with the first. A page that led back to one seen before is left out.
    """
    sources, seen = [first], {first.url}
    missing: list[str] = []
    pending = continuation_pages(first.url, first.body)
    if not pending and (all_on_one := page_with_all(first)):
        source = yield all_on_one
        if source is None:
            return ArticlePages((first,), (all_on_one,))
        is_same = urlsplit(source.url).path == urlsplit(first.url).path  # and not the front page, or another article
        is_more = is_same and len(_TAG.sub(b"", source.body)) > len(_TAG.sub(b"", first.body))
        return ArticlePages((replace(source, url=first.url) if is_more else first,))
    while pending and len(sources) + len(missing) < max_pages:
        url = pending.pop(0)
        if url in seen:
            continue
        seen.add(url)
        source = yield url
        if source is None:
            missing.append(url)
            continue
        if source.url != url and source.url in seen:
            continue  # beyond the last page, sites redirect to the first
        sources.append(source)
        pending += [new for new in continuation_pages(first.url, source.body, source.url) if new not in seen]
    return ArticlePages(tuple(sources), tuple(missing))


def continuation_pages(url: str, body: bytes, page_url: str | None = None) -> list[str]:
    """Return the addresses of the further pages of the article at *url* that *body* links to, in order.

    *page_url* is the address of the page with this *body*, if it is not the first one: links are relative to it.
    """
    if urlsplit(url).path.strip("/") == "" and not urlsplit(url).query:
        return []
    stem, found = _stem(url), dict[int, str]()
    if page_url is None and not _may_have_more(body, stem):
        return []
    for address, label in _links(body, page_url or url, stem):
        number = page_number(address, url) or (_number_of_file(address, url, label) if label else None)
        if number is not None:
            found.setdefault(number, _as_asked(address, url))
    return [found[number] for number in sorted(found)]


def page_with_all(first: PageSource) -> str | None:
    """Return the address at which the article of the page *first* stands on one page, as far as it links to that."""
    own, stem = urlsplit(first.url), _stem(first.url).encode()
    if not any(_ALL_BEHIND.match(first.body, at) for name in (stem, *_OWN_QUERIES) for at in _behind(name, first.body)):
        return None
    for address, _ in _links(first.body, first.url, _stem(first.url), _SHOWS_ALL):
        there = urlsplit(address)
        added = [part for part in there.query.split("&") if part not in own.query.split("&")]
        is_own = bare_host(address) == bare_host(first.url) and there.path == own.path
        if is_own and len(added) == 1 and _SHOWS_ALL.fullmatch(added[0]):
            return _as_asked(address, first.url)
    return None


def _behind(name: bytes, body: bytes) -> Iterator[int]:
    """Yield where what stands behind each *name* in *body* begins, but for the last sign of it."""
    at = body.find(name) if name else -1
    while at >= 0:
        yield at + len(name) - 1
        at = body.find(name, at + 1)


def _stem(url: str) -> str:
    """Return the last segment of the path of *url* without its ending: the address of each of its pages holds it."""
    return _ENDING.sub("", urlsplit(url).path.rstrip("/").rpartition("/")[2])


def _may_have_more(body: bytes, stem: str) -> bool:
    """Tell at a glance whether *body* may have links that _links() yields; most pages have none."""
    if not stem.isascii() or not stem or html.escape(stem) != stem:
        return True
    if _OTHER_CASE.search(body) or _RELATIVE.search(body) or _ENCODED.search(body):
        return True
    name, at = stem.encode(), -1
    while (at := body.find(name, at + 1)) >= 0:
        if _NUMBER_BEHIND.match(body, at + len(name)):
            return True
    return False


def _links(body: bytes, page_url: str, stem: str, wanted: re.Pattern[str] = _HAS_NUMBER) -> Iterator[tuple[str, str]]:
    """Yield the addresses in *body* that are *wanted*, without fragment, and the link's "2" or "next", else "".

    Of those that are written from the root or in full, only the ones that hold *stem*: joining all takes 2 ms a page.
    """
    base = _BASE.search(body)
    start = urljoin(page_url, base[1].decode("latin-1")) if base else page_url
    for match in _LINK.finditer(body):
        link = html.unescape((match[2] or match[3] or match[4] or b"").decode("utf-8", errors="replace").strip())
        if (stem not in link and _FROM_ROOT.match(link)) or not wanted.search(link):
            continue
        try:
            yield urldefrag(urljoin(start, link)).url, _label(match, body)
        except ValueError:
            continue


def _label(link: re.Match[bytes], body: bytes) -> str:
    """Return what says of *link*, found in *body*, that it leads to the next page: a number, "next"; "" if nothing."""
    inside = body[link.end() : link.end() + _MAX_LABEL_BYTES].split(b"</a", 1)[0]
    for said in (_TAG.sub(b" ", inside), *_SAID.findall(link[1])):
        text = html.unescape(said.decode("utf-8", errors="replace"))
        if _NEXT.fullmatch(text):
            return text.strip()
    return "next" if _IS_NEXT.search(link[1]) else ""


def _number_of_file(address: str, url: str, label: str) -> int | None:
    """Return the number of a page that is called as the article, with a number behind its name, in a part below its
    address or as Joomla's start.

    Names without an ending may be other articles' ("banjir-2"): there the link's *label* must be the same number.
    """
    if (start := _START.search(address)) and urldefrag(address).url.replace(start[0], "", 1) == url:
        return int(start[1]) + 1 if int(start[1]) > 0 else None
    base = url.rstrip("/")
    if address.startswith(base) and (part := _PART_BELOW.fullmatch(address[len(base) :])):
        return int(part[1]) if int(part[1]) > 1 else None
    there, own = _FILE.fullmatch(address), _FILE.fullmatch(url)
    if there is None or own is None or there[2] is None or own[2] is not None or int(there[2]) < 2:
        return None
    is_said = bool(there[3]) or label == there[2]
    return int(there[2]) if is_said and (there[1], there[3]) == (own[1], own[3]) else None


def _as_asked(address: str, url: str) -> str:
    """Return *address* with the scheme and host of *url*."""
    own = urlsplit(url)
    return urlsplit(address)._replace(scheme=own.scheme, netloc=own.netloc).geturl()


def collect_pages(first: PageSource, find: Callable[[str], PageSource | None]) -> ArticlePages:
    """Return the article's pages; *find* returns the page at an address or None, and its errors are passed on."""
    walk = wanted_pages(first)
    try:
        url = next(walk)
        while True:
            url = walk.send(find(url))
    except StopIteration as end:
        pages: ArticlePages = end.value
        return pages
