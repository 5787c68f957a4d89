"""Tell articles apart: which address is a page's own, and whether two addresses have one article.

In: what a page claims and what was found there. Out: an address, a yes or no. Nothing but its own address says which
article a page is; what rel=canonical names besides is a claim, believed only where what stands there is the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

from lxml.html import HtmlElement

from kickcrawl.urls import bare_host, canonicalize, joined, names_in, same_address

MIN_WORDS = 20  # of a text that is known by its words; shorter ones ("Foto", a notice) recur
# Ends of a path by which one page has several spellings on sites of every make.
_SPELLING = re.compile(
    r"(?:/(?:index\.\w+|print|cetak|amp|comment-page-\d+)|\.(?:s?html?|php|aspx?))?/*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{3,}")
_DAY = re.compile(r"(?:19|20)\d\d(?:[-.]?\d\d){0,2}")  # a segment that is a year, a month or a day
_MIN_WORDS_OF_ADDRESS = 3  # before two addresses with the same ones are taken for one article's


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as it was found at an address, whose title and text are known to be those of another sighting.

    *claimed* is what its page named as canonical instead, *native_id* the number that the page itself states.
    """

    url: str
    words: int
    claimed: str | None = None
    published_at: str | None = None
    native_id: str | None = None


@lru_cache(maxsize=256)  # a page names its own address in some six places
def own_address(url: str, requested: str) -> str:
    """Return the canonical form of *url*, where the page was found; *requested* is the address that was asked for.

    Parameters of the latter were found to tell articles apart, or it would not have them: they stay.

    >>> own_address("https://warta.example/baca.php?sid=401&utm_source=x", "https://warta.example/baca.php?sid=401")
    'https://warta.example/baca.php?sid=401'
    """
    return canonicalize(url, telling=names_in(requested))


def stated_address(root: HtmlElement, url: str, requested: str) -> str | None:
    """Return what the page names as its canonical address, canonicalized; None if it names none."""
    for link in root.iterfind("head/link[@rel='canonical']"):
        try:
            return own_address(joined(url, link.get("href") or ""), requested)
        except ValueError:
            continue
    return None


def is_spelling(one: str, other: str) -> bool:
    """Tell whether two canonical addresses are one but for scheme, "www.", slash, case and known forms of one page.

    >>> is_spelling("https://warta.example/Panen/print/", "https://www.warta.example/panen")
    True
    """
    return one == other or same_address(_spelled(one), _spelled(other))


def is_one_article(one: Sighting, other: Sighting) -> bool:
    """Tell whether two addresses of an outlet that have the same title and text have one article.

    Two different numbers of the outlet's own are two articles. Else the same publish time is enough; where one is not
    known and the text is no mere line or two, what the addresses or their pages say of each other.
    """
    if one.native_id and other.native_id and one.native_id != other.native_id:
        return False
    if one.published_at and other.published_at:
        return one.published_at == other.published_at
    if min(one.words, other.words) < MIN_WORDS:
        return False
    return bool(
        (one.native_id and one.native_id == other.native_id)
        or _vouches(one, other)
        or _vouches(other, one)
        or ends_alike(one.url, other.url)
        or _is_the_same_and_more(one.url, other.url)
    )


def _vouches(one: Sighting, other: Sighting) -> bool:
    return one.claimed is not None and one.claimed in (other.url, other.claimed)


def _is_the_same_and_more(one: str, other: str) -> bool:
    """Tell whether one of two addresses is the other with further parameters, where the path itself names the story."""
    bare, there = (urlsplit(_spelled(url))._replace(query="").geturl() for url in (one, other))
    own, others = names_in(one), names_in(other)
    return same_address(bare, there) and len(_words(bare)) >= _MIN_WORDS_OF_ADDRESS and (own <= others or others <= own)


def ends_alike(one: str, other: str) -> bool:
    """Tell whether two addresses end in the same segment or words, or have the same number of the article in them."""
    if bare_host(one) == bare_host(other) and is_spelling(one, other):
        return True
    if _last(one) == _last(other) != "" or _numbers(one) & _numbers(other):
        return True
    words = _words(one)
    return len(words) >= _MIN_WORDS_OF_ADDRESS and words == _words(other)


def _numbers(url: str) -> set[str]:
    """Return the numbers at the end of an address that may be the article's; before its end if none stands there."""
    return set(_NUMBER.findall(_last(url))) or {
        number
        for segment in urlsplit(url).path.split("/")
        for number in _NUMBER.findall(segment)
        if not _DAY.fullmatch(segment)
    }


def _words(url: str) -> set[str]:
    return {word for word in re.findall(r"\w+", _last(url).replace("_", "-")) if word.isalpha() and len(word) > 1}


def _last(url: str) -> str:
    parts = urlsplit(_spelled(url))
    return f"{parts.path.rpartition('/')[2]}?{parts.query}".strip("?")


def _spelled(url: str) -> str:
    parts = urlsplit(url)
    path = _SPELLING.sub("", unquote(parts.path).rstrip("/")).lower()
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
