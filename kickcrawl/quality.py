"""Decide whether what was read from a page may stand for the story that was asked for. Never over a good revision.

Pure: (page, article) -> None if it may, else a Rejection with the reason.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.compare.near import compare, fingerprint
from kickcrawl.urls import same_address
from kickcrawl.vocabulary import WORDS, any_of

# Words of a page that stands where a story should: a challenge, an error, a consent wall. Only short texts are judged.
_SHELL = re.compile(any_of((*WORDS.trouble.blocked, *WORDS.trouble.not_found)), re.IGNORECASE)
_SHORT = 60  # words; a story that merely mentions such words is longer
_SAID = ("authors", "sections", "tags", "published_at")
_ON_PAGE = frozenset(("byline", "json-ld", "meta", "markup", "visible"))


def why_rejected(page: Page, article: Article) -> Rejection | None:
    """Return why *article* may not be stored for what *page* was asked for, or None."""
    if len(article.text.split()) < _SHORT and (match := _SHELL.search(f"{article.title}\n{article.text}")):
        return Rejection(reason="block-page", detail=f"says {match[0]!r}")
    parts = urlsplit(article.url)
    if parts.path in ("", "/") and not parts.query:
        return Rejection(reason="front-page", detail="its canonical address is the site's root")
    if is_other_article(page, article):
        return Rejection(reason="other-article", detail=f"led to {article.url}")
    return None


def why_broken(words: int, origins: Mapping[str, str], article: Article) -> Rejection | None:
    """Return why *article* must not replace the archived state, of so many *words* and with its *origins*, or None.

    An edit may cut a text short, and a new layout may drop a field. A page that lost more than half of its words
    together with half of what it said of itself (not its seeds) is half a page: a theme or a server in trouble.
    """
    now = len(article.text.split())
    said = {field for field in _SAID if origins.get(field) in _ON_PAGE}
    lost = {field for field in said if article.origins.get(field) not in _ON_PAGE}
    if said and 2 * len(lost) >= len(said) and 2 * now < words:
        detail = f"{now} of {words} words are left, and no {', no '.join(sorted(lost))}"
        return Rejection(reason="broken-page", detail=detail)
    return None


def is_other_article(page: Page, article: Article) -> bool:
    """Tell whether the site answered with a different story than the one asked for.

    WordPress redirects an unknown address to whatever begins alike. The outlet's own number for the post decides where
    it is known on both sides; else, after a redirect, the headline: half of its words must still be there.
    """
    if page.native_id and article.native_id and page.native_id != article.native_id:
        return True
    if page.native_id == article.native_id and page.native_id is not None:
        return False
    if same_address(page.requested_url, page.sources[0].url) or page.title is None:
        return False
    asked, found = _words(page.title), _words(article.title)
    return len(asked & found) < 0.5 * len(asked)


def is_same_story(title: str, text: str, native_id: str | None, article: Article) -> bool:
    """Tell whether *article* may be a later state of the stored story with that *title*, *text* and *native_id*.

    Asked where nothing but a canonical address says so, which some sites give to many stories. The outlet's own number
    decides; else half of the headline or of the text must still be there.
    """
    if native_id and article.native_id:
        return native_id == article.native_id
    asked, found = _words(title), _words(article.title)
    return 2 * len(asked & found) >= len(asked) or compare(fingerprint(text), fingerprint(article.text)).share >= 0.5


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
