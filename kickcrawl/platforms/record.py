"""What kickcrawl knows of a publishing platform, as one record: how it is recognised, where its articles are listed.

    Platform                a file of this folder fills one
      marks: Mark, ...      signs on a front page, looked for in a PageHead
      posts: PostsList      its list of all posts, if it has one; each page of the list is read into a PostsPage

Records only; kickcrawl.platforms holds the registry and answers questions over all platforms.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kickcrawl.article import Candidate, Field, PostsName, Rejection
from kickcrawl.page.parsed import ParsedPage

# A question to a list of all posts: "sample" is a first page, to recognise a site by; "published" and "modified" list
# every post with all that is known of it, the latest time first; "addresses" lists every post in any order, and may
# leave out what a post's address and times do not need.
PostsQuery = Literal["sample", "published", "modified", "addresses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What a front page says to machines of the system that made it.

    *generator* holds the generator tags in lower case, *links* the first address of each value of rel, as written,
    *addresses* those of all links, scripts and pictures, *script_data* the attributes ``data-…`` of its scripts.
    """

    generator: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    script_data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One sign of a platform: a regular expression that fits its generator tag, a value of rel, or an address.

    *sign* names it to a person ("told by its generator tag"). *is_shared*: sites of other platforms may carry it, too,
    for instance in pictures that were taken over at a move.
    """

    sign: str
    where: Literal["generator", "rel", "address"]
    pattern: str
    is_shared: bool = False

    def is_on(self, head: PageHead) -> bool:
        """Tell whether the page carries the mark."""
        texts = {"generator": (head.generator,), "rel": tuple(head.links), "address": head.addresses}[self.where]
        return any(re.search(self.pattern, text) for text in texts)

    @property
    def rank(self) -> int:
        """0 for what the page says outright, 1 for what only this platform has, 2 for what others may have."""
        if self.where == "generator":
            return 0
        return 2 if self.is_shared else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsPage:
    """One page of a list of all posts.

    *total* counts all posts of the site, on other pages, too. *next_url* is the page behind this one, None at the end.
    *is_counted* is False where the site gave no total, so that it is the number of posts on this page.
    """

    candidates: list[Candidate]
    total: int
    next_url: str | None
    is_counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsList:
    """A platform's list of all posts: where it is, how it is asked, and how a page of it is read.

    *name* is its key below ``[seeds]`` in outlet files, and what the archive calls it as a seed and as a source of
    claims. The functions stand at module level, since readers run in worker processes:

    - ``locate(head, home)`` returns the list's absolute address on the site at *home*, None where it cannot be told;
    - ``query_url(address, query)`` returns the address of the first page that answers *query*;
    - ``read(body, url, headers, timezone)`` returns the PostsPage that was asked for at *url*, or raises SeedError.
      *headers* have lower-case names; times without an offset are in *timezone*, an IANA name.

    ``year_url(address, year)`` returns the address of a page whose *total* counts the posts of a year; None where the
    platform cannot be asked for that.

    *is_tried_unmarked*: sites without any mark are asked for it, too, as some hide their platform.
    *weaker_than_page* are the fields of which the article's own page knows more.
    """

    name: PostsName
    locate: Callable[[PageHead, str], str | None]
    query_url: Callable[[str, PostsQuery], str]
    read: Callable[[bytes, str, Mapping[str, str], str], PostsPage]
    year_url: Callable[[str, int], str] | None = None
    is_tried_unmarked: bool = False
    weaker_than_page: frozenset[Field] = frozenset(("modified_at",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A publishing platform. *name* is what outlet files call it; all else may be missing.

    *sitemaps* and *feeds* are the usual places, relative to home. *feed_use*: the feeds are "alternatives" (all name
    the same posts, so the first that answers is read), or are "all" read, those that the front page names before the
    usual ones; "none" is proposed where ``posts`` says more than they do. *keeps_usual*: a proposed outlet file has all
    usual places, whichever answered today, because a plugin or an update moves them.

    *never* are regular expressions on path and query of what is no article. ``native_id(page)`` returns the
    platform's own number for the only post in *scope*. ``page_kind(page)`` returns why a page is no article, as far as
    the platform's markup says so outright.
    """

    name: str
    marks: tuple[Mark, ...] = ()
    posts: PostsList | None = None
    sitemaps: tuple[str, ...] = ("sitemap.xml",)
    feeds: tuple[str, ...] = ()
    feed_use: Literal["alternatives", "all", "none"] = "all"
    keeps_usual: bool = False
    never: tuple[str, ...] = ()
    native_id: Callable[[ParsedPage], str | None] | None = None
    page_kind: Callable[[ParsedPage], Rejection | None] | None = None
