"""Cut off the headline what templates put round it for search engines, and mend what they do to it.

In: the claims of titles, the names by which the page speaks of its site, what else it knows of the article. Out: the
claims that are about the article, bare and whole.

    Harga Cabai: Pedagang mengeluh | Ekonomi - Kabar Selong   ->   Pedagang mengeluh   (where another title says so)
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from kickcrawl.article import Claim
from kickcrawl.claims.mojibake import LOST
from kickcrawl.claims.own_names import is_own_name, key
from kickcrawl.claims.title_evidence import TitleEvidence, words_of

# A dash or bar between a headline and the site's name, with space around it.
_SEPARATOR = re.compile(r"\s+(?:[-–—|»«›‹•·ㅣ~/]|::)\s+|\s*[|ㅣ]\s*")
# What is left of "NAME: HEADLINE" or "HEADLINE - NAME" where the site was given no name. Before digits a dash is a
# minus; a colon behind a headline is its own.
_NAMELESS = re.compile(r"^(?:[:|ㅣ•·]|::|[-–—](?!\s*\d))\s+(?=\S)|(?<=\S)\s+(?:[-–—|ㅣ•·]|::)$")
_TOPIC = re.compile(r":\s+|\s+(?:[-–—|»•·]|::)\s+")
_SECTION = re.compile(r"\s+[|»]\s+")
_CUT = re.compile(r"\s*(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])])$")
# Markup that a template has escaped once too often; what is not closed may be what the headline speaks of.
_MARKUP = re.compile(r"<(i|b|u|em|strong|span|small|mark|sup|sub)(?:\s[^<>]*)?>(.*?)</\1>", re.IGNORECASE)
_BREAK = re.compile(r"(?<=\S)<br ?/?>(?=\S)", re.IGNORECASE)
_MAX_MARKED_CHARACTERS = 1000  # of a title with markup: each tag is looked for up to its end
_MIN_HEADLINE_WORDS = 3  # fewer are a topic themselves
_MAX_PARTS = 20  # of a title that are looked at; one with more, as long as a page, would take the square of its length
_MAX_TOPIC_WORDS = 5  # more are a headline
_MIN_CUT_CHARACTERS = 60  # of a title that was cut short: no template cuts earlier


def judge_titles(claims: Sequence[Claim], own: Sequence[str], evidence: TitleEvidence, *, is_news: bool) -> list[Claim]:
    """Return those *claims* about titles that are about the article, bare and whole.

    *own* are the names of the site. *is_news* tells whether the page declares itself a news article: on others JSON-LD
    has what a plugin writes for search engines, and the headline that readers see is better.
    """
    whole = [claim for claim in claims if LOST not in str(claim.value)] or claims
    named = [replace(claim, value=strip_site_name(_without_markup(str(claim.value)), own)) for claim in whole]
    bare = list(bare_titles(evidence.about_article([claim for claim in named if claim.value])))
    if any(claim.source == "markup" for claim in bare) and (not is_news or _is_for_search(bare, evidence)):
        bare = [claim for claim in bare if claim.source != "json-ld"]
    titles = [str(claim.value) for claim in bare]
    bare = [claim if claim.source != "markup" else _without_label(claim, titles, evidence) for claim in bare]
    headlines = [str(claim.value) for claim in bare if claim.source == "markup"]
    others = [] if headlines else [title for title in titles if not _CUT.search(title)]
    return [
        replace(claim, value=_in_small_letters(_whole(str(claim.value), headlines, others), titles)) for claim in bare
    ]


def _is_for_search(claims: Sequence[Claim], evidence: TitleEvidence) -> bool:
    """Tell whether the headline in JSON-LD is the one that search engines are given, beside that of the article.

    Only the page's title repeats it; the headline that readers see is told to social networks, too. A node that has it
    a second time, as its name, means it.
    """
    said = {claim.source: key(str(claim.value)) for claim in reversed(claims)}
    if not {"json-ld", "html", "markup", "meta"} <= said.keys() or evidence.is_name(said["json-ld"]):
        return False
    return said["json-ld"] == said["html"] != said["markup"] == said["meta"]


def _without_markup(title: str) -> str:
    """Return *title* without elements of a line.

    >>> _without_markup("Panen <i>gogo rancah</i><br/>dimulai")
    'Panen gogo rancah dimulai'
    """
    may_hold = "<" in title and len(title) <= _MAX_MARKED_CHARACTERS
    return _MARKUP.sub(r"\2", _BREAK.sub(" ", title)) if may_hold else title


def _without_label(headline: Claim, titles: Sequence[str], evidence: TitleEvidence) -> Claim:
    """Return *headline* as one of *titles* has it if what it has besides is an element in it: a badge, a kicker."""
    said = key(str(headline.value))
    for title in titles:
        bare = key(title)
        if (
            len(title.split()) < _MIN_HEADLINE_WORDS
            or bare == said
            or bare not in (said[: len(bare)], said[-len(bare) :])
        ):
            continue
        rest = said.removeprefix(bare) if said.startswith(bare) else said.removesuffix(bare)
        if evidence.is_element_of_headline(rest):
            return replace(headline, value=title)
    return headline


def bare_titles(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield *claims* about titles without the topic or the section that another one goes without, or has another of."""
    titles = {key(str(claim.value)) for claim in claims if claim.source != "html"}
    titles |= _under_several_topics([str(claim.value) for claim in claims])
    for claim in claims:
        yield replace(claim, value=strip_topic(str(claim.value), titles))


