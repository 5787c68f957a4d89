"""Decide whether what was read from a page may be stored as the article that was asked for.

Pure: (page, article) -> None if it may, else a Rejection with the reason, so that no page of another kind replaces a
good revision.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from os.path import commonprefix
from urllib.parse import urlsplit

from kickcrawl.article import Article, Page, PageSource, Rejection
from kickcrawl.compare.near import compare, fingerprint
from kickcrawl.fields import FIELDS
from kickcrawl.urls import same_address
from kickcrawl.vocabulary import WORDS, any_of

# Words of a page that is shown in place of an article: a challenge, an error, a consent wall. Only for short texts.
_SHELL = re.compile(any_of((*WORDS.trouble.blocked, *WORDS.trouble.not_found)), re.IGNORECASE)
_MAX_SHELL_WORDS = 60  # of such a page; an article that only mentions such words is longer
_MIN_COMMON_SHARE = 0.5  # of a headline's words, or of a text, that two states of one article share
# A page is emptied if the archived text has at least so many words, and at most so many, and such a share, are left.
_MIN_WHOLE_WORDS = 50
_MAX_EMPTIED_WORDS = 25
_MAX_EMPTIED_SHARE = 0.15
_MAX_WITHHELD_SHARE = 0.6  # of the archived words, that a beginning for all readers has
_MIN_BEGINNING_SHARE = 0.8  # of what is left, that the archived text begins with; a line of the wall's may follow
# A page that says of itself that the rest is for subscribers: in JSON-LD, or by the name of the wall's element.
_FOR_SUBSCRIBERS = re.compile(
    rb"isAccessibleForFree\W{1,8}(?:https?://schema\.org/)?false"
    rb"|(?:class|id)=[\"']?[^\"'>]{0,200}?(?:(?:pay|reg|meter|subscription|subscriber|premium|login)[-_]?wall|subscribers?-only)",
    re.IGNORECASE,
)
_ENDING_LENGTH = 1000  # bytes of a document, in which its end tag stands, or an error
_FATAL = re.compile(rb"<b>(?:Fatal|Parse) error</b>:[^\n]{1,500}$")
_SIGNS = tuple(field.name for field in FIELDS if field.is_sign)
_PAGE_SOURCES = frozenset(("byline", "json-ld", "meta", "markup", "visible"))


def why_rejected(page: Page, article: Article) -> Rejection | None:
    """Return why *article* may not be stored as the one that *page* was fetched for, or None if it may."""
    is_short = len(article.text.split(maxsplit=_MAX_SHELL_WORDS)) < _MAX_SHELL_WORDS
    if is_short and (match := _SHELL.search(f"{article.title}\n{article.text}")):
        return Rejection(reason="block-page", detail=f"says {match[0]!r}")
    if article.title.casefold() in {name.casefold() for name in (page.site.name, *page.site.title_suffixes)}:
        return Rejection(reason="no-title", detail="its only headline is the name of the site")
    parts = urlsplit(article.url)
    if parts.path in ("", "/") and not parts.query:
        return Rejection(reason="front-page", detail="its address is the site's root")
    if is_other_article(page, article):
        return Rejection(reason="other-article", detail=f"led to {article.url}")
    return None


def why_broken(words: int, origins: Mapping[str, str], article: Article) -> Rejection | None:
    """Return why *article* must not replace its archived state, or None if it may.

    *words* is the number of words of the archived text, *origins* the source of each of its fields. An edit may cut a
    text short, and a new layout may drop a field. But a page that has lost more than half of its words together with
    half of the fields that it stated itself is incomplete: a theme or a server is in trouble.
    """
    now = len(article.text.split())
    said = {field for field in _SIGNS if origins.get(field) in _PAGE_SOURCES}
    lost = {field for field in said if article.origins.get(field) not in _PAGE_SOURCES}
    if said and 2 * len(lost) >= len(said) and 2 * now < words:
        detail = f"{now} of {words} words are left, and no {', no '.join(sorted(lost))}"
        return Rejection(reason="broken-page", detail=detail)
    return None


def why_less_whole(words: int, pages_missing: int, article: Article) -> Rejection | None:
    """Return why *article* must not replace its archived state, or None if it may: it lacks more of its pages.

    *words* and *pages_missing* are those of the archived state. A page that had its text may fail for a day.
    """
    if article.pages_missing <= pages_missing or len(article.text.split()) >= words:
        return None
    return Rejection(reason="broken-page", detail=f"{article.pages_missing} of its further pages could not be had")


def why_emptied(words: int, article: Article) -> Rejection | None:
    """Return why *article* must not replace its archived state of so many *words*, None if it may: its text is gone.

    The headline may stand there still; a notice of a sentence may stand in place of the text.
    """
    now = len(article.text.split())
    if words < _MIN_WHOLE_WORDS or now > _MAX_EMPTIED_WORDS or now > _MAX_EMPTIED_SHARE * words:
        return None
    return Rejection(reason="empty", detail=f"{now} of {words} words are left")


def why_only_begun(text: str, article: Article, sources: Sequence[PageSource]) -> Rejection | None:
    """Return why *article* must not replace its archived *text*, None if it may: the page has only its beginning.

    The *sources* must say why: the rest is for subscribers, or they break off. An edit may cut a text short as well,
    but shows no such sign.
    """
    words, now = len(text.split()), len(article.text.split())
    beginning = commonprefix((text, article.text))
    if now >= words or len(beginning) < _MIN_BEGINNING_SHARE * len(article.text):
        return None
    detail = f"{now} of {words} words are left"
    if any(breaks_off(source, article.text) for source in sources):
        return Rejection(reason="broken-page", detail=f"{detail}, the page breaks off")
    if now < _MAX_WITHHELD_SHARE * words and any(_FOR_SUBSCRIBERS.search(source.body) for source in sources):
        return Rejection(reason="broken-page", detail=f"{detail}, the rest is for subscribers")
    return None


def breaks_off(source: PageSource, text: str) -> bool:
    """Tell whether a document ends within the article's *text*, a tag or a script, or with an error of PHP.

    Then the server did not get to its end. Complete ones end with a tag, a comment or a line of the site's own, also
    where </html> is left out.
    """
    body = source.body.rstrip()
    end = body[-_ENDING_LENGTH:]
    if not end or b"</html" in end.lower():
        return False
    if end.endswith(b">"):
        return _FATAL.search(end) is not None
    last = body.rpartition(b">")[2]
    if b"<" in last or body.rfind(b"<script") > body.rfind(b"</script"):
        return True
    ending = _letters(unescape(last.decode(errors="ignore")))
    return ending != "" and _letters(text).endswith(ending)  # of other scripts nothing can be told


def _letters(text: str) -> str:
    """Return the letters and digits of *text* that are the same in all encodings."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def is_other_article(page: Page, article: Article) -> bool:
    """Tell whether the site answered with a different article than the one asked for.

    WordPress redirects an unknown address to a post whose address begins alike. The outlet's own number of the post
    decides if both are known, but not against a page whose address and headline are those asked for: a feed of a site
    that has moved still has the numbers of the old one. Else, after a redirect, the headline decides, of which half of
    the words must be the same.
    """
    is_at_home = same_address(page.requested_url, page.sources[0].url)
    if page.native_id and article.native_id:
        if page.native_id == article.native_id:
            return False
        return not (is_at_home and page.title and _is_headline(page.title, article.title))
    return not is_at_home and page.title is not None and not _is_headline(page.title, article.title)


def is_same_article(title: str, text: str, native_id: str | None, article: Article) -> bool:
    """Tell whether *article* may be a later state of the stored one with that *title*, *text* and *native_id*.

    Asked where only a canonical address says so, since some sites give the same one to many articles. The outlet's own
    number decides; else half of the headline's words or of the text must be the same.
    """
    if native_id and article.native_id:
        return native_id == article.native_id
    if _is_headline(title, article.title):
        return True
    return compare(fingerprint(text), fingerprint(article.text)).share >= _MIN_COMMON_SHARE


def _is_headline(asked: str, found: str) -> bool:
    """Tell whether at least half of the words of the headline *asked* for stand in the one that was *found*."""
    words = _words(asked)
    return len(words & _words(found)) >= _MIN_COMMON_SHARE * len(words)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
