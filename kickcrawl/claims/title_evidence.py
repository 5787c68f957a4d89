"""Tell which titles of a page say nothing of its article: the site's name, its slogan, a section, a letter or two.

In: titles without the site's name, the names of the site, the page. Out: those that are about the article. Templates
that were never filled in give every page the same title; it would stand in the archive as the headline.
"""

import re
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from kickcrawl.article import Claim
from kickcrawl.claims.own_names import is_own_name, key
from kickcrawl.page.blocks import text_of
from kickcrawl.page.jsonld import string_of
from kickcrawl.page.line import line_of
from kickcrawl.page.parsed import ParsedPage

_PARTS = re.compile(r"\s+(?:[-–—|»•·]|::)\s+")
_STRESSES = frozenset("em i u q cite dfn mark sub sup var wbr".split())
_MAX_LABEL_WORDS = 3  # of a section or a menu's entry
_MAX_LINKS = 300  # that are read for labels
_MAX_PARAGRAPHS = 40  # that are read for words
_MIN_PROSE_CHARACTERS = 80  # of a paragraph; a shorter one may be the imprint


class TitleEvidence:
    """What a page *page*, whose site has the names *own*, knows of its article besides its titles."""

    def __init__(self, page: ParsedPage, own: Sequence[str]) -> None:
        self._page, self._own = page, own
        self._own_words = {word for name in own for word in words_of(name)}

    def about_article(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return those *claims* about titles that say something of the article; all, if none does."""
        said = [claim for claim in claims if not self.says_nothing(str(claim.value))] or list(claims)
        stated = [claim for claim in said if claim.source != "markup"]
        shown = [claim for claim in said if claim.source == "markup"]
        others = set().union(*(self.words(claim) for claim in stated))
        if not stated or not shown or any(self.words(claim) & others for claim in shown):
            return said
        # No title for machines shares a word with the headline that readers see: one of them is about something else.
        return shown if self._weight(shown) > self._weight(stated) else stated

    def says_nothing(self, title: str) -> bool:
        """Tell whether *title* is but names of the site and labels of its sections, or no word at all."""
        parts = [part for part in _PARTS.split(title) if len(key(part)) > 1]
        return all(
            is_own_name(part, self._own) or self._own_words.issuperset(words_of(part)) or self._is_label(part)
            for part in parts
        )

    def is_name(self, title: str) -> bool:
        """Tell whether *title*, a key, is what the node of JSON-LD about the article has as its name."""
        return bool(title) and key(string_of(self._page.node.get("name")) or "").startswith(title)

    def is_element_of_headline(self, text: str) -> bool:
        """Tell whether *text*, a key, is all that stands in an element of the headline that readers see.

        An element that only stresses words, or writes them in another letter, is none: they are the headline's.
        """
        headline = self._page.headline
        boxes = headline.iterdescendants("*") if headline is not None else ()
        return any(node.tag not in _STRESSES and key(text_of(node)) == text for node in boxes)

    def words(self, claim: Claim) -> frozenset[str]:
        """Return the words of the title *claim* that are not the site's own name."""
        return words_of(str(claim.value)) - self._own_words

    def _is_label(self, part: str) -> bool:
        return len(part.split()) <= _MAX_LABEL_WORDS and key(part) in self._labels

    def _weight(self, claims: Collection[Claim]) -> float:
        """Return the largest share of a title's words that stand in the page's address and paragraphs, too."""
        shares = (len(words & self._words) / len(words) for claim in claims if (words := self.words(claim)))
        return max(shares, default=0)

    @cached_property
    def _labels(self) -> set[str]:
        """The texts of links that lead elsewhere."""
        here = urlsplit(self._page.url).path.strip("/")
        links = islice(self._page.root.iter("a"), _MAX_LINKS)
        return {
            key(text)
            for link in links
            if len((text := text_of(link)).split()) <= _MAX_LABEL_WORDS and _path(link.get("href"), here) != here
        }

    @cached_property
    def _words(self) -> set[str]:
        lines = map(line_of, islice(self._page.scope.iter("p"), _MAX_PARAGRAPHS))
        prose = (line for line in lines if len(line) >= _MIN_PROSE_CHARACTERS)
        slug = max(unquote(urlsplit(self._page.url).path).split("/"), key=len)  # not the section before it
        return set().union(words_of(slug), *map(_words_in, prose))


@lru_cache(maxsize=512)  # about 1 MB
def words_of(text: str) -> frozenset[str]:
    """Return the words in small letters of *text*, a title or the name of a site, which is asked for some three times.

    >>> sorted(words_of("Panen Raya di Jonggat"))
    ['di', 'jonggat', 'panen', 'raya']
    """
    return _words_in(text)


def _words_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower()))


def _path(href: str | None, here: str) -> str:
    try:
        return urlsplit(urljoin(f"/{here}", href or "")).path.strip("/")
    except ValueError:
        return here
