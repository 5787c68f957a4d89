"""The page behind a page of a list: by rel=next, by what its link is called, or by the number in its address.

In: the HTML of one page and its address. Out: the address of the next page, None if the page links to none. A button
that only a script understands is no link (kickcrawl.discovery.scripted_next looks for what it names).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement

from kickcrawl.discovery.list_steps import (
    FIRST_PAGE,
    PAGE_NUMBER,
    counts_alike,
    is_below,
    page_number,
    steps,
    steps_among_others,
)
from kickcrawl.page.blocks import fold
from kickcrawl.urls import bare_host, tidy
from kickcrawl.vocabulary import WORDS, any_of

MAX_PLACES = 2  # to which one label leads on a page of a list: to the next page, to the last
MAX_LABEL_WORDS = 4  # "Baca berita lebih lama"; a headline has more
# What newsrooms and their themes write on the link, in the languages of the region and of the themes' authors. What is
# older, or of the day before, lies behind in a list whose newest stand first; on later pages the number tells it from
# the way back.
_NEXT_WORDS = re.compile(
    rf"\b(?:{any_of(WORDS.lines.next_page)}|older|lebih lama|susunod|ältere|oudere|suivante?s?|siguientes?|antiguos"
    r"|berikut|anterior(?:es)?|trang sau|tiếp|sebelumnya|kemarin|previous|earlier|yesterday|vorherige[rs]?"
    r"|précédente?s?)\b",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|older)(?:$|[\s_-])", re.IGNORECASE)
_ARROWS = re.compile(r"[\s»›→⟶⇒➔➜>❯❱▶►▸⟩⟫〉》]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A link to what may be another page of the list; *steps* is how far its number goes on from this page's."""

    url: str
    is_called_next: bool
    text: str
    steps: int


def base_of(root: HtmlElement, url: str) -> str:
    """Return what the links of the page at *url* are relative to: its <base>, if that is on the same site."""
    for node in root.iter("base"):
        if node.get("href"):
            try:
                base = urljoin(url, (node.get("href") or "").strip())
            except ValueError:
                break
            return base if bare_host(base) == bare_host(url) else url
    return url


def next_page(root: HtmlElement, url: str, base: str, is_article: Callable[[str], bool]) -> str | None:
    """Return the address of the page behind the one at *url*, whose links are relative to *base*."""
    for node in root.xpath(
        "//link[contains(concat(' ', @rel, ' '), ' next ')] | //a[contains(concat(' ', @rel, ' '), ' next ')]"
    ):
        address = _page_address(node, base)
        # A page number of a form we do not know (indeks-2.html) is the site's own affair: rel=next says it all.
        follows = address is not None and page_number(address) == page_number(url) + 1
        is_next = follows or not PAGE_NUMBER.search(address or "") or _counts_from_nought(address or "", url)
        if address and is_next and not _leads_back(address, url):
            return address
    links = list(_links(root, url, base, is_article))
    # Of "⟩" and "⟫", the one that goes on least: the other leads to the last page.
    called = [link.url for link in sorted(links, key=lambda link: link.steps) if link.is_called_next]
    here = tidy(url)
    numbered = sorted((link for link in links if _is_next_number(link, here)), key=lambda link: int(link.text))
    by_address = [link for link in links if link.steps == 1 and _numbers_on(link.url, url)]
    # A link called 3 leads to page 3, be it that its address, which counts from nought, has a 2.
    by_address.sort(key=lambda link: link.text.isdecimal() and link.text != str(page_number(url) + 1))
    found = called + [link.url for link in (*by_address, *numbered)]
    return found[0] if found else _by_offset(root, url, base, is_article)


def _numbers_on(address: str, url: str) -> bool:
    """Tell whether *address* has another page's number than *url*: the same page of the next category has not."""
    is_numbered = PAGE_NUMBER.search(address) is not None
    return is_numbered and not (PAGE_NUMBER.search(url) and page_number(address) == page_number(url))


def _leads_back(address: str, url: str) -> bool:
    """Tell whether *address* is an earlier page than *url*: on some sites rel=next leads to what is newer."""
    number = steps(url, address)
    return number < 0 if number is not None else is_below(address, url)


