"""Cut off the headline what templates put round it for search engines: the site's name, a topic, a section.

In: the claims of titles and the names by which the page speaks of its site. Out: the same claims, bare.

    Harga Cabai: Pedagang mengeluh | Ekonomi - Kabar Selong   ->   Pedagang mengeluh   (where another title says so)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kickcrawl.article import Claim
from kickcrawl.claims.own_names import is_own_name, key

# A dash or bar between a headline and the site's name, with space around it.
_SEPARATOR = re.compile(r"\s+(?:[-–—|»•·]|::)\s+")
_TOPIC = re.compile(r":\s+|\s+(?:[-–—|»•·]|::)\s+")
_SECTION = re.compile(r"\s+[|»]\s+")
_MIN_HEADLINE_WORDS = 3  # fewer are a topic themselves


def bare_titles(claims: Sequence[Claim], own: Sequence[str]) -> Iterator[Claim]:
    """Yield *claims* about titles, bare; a headline that shares no word with any other title is not the article's."""
    named = [replace(claim, value=strip_site_name(str(claim.value), own)) for claim in claims]
    if any(claim.source == "markup" for claim in named):  # a site built by JavaScript may call all of its pages so
        named = [claim for claim in named if claim.source != "html" or not is_own_name(str(claim.value), own)]
    others = {word for claim in named if claim.source != "markup" for word in _words(str(claim.value))}
    titles = {key(str(claim.value)) for claim in named if claim.source != "html"}
    for claim in named:
        is_stray = claim.source == "markup" and others and others.isdisjoint(_words(str(claim.value)))
        if claim.value and not is_stray:
            yield replace(claim, value=strip_topic(str(claim.value), titles))


def strip_site_name(title: str, names: Sequence[str]) -> str:
    """Return *title* without the site's name behind (or before) a dash or bar.

    >>> strip_site_name("Harga cabai naik - kicknews.today", ["kicknews.today"])
    'Harga cabai naik'
    """
    separators = list(_SEPARATOR.finditer(title))
    if separators and is_own_name(title[separators[-1].end() :], names):
        return title[: separators[-1].start()].strip()
    if separators and is_own_name(title[: separators[0].start()], names):
        return title[separators[0].end() :].strip()
    return title


def strip_topic(title: str, titles: set[str]) -> str:
    """Return *title* without a topic before it or a section behind it, where the rest is one of *titles* (keys).

    A desk puts the topic there for search engines, or above the headline; elsewhere on the page it goes without.
    """
    rests = [title[part.end() :] for part in _TOPIC.finditer(title)]
    rests += [title[: part.start()] for part in _SECTION.finditer(title)]
    return next((rest for rest in rests if len(rest.split()) >= _MIN_HEADLINE_WORDS and key(rest) in titles), title)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
