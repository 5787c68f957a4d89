"""The page behind a page of a list: by rel=next, by what its link is called, or by the number in its address.

In: the HTML of one page and its address. Out: the address of the next page, None if the page links to none. A button
that only a script understands is no link: such a list has no next page here, and must not be taken for whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold
from kickcrawl.urls import bare_host, tidy

MAX_LABEL_WORDS = 4  # "Baca berita lebih lama"; a headline has more
# What newsrooms and their themes write on the link, in the languages of the region and of the themes' authors.
_NEXT_WORDS = re.compile(
    r"\b(?:next|older|berikut(?:nya)?|selanjutnya|lebih lama|seterusnya|lanjut|susunod|sonraki|nächste|weiter"
    r"|ältere|volgende|oudere|suivante?s?|siguientes?|antiguos|anteriores|próxim[ao]|trang sau|tiếp)\b",
    re.IGNORECASE,
)
_ARROWS = re.compile(r"[\s»›→⟶⇒➔➜>❯❱▶►▸⟩⟫〉》]+")
_WORDS = r"(?:page|paged|halaman|hal|laman|pagina|seite|pg)"
# As a path segment, and as a parameter; query-1-page is that of WordPress' own list block.
_PAGE_NUMBER = re.compile(rf"/{_WORDS}[/:-](\d+)/?(?=\?|$)|[?&](?:query-\d+-page|{_WORDS})=(\d+)(?=&|$)", re.IGNORECASE)
_FIRST_PAGE = re.compile(rf"[?&]({_WORDS}=1)(?=&|$)", re.IGNORECASE)
_APPENDED = re.compile(rf"/?(?:{_WORDS}[/:-]?)?(\d+)/?", re.IGNORECASE)
# As part of a file's name: /index2.html behind / or /index.html, /kategori/daerah-2.html behind /kategori/daerah.html.
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_IN_FILE = re.compile(rf"[-_]?(?:{_WORDS}-?)?(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A link to what may be another page of the list; *steps* is how far its number goes on from this page's."""

    url: str
    is_called_next: bool
    text: str
    steps: int


def next_page(root: HtmlElement, url: str) -> str | None:
    """Return the address of the page behind the one at *url*."""
    for node in root.xpath(
        "//link[contains(concat(' ', @rel, ' '), ' next ')] | //a[contains(concat(' ', @rel, ' '), ' next ')]"
    ):
        address = _page_address(node, url)
        # A page number of a form we do not know (indeks-2.html) is the site's own affair: rel=next says it all.
        follows = address is not None and page_number(address) == page_number(url) + 1
        if address and (follows or not _PAGE_NUMBER.search(address) or _counts_from_nought(address, url)):
            return address
    links = list(_links(root, url))
    # Of "⟩" and "⟫", the one that goes on least: the other leads to the last page.
    called = [link.url for link in sorted(links, key=lambda link: link.steps) if link.is_called_next]
    numbered = sorted((link for link in links if _is_next_number(link, url)), key=lambda link: int(link.text))
    by_address = [link.url for link in links if _PAGE_NUMBER.search(link.url) and link.steps == 1]
    return next(iter(called + by_address + [link.url for link in numbered]), None)


def _counts_from_nought(address: str, url: str) -> bool:
    """Tell whether *address* is page 1 behind the first one, which has no number: Drupal counts so."""
    return page_number(address) == 1 and not _PAGE_NUMBER.search(url)


def page_number(url: str) -> int:
    """Return the number of a list's page by its address, 1 where none stands there.

    >>> page_number("https://kicknews.today/indeks/halaman/3"), page_number("https://kicknews.today/indeks")
    (3, 1)
    """
    match = _PAGE_NUMBER.search(url)
    return int(match[1] or match[2]) if match else 1


def is_further_file(here: str, there: str) -> bool:
    """Tell whether *there* is a later page of the list at *here* by its file's name alone, as /index4.html is of /."""
    one, other = urlsplit(here).path or "/", urlsplit(there).path
    return bool(_ENDING.search(other)) and (_steps_of_file(one, other) or 0) >= 1