def strip_site_name(title: str, names: Sequence[str]) -> str:
    """Return *title* without the site's name behind (or before) a dash or bar, or without that where there is no name.

    >>> strip_site_name("Harga cabai naik - kicknews.today", ["kicknews.today"])
    'Harga cabai naik'
    >>> strip_site_name(": Harga cabai naik", [])
    'Harga cabai naik'
    """
    title = _NAMELESS.sub("", title)
    separators = list(_SEPARATOR.finditer(title))
    if separators and is_own_name(title[separators[-1].end() :], names):
        return title[: separators[-1].start()].strip()
    if separators and is_own_name(title[: separators[0].start()], names):
        return title[separators[0].end() :].strip()
    for before, behind in pairwise(separators):  # behind the name, a slogan
        if is_own_name(title[before.end() : behind.start()], names):
            headline = title[: before.start()].strip()
            return headline if len(headline.split()) >= _MIN_HEADLINE_WORDS else title
    return title


def strip_topic(title: str, titles: set[str]) -> str:
    """Return *title* without a topic before it or a section behind it, where the rest is one of *titles* (keys).

    A desk puts the topic there for search engines, or above the headline; elsewhere on the page it goes without.
    """
    rests = [title[part.end() :] for part in islice(_TOPIC.finditer(title), _MAX_PARTS)]
    rests += [title[: part.start()] for part in islice(_SECTION.finditer(title), _MAX_PARTS)]
    return next((rest for rest in rests if len(rest.split()) >= _MIN_HEADLINE_WORDS and key(rest) in titles), title)


def _under_several_topics(titles: Sequence[str]) -> set[str]:
    """Return the keys of what stands behind topics without a common word: "Banjir: X" and "Cuaca Buruk - X" are X."""
    topics: dict[str, list[frozenset[str]]] = defaultdict(list)
    for title in titles:
        for part in islice(_TOPIC.finditer(title), _MAX_PARTS):
            topic, rest = words_of(title[: part.start()]), title[part.end() :]
            if len(topic) <= _MAX_TOPIC_WORDS and len(rest.split()) >= _MIN_HEADLINE_WORDS:
                topics[key(rest)].append(topic)
    return {rest for rest, said in topics.items() if any(said[0].isdisjoint(other) for other in said[1:])}


def _whole(title: str, headlines: Sequence[str], others: Sequence[str]) -> str:
    """Return the headline that *title* begins, if it was cut short: behind an ellipsis, within a word, or late.

    Of *others*, which may have more behind the headline, only where there is an ellipsis.
    """
    begins = _CUT.sub("", title)
    if begins and begins != title:
        headlines = (*headlines, *others)
    for headline in headlines:
        if begins and len(headline) > len(begins) and headline.startswith(begins):
            is_in_word = headline[len(begins)].isalnum() and begins[-1:].isalnum()
            if begins != title or is_in_word or len(begins) >= _MIN_CUT_CHARACTERS:
                return headline
    return title


def _in_small_letters(title: str, titles: Sequence[str]) -> str:
    """Return *title* as another one of the page spells it, where it is in capitals throughout, as a style has it."""
    if not title.isupper():
        return title
    return next((other for other in titles if not other.isupper() and key(other) == key(title)), title)