def _by_offset(root: HtmlElement, url: str, base: str, is_article: Callable[[str], bool]) -> str | None:
    """Return where a link called 2 leads if that and the one called 3 end in offsets: /berita/index/5 and 10."""
    found: dict[str, str] = {}
    for anchor in root.iter("a"):
        if (text := fold(anchor.text_content())) not in ("2", "3") or (address := address_in(anchor, base)) is None:
            continue
        if is_below(url, address) and not is_article(address):
            found.setdefault(text, address)
    if len(found) < 2:
        return None
    offset = found["2"].rstrip("/").rpartition("/")[2]
    is_offset = offset.isdecimal() and steps(found["2"], found["3"]) == int(offset[:18]) > 2
    return found["2"] if is_offset else None


def _counts_from_nought(address: str, url: str) -> bool:
    """Tell whether *address* is page 1 behind the first one, which has no number: Drupal counts so."""
    return page_number(address) == 1 and not PAGE_NUMBER.search(url)


def address_in(node: HtmlElement, base: str) -> str | None:
    """Return the link's canonical address if it is on the same host as *base*."""
    return address_at(node.get("href") or "", base)


def address_at(written: str, base: str) -> str | None:
    """Return the canonical address of what is *written* if it is on the same host as *base*."""
    try:
        address = tidy(urljoin(base, written.strip()))
    except ValueError:
        return None
    return address if bare_host(address) == bare_host(base) else None


def _page_address(node: HtmlElement, base: str) -> str | None:
    """Return the link's address with a page=1, which a canonical address, an article's, has not."""
    address, first = address_in(node, base), FIRST_PAGE.search(node.get("href") or "")
    return f"{address}{'&' if '?' in address else '?'}{first[1]}" if address and first else address


def _links(root: HtmlElement, url: str, base: str, is_article: Callable[[str], bool]) -> Iterator[_Link]:
    here, anchors = tidy(url), [(anchor, fold(anchor.text_content())) for anchor in root.iter("a")]
    teasers = _labels_of_teasers(anchors)
    for anchor, text in anchors:
        address = _page_address(anchor, base)
        if address is None or address == here:
            continue
        number, is_next = steps(here, address), text not in teasers and _is_called_next(anchor, text)
        if number is None and (is_next or text.isdecimal()):
            number = steps_among_others(here, address)
        if number is None and is_next and not _ARROWS.fullmatch(text or ">") and is_below(here, address):
            number = None if is_article(address) else 1
        if number == 0 and (is_next or text == "2"):
            number = 1  # the second page of a list that counts from nought: Drupal's ?page=1, Nikola's index-1.html
        if number is None or number < 1:
            continue
        if is_next and PAGE_NUMBER.search(address) and number > 1:
            is_next = False  # "»" to the last page
        yield _Link(url=address, is_called_next=is_next, text=text, steps=number)


def _labels_of_teasers(anchors: Sequence[tuple[HtmlElement, str]]) -> set[str]:
    """Return the labels that lead to more places than a list has ways to its next page: "Baca selanjutnya"."""
    led: dict[str, set[str]] = defaultdict(set)
    for anchor, text in anchors:
        led[text].add(anchor.get("href") or "")
    return {text for text, places in led.items() if len(places) > MAX_PLACES and _says_next(text)}


def _is_called_next(anchor: HtmlElement, text: str) -> bool:
    if _says_next(text) or _says_next(anchor.get("aria-label") or anchor.get("title") or ""):
        return True
    parent = anchor.getparent()
    item = parent.get("class") or "" if parent is not None and parent.tag in ("li", "span") else ""
    return bool(_NEXT_CLASS.search(anchor.get("class") or "") or _NEXT_CLASS.search(item))


def _says_next(label: str) -> bool:
    words = label.split()
    if not words or len(words) > MAX_LABEL_WORDS + 1:
        return False
    return bool(_ARROWS.fullmatch(label)) or bool(_NEXT_WORDS.search(label))


def _is_next_number(link: _Link, here: str) -> bool:
    """Tell whether a link called by a number may be the next page's: 2, or any where this page has a number, too."""
    if not link.text.isdecimal() or len(link.text) > 4:
        return False
    return link.text == "2" or counts_alike(here, link.url)