def address_in(node: HtmlElement, base: str) -> str | None:
    """Return the link's canonical address if it is on the same host as *base*."""
    try:
        address = tidy(urljoin(base, (node.get("href") or "").strip()))
    except ValueError:
        return None
    return address if bare_host(address) == bare_host(base) else None


def _page_address(node: HtmlElement, base: str) -> str | None:
    """Return the link's address with a page=1, which a canonical address, an article's, has not."""
    address, first = address_in(node, base), _FIRST_PAGE.search(node.get("href") or "")
    return f"{address}{'&' if '?' in address else '?'}{first[1]}" if address and first else address


def _links(root: HtmlElement, url: str) -> Iterator[_Link]:
    here = tidy(url)
    for anchor in root.iter("a"):
        address = _page_address(anchor, url)
        if address is None or address == here or (steps := _steps(here, address)) is None:
            continue
        text = fold(anchor.text_content())
        is_next = _says_next(text) or _says_next(anchor.get("aria-label") or anchor.get("title") or "")
        is_next = is_next or "next" in (anchor.get("class") or "").lower().split()
        if steps == 0 and is_next:
            steps = 1  # the second page of a list that counts from nought: Drupal's ?page=1, Nikola's index-1.html
        if steps < 1:
            continue
        if is_next and _PAGE_NUMBER.search(address) and steps > 1:
            is_next = False  # "»" to the last page
        yield _Link(url=address, is_called_next=is_next, text=text, steps=steps)


def _says_next(label: str) -> bool:
    words = label.split()
    if not words or len(words) > MAX_LABEL_WORDS + 1:
        return False
    return bool(_ARROWS.fullmatch(label)) or bool(_NEXT_WORDS.search(label))


def _is_next_number(link: _Link, here: str) -> bool:
    """Tell whether a link called by a number may be the next page's: 2, or any where this page has a number, too."""
    if not link.text.isdecimal() or len(link.text) > 4:
        return False
    return link.text == "2" or len(_NUMBER.findall(here)) == len(_NUMBER.findall(link.url))


def _steps(here: str, there: str) -> int | None:
    """Return how far the one number goes on in which two addresses of a list differ; None if they are of two lists."""
    one, other = urlsplit(here), urlsplit(there)
    if one.query == other.query:
        return _steps_of_path(one.path, other.path)
    if one.path.rstrip("/") != other.path.rstrip("/"):
        return None
    before, after = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if len(changed) != 1 or changed[0] not in after:
        return None
    value = after[changed[0]]
    is_page = _PAGE_NUMBER.search(f"?{changed[0]}={value}")
    first = before.get(changed[0], "1" if is_page else "0")
    if value.isdecimal() and first.isdecimal():
        return int(value[:18]) - int(first[:18])
    return 1 if _NUMBER.search(value) else None  # a cursor or a time: what lies behind it is not known


def _steps_of_path(one: str, other: str) -> int | None:
    numbers, others = _NUMBER.findall(one), _NUMBER.findall(other)
    if numbers and _NUMBER.sub("#", one).rstrip("/") == _NUMBER.sub("#", other).rstrip("/"):
        changed = [(int(a[:18]), int(b[:18])) for a, b in zip(numbers, others, strict=True) if a != b]
        return changed[0][1] - changed[0][0] if len(changed) == 1 else None
    if _ENDING.search(other):
        return _steps_of_file(one, other)
    base = one.rstrip("/")
    if not other.startswith(f"{base}/"):
        return None
    appended = _APPENDED.fullmatch(other[len(base) :])
    return int(appended[1][:18]) - 1 if appended else None


def _steps_of_file(one: str, other: str) -> int | None:
    stem = f"{one}index" if one.endswith("/") else _ENDING.sub("", one)
    there = _ENDING.sub("", other)
    appended = _IN_FILE.fullmatch(there[len(stem) :]) if there.startswith(stem) else None
    return int(appended[1][:18]) - 1 if appended else None
