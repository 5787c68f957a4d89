"""Tell walls that answer 200 (proof of work, paywalls, parked sites) from articles, without knowing their phrases.

An article's page vouches for itself: by a headline that agrees with its seed's or with the words of its address, by a
time, by authors. A wall has none of them where the outlet's articles have; and it is the same at several addresses.
Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from kickcrawl.fingerprint import bytes_digest

Judgement = Literal["vouched", "odd", "unknown"]
PAGE_SOURCES = frozenset(("byline", "json-ld", "meta", "markup", "visible"))  # of claims that the page itself makes
MIN_ARTICLES = 3  # of an outlet, before they say what is usual
MAX_ARTICLES = 50  # newest of an outlet, that say what is usual
_MIN_USUAL_SHARE = 0.8  # of its articles, that have what is usual
_MIN_COMMON_SHARE = 0.5  # of a headline's words
_MIN_SLUG_WORDS = 2  # with fewer, an address says nothing of the headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouchers:
    """What of a page vouches that it is an article of this outlet."""

    has_headline: bool  # that agrees with what its seed or its address says
    has_time: bool
    has_authors: bool


def vouchers_of(url: str, asked: str | None, titles: Sequence[str], origins: Mapping[str, str]) -> Vouchers:
    """Return the vouchers of a page at *url*, of which a seed says the headline *asked*.

    *titles* are the headlines that the page itself states; *origins* the source of each field.
    """
    return Vouchers(
        has_headline=any(_agrees(asked, url, title) for title in titles),
        has_time=origins.get("published_at") in PAGE_SOURCES,
        has_authors=origins.get("authors") in PAGE_SOURCES,
    )


def judge_vouchers(found: Vouchers, usual: Sequence[Vouchers]) -> Judgement:
    """Return whether a page is vouched for, or odd among its outlet's *usual* ones; unknown where these are few."""
    if len(usual) < MIN_ARTICLES:
        return "vouched" if any(astuple(found)) else "unknown"
    columns = zip(astuple(found), *map(astuple, usual), strict=True)
    expected = [has for has, *others in columns if sum(others) >= _MIN_USUAL_SHARE * len(others)]
    return "odd" if expected and not any(expected) and not found.has_headline else "vouched"


def wall_digest(title: str, text: str) -> str:
    """Return a digest that is equal for one wall at several addresses: words with digits (its tokens) do not count."""
    words = re.findall(r"\w+", f"{title}\n{text}".casefold())
    return bytes_digest(" ".join(word for word in words if not re.search(r"\d", word)).encode())


def share_of_words(asked: str, found: str) -> float:
    """Return which share of the words of *asked* stand in *found*, 0 to 1; 0 if it has none."""
    wanted = _words(asked)
    return len(wanted & _words(found)) / len(wanted) if wanted else 0.0


def _agrees(asked: str | None, url: str, title: str) -> bool:
    if asked and share_of_words(asked, title) >= _MIN_COMMON_SHARE:
        return True
    slug = _slug_words(url)
    return len(slug) >= _MIN_SLUG_WORDS and len(slug & _words(title)) >= _MIN_COMMON_SHARE * len(slug)


def _slug_words(url: str) -> set[str]:
    """Return the words of the longest segment of the address, numbers left out."""
    segments = unquote(urlsplit(url).path).split("/")
    return {word for word in _words(max(segments, key=len).replace("_", "-")) if word.isalpha() and len(word) > 1}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
