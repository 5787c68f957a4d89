"""Tell what stands in an entry of a list: an element that teases another article, whatever it is called.

In: an element of the page. Out: a yes or no. An entry is told by its link: a heading that leads to another page of the
site, or a link of some words that is much of what the element says. A day in an entry is the other article's.

    <li><h3><a href="/lain">Pasar Ikan Sepi</a></h3><time>14 Juli 2025</time></li>
"""

import re
from collections.abc import Collection
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.page.blocks import HEADINGS, fold
from kickcrawl.urls import bare_host
from kickcrawl.vocabulary import WORDS, any_of

_MIN_HEADLINE_WORDS = 5  # of a link outside of a heading; a shorter one may be a person or a section
_MIN_LINK_SHARE = 0.4  # of what an entry says, that such a link must be
_MAX_CHARACTERS = 650  # of an entry: headline, day and excerpt; an element that says more holds an article
_MAX_RAW_CHARACTERS = 4 * _MAX_CHARACTERS  # of it with its white space
_MAX_LINKS = 20  # of an element that may be an entry
_OF_PERSON = re.compile(
    rf"(?:^|[/_-])(?:authors?|users?|profiles?|people|team|staff|writers?|{any_of(WORDS.class_names.byline)})"
    r"|profile(?:/|$)",
    re.IGNORECASE,
)
_HEADINGS = HEADINGS - {"h1"}


def is_in_entry(node: HtmlElement, url: str, holders: Collection[HtmlElement]) -> bool:
    """Tell whether *node* stands in an entry, on the page at *url*; *holders* hold the article or its headline."""
    if urlsplit(url).path in ("", "/"):  # of a front page the newest entry is the best that is known
        return False
    for element in (node, *node.iterancestors()):
        if element in holders or element.tag in ("body", "html"):
            return False
        whole = element.text_content()
        said = fold(whole) if len(whole) <= _MAX_RAW_CHARACTERS else whole
        if len(said) > _MAX_CHARACTERS:
            return False
        teased = {address for link in islice(element.iter("a"), _MAX_LINKS) if (address := _teased(link, said, url))}
        if element.tag != "a" and (around := element.getparent()) is not None and around.tag == "a":
            teased |= {address for address in [_teased(around, said, url)] if address}
        if teased:
            return len(teased) == 1
    return False


def _teased(link: HtmlElement, said: str, url: str) -> str | None:
    """Return where *link* leads, if it is the headline of another article in an element that says *said*."""
    words = fold(link.text_content())
    is_headline = _is_heading(link) or (
        len(words.split()) >= _MIN_HEADLINE_WORDS and len(words) >= _MIN_LINK_SHARE * len(said)
    )
    return _elsewhere(link.get("href") or "", url) if words and is_headline else None


def _is_heading(link: HtmlElement) -> bool:
    return any(above.tag in _HEADINGS for above in islice(link.iterancestors(), 3)) or any(
        True for _ in link.iter(*_HEADINGS)
    )


def _elsewhere(href: str, url: str) -> str | None:
    """Return the address of another page of the site that *href* leads to, from the page at *url*."""
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(url, href)
        there, here = urlsplit(address), urlsplit(url)
        is_same_site = bare_host(address) == bare_host(url)
    except ValueError:
        return None
    path = f"{there.path.strip('/')}/"
    # What the page stands below is its section, not another article.
    is_other = is_same_site and path != "/" and not f"{here.path.strip('/')}/".startswith(path)
    return address if is_other and not _OF_PERSON.search(path) else None
