"""Try the seeds of a site that is being recognised: what each answer names, or why it is no seed.

Pure: answers in, Trials out. kickcrawl.sites.recognise says which addresses to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urljoin

from kickcrawl.answer import SHOWN
from kickcrawl.article import Candidate, PageSource, PostsName, SeedKind
from kickcrawl.discovery.article_form import has_article_form
from kickcrawl.discovery.children import without_feeds
from kickcrawl.discovery.feed import read_feed
from kickcrawl.discovery.sitemap import Child, Sitemap, lists_posts, read_sitemap
from kickcrawl.discovery.span import is_news_window, span_of
from kickcrawl.errors import SeedError
from kickcrawl.platforms import posts_lists
from kickcrawl.robots import RobotsPolicy

_MAX_KEPT_BODY = 1 << 17  # bytes of an answer of which what was read is kept; that is some six times as large
_UNKNOWN_ZONE = "UTC"  # times without an offset only tell here which article is newer

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class SeedAnswer:
    """What an address answered; *status* 0 and *error* where nothing came back. *headers* have lower-case names."""

    url: str
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    error: str | None = None

    @property
    def source(self) -> PageSource:
        """The answer as a page to be read."""
        return PageSource(url=self.url, body=self.body, content_type=self.headers.get("content-type"))

    def content(self) -> bytes:
        """Return the body of a good answer. Raises SeedError for any other."""
        if self.error or self.status not in SHOWN:
            raise SeedError(self.error or f"HTTP {self.status}")
        return self.body


@dataclass(slots=True)
class Sighting:
    """What has been seen of a site so far: its robots.txt, and the answers by the address that was asked.

    *is_rendered*: its front page, and those that it links to, were built in a browser.
    """

    home: str
    robots: RobotsPolicy
    answers: dict[str, SeedAnswer] = field(default_factory=dict)
    is_rendered: bool = False


@dataclass(slots=True, kw_only=True)
class Trial:
    """One seed that was tried: what it names, or why it is none. *covers*: it names all articles, not just new ones."""

    seed: SeedKind
    url: str
    candidates: list[Candidate] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)  # of a sitemap index
    total: int | None = None  # of articles, where the seed counts them
    covers: bool = False
    error: str | None = None


def try_seed(sighting: Sighting, seed: SeedKind, url: str) -> Trial:
    """Read the answer of a seed; of a sitemap index also that of the one child that was asked for."""
    trial, answer = Trial(seed=seed, url=url), sighting.answers[url]
    try:
        body = answer.content()
        if posts := posts_lists().get(PostsName(seed)):
            page = posts.read(body, url, answer.headers, _UNKNOWN_ZONE)
            trial.candidates, trial.total, trial.covers = page.candidates, page.total, True
        elif seed == "feed":
            trial.candidates = list(_read(read_feed, body, url))
        else:
            _try_sitemap(sighting, trial, _read(read_sitemap, body, url, _UNKNOWN_ZONE))
    except SeedError as error:
        trial.error = error.reason
    return trial


def _try_sitemap(sighting: Sighting, trial: Trial, sitemap: Sitemap) -> None:
    trial.candidates, trial.children = list(sitemap.candidates), list(sitemap.children)
    for child in child_to_read(trial):
        if child in sighting.answers:
            body = sighting.answers[child].content()
            trial.candidates += _read(read_sitemap, body, child, _UNKNOWN_ZONE).candidates
    found = [c for c in trial.candidates if c.is_post is not False and has_article_form(c.url)]
    span = span_of(found)
    is_window = span is not None and is_news_window(found, span.newest)
    trial.covers = bool(found) and not sitemap.is_feed and not is_window


def child_to_read(trial: Trial) -> list[str]:
    """Return the one sitemap of an index that tells most of the articles: of posts by its name, else one in the index's
    own folder, the last changed."""
    lists = without_feeds([child.url for child in trial.children if lists_posts(child.url) is not False])
    children = [child for child in trial.children if child.url in lists]
    beside = [child for child in children if urljoin(child.url, ".") == urljoin(trial.url, ".")]
    by_name = [child for child in children if lists_posts(child.url)] or beside or children
    newest = max(by_name, key=lambda child: child.lastmod.at.isoformat() if child.lastmod else "", default=None)
    return [newest.url] if newest else []


def _read(read: Callable[..., _Read], body: bytes, *values: str) -> _Read:
    """Return ``read(body, *values)``, which is not to be changed: a survey tries each seed again with every answer."""
    return _kept(read, body, *values) if len(body) <= _MAX_KEPT_BODY else read(body, *values)


@lru_cache(maxsize=16)  # answers: two of each outlet that is surveyed at a time; 15 MB at most
def _kept(read: Callable[..., Any], body: bytes, *values: str) -> Any:
    return read(body, *values)
