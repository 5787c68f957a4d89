"""The records that travel through a crawl, one noun a stage: Candidate, Page, Article or Rejection.

    seed --discovery--> Candidate --fetch--> Page --extract()--> Article | Rejection

All are frozen; change one with ``dataclasses.replace``. Missing is ``None`` or an empty tuple, never "". Times are
aware and in UTC; the offset that the outlet wrote stands beside them in minutes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, NewType

from kickcrawl.compare.near import LookupKeys
from kickcrawl.reading import Layout, Reading
from kickcrawl.statement import Statement

Field = Literal["title", "authors", "sections", "tags", "published_at", "modified_at", "language", "native_id"]

PostsName = NewType("PostsName", str)  # a platform's list of all posts ("rest", "blogger"): see kickcrawl/platforms
# Where a claim was read. The order of trust differs from field to field: see kickcrawl/claims/metadata.py.
Source = (
    PostsName
    | Literal[
        "byline", "json-ld", "meta", "markup", "visible", "feed", "sitemap", "listing", "url", "page", "html", "outlet",
        "canonical", "text",
    ]
)  # fmt: skip


class Moment(NamedTuple):
    """A point in time, and the offset with which it was written (minutes east of UTC; None if it had none)."""

    at: datetime
    offset: int | None


SeedKind = PostsName | Literal["sitemap", "feed", "listing", "related", "web-archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about one field of an article: text, a tuple of names, or a Moment.

    "url" is claimed only where rel=canonical names another address than the page's own; "picture" is the address of the
    picture above the article and its caption, which themes may leave out; "wording" is a digest of the text that a seed
    gives, by which an edit is told.
    """

    field: Field | Literal["url", "picture", "wording"]
    value: str | tuple[str, ...] | Moment
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A URL that may be an article's, with everything its seed said about it.

    ``is_post`` is True where the seed lists nothing but posts (REST, a post sitemap, a feed), so that it outranks URL
    rules; False where the seed lists something else on purpose; None where it does not say. ``protected`` is True for a
    post behind a password, which is never fetched; None where the seed does not know. ``native_id`` is the outlet's own
    number for the post. ``modified_until`` is set where the seed wrote a day only: the change came at ``modified`` or
    later, but before it.
    """

    url: str
    seed: SeedKind
    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    modified_until: datetime | None = None
    native_id: str | None = None
    is_post: bool | None = None
    protected: bool | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that stands in the article; its caption and credit are kept here and not in the text."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLink:
    """A link to another article that stood between the paragraphs ("Baca juga: ...")."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """One fetched HTML document: its address after redirects, and its bytes after content decoding."""

    url: str
    body: bytes
    content_type: str | None = None  # the HTTP header, which may state the charset


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """What the extractor must know of the outlet; small, because it is sent to a worker with every page.

    *language* is an ISO 639-1 code, or "" if it is not known; *timezone* an IANA name. *title_suffixes* are forms of
    the outlet's name in page titles, *dateline_names* those in datelines, *places* the towns that may stand in them.
    *section_names* pairs names of sections on the site with those in the archive.
    """

    slug: str
    name: str
    language: str
    timezone: str
    title_suffixes: tuple[str, ...] = ()
    dateline_names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    section_names: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()  # CSS selectors of the container, stated by a person: they win over learned layouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All HTML documents of one article in reading order, with what was known of it before.

    *claims* are those of its seeds. *native_id* and *title* are those of the post that was asked for, so that a
    redirect to another one is noticed. *is_requested*: a person has chosen this page as an article; then it is rejected
    only if it cannot be one (locked, blocked, broken). *layouts* are the trusted ones of its outlet: where one fits,
    the page is not read in full, unless it is to *check* them. *pages_missing*: further pages that could not be had.
    """

    requested_url: str
    sources: tuple[PageSource, ...]
    site: SiteRules
    is_requested: bool = False
    claims: tuple[Claim, ...] = ()
    native_id: str | None = None
    title: str | None = None
    layouts: tuple[Layout, ...] = ()
    check: bool = False
    pages_missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as the outlet published it. Paragraphs of ``text`` are separated by an empty line.

    ``origins`` says for each field which source it was taken from; ``disagreements`` holds the claims that said
    something else. ``pages_missing``: of its further pages, so many could not be had. ``rights``: what its first page
    says of them.
    """

    url: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    published_at: datetime | None = None
    published_offset: int | None = None
    modified_at: datetime | None = None
    images: tuple[Image, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    dateline: str | None = None
    initials: str | None = None
    native_id: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    disagreements: tuple[Claim, ...] = ()
    reading: Reading | None = field(default=None, compare=False)
    rights: tuple[Statement, ...] = field(default=(), compare=False)
    pages_missing: int = 0

    @property
    def section(self) -> str | None:
        """The section that the outlet names first; None if it names none."""
        return self.sections[0] if self.sections else None


# Why a page is no article. Each reason is counted in a run; see docs/glossary.md for what each one means.
Reason = Literal[
    "attachment", "block-page", "broken-page", "empty", "error-page", "front-page", "list-page", "no-title",
    "noarchive", "not-found", "not-html", "other-article", "password", "reader-failed", "redirects", "search-page",
    "static-page", "timeout", "too-large", "unreadable", "worker-died",
]  # fmt: skip
# Those that say nothing about the page: its worker was killed, or kickcrawl has a mistake.
OUR_FAILURES: frozenset[Reason] = frozenset(("reader-failed", "worker-died"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a page is no article; *detail* is a clause for people."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A fetched article on its way through the pipelines: the page, its outlet, run and capture, and the result.

    *lookup_keys* serve to find near-copies of the article. *rights* is what the header lines of its first page say of
    rights, or the statement for which the page is not kept.
    """

    page: Page
    outlet: str
    run_id: int
    capture_id: int
    fetched_at: str  # by this machine's clock
    checked_at: str  # by the server's clock
    is_known: bool = False  # an article is archived under the address that was asked for
    standing: Literal["named", "dropped", "unknown"] = "unknown"  # with seeds that name all: kickcrawl.doubt.Standing
    since: str | None = None  # the run stores what was published from here ...
    until: str | None = None  # ... to before here; ISO times in UTC
    result: Article | Rejection | None = None
    lookup_keys: LookupKeys | None = None
    rights: tuple[Statement, ...] = ()
    source: str | None = None  # where it stands in the web archive that it came from; None: the outlet sent it
