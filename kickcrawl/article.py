"""The records that travel through a crawl, one noun a stage: Candidate, Page, Article or Rejection.

    seed --discovery--> Candidate --fetch--> Page --extract()--> Article | Rejection

All are frozen; change one with ``dataclasses.replace``. Missing is ``None`` or an empty tuple, never "". Times are
aware and in UTC; the offset that the outlet wrote stands beside them in minutes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from kickcrawl.body.foreign_boxes import Looks
from kickcrawl.body.layout import Layout, Places
from kickcrawl.compare.near import Fingerprint

Field = Literal["title", "authors", "sections", "tags", "published_at", "modified_at", "language", "native_id"]

# Where a claim was read. The order of trust differs from field to field: see metadata.TRUST.
Source = Literal[
    "rest", "blogger", "byline", "json-ld", "meta", "markup", "visible", "feed", "sitemap", "listing", "url", "page",
    "html", "outlet",
]  # fmt: skip


class Moment(NamedTuple):
    """A point in time and the offset in which it was written (minutes east of UTC; None if it did not say)."""

    at: datetime
    offset: int | None


SeedKind = Literal["rest", "blogger", "sitemap", "feed", "listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about one field of an article: text, a tuple of names, or a Moment."""

    field: Field
    value: str | tuple[str, ...] | Moment
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A URL that may be an article, with everything its seed said about it.

    ``is_post`` is True where the seed lists nothing but posts (REST, a post sitemap, a feed), so that it outranks URL
    rules; False where the seed lists something else on purpose; None where it does not say. ``protected`` marks a
    post behind a password, which is never fetched. ``native_id`` is the outlet's own number for the post.
    ``modified_until`` is set where the seed wrote a day only: the change came at ``modified`` or later, but before it.
    """

    url: str
    seed: SeedKind
    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    modified_until: datetime | None = None
    native_id: str | None = None
    is_post: bool | None = None
    protected: bool = False
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that stands in the article; its caption and credit are kept here and not in the text."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLink:
    """A link to another story that stood between the paragraphs ("Baca juga: ...")."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """One fetched HTML document: where it was found in the end, and its bytes after content decoding."""

    url: str
    body: bytes
    content_type: str | None = None  # the header, for its charset


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """What the extractor must know of the outlet; small, because it travels to a worker with every page."""

    slug: str
    name: str
    language: str
    timezone: str
    title_suffixes: tuple[str, ...] = ()
    dateline_names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    section_names: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()  # CSS selectors of the body, stated by a person: they win over what is learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All HTML documents of one story in reading order, with what was known of it before.

    *claims* are its seeds'; *native_id* and *title* are those of the post that was asked for, so that a redirect to
    another one is noticed. *named* says that a person named this page as an article: then only a page that cannot be
    one (locked, blocked, broken) is rejected. *layouts* are those of its outlet that are trusted: where one fits, the
    page need not be read in full, unless it is to *check* them.
    """

    requested_url: str
    sources: tuple[PageSource, ...]
    site: SiteRules
    named: bool = False
    claims: tuple[Claim, ...] = ()
    native_id: str | None = None
    title: str | None = None
    layouts: tuple[Layout, ...] = ()
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a page was read: from which container (see kickcrawl/body/layout.py), None if from none.

    *in_full*: with all witnesses; then *share* is that of the page's prose which stood in the container, and *agrees*
    says whether the *witness* that was believed took the same for the text. Else a trusted layout served. *refuted* is
    the container that a trusted layout would have read instead. *looks* are those of the elements in the container,
    *standfirst* says where the paragraphs stood that open the story above it, *places* where those of a scattered one.
    """

    body: str | None
    in_full: bool = True
    share: float = 0.0
    agrees: bool = False
    witness: Literal["trafilatura", "readability"] = "trafilatura"
    refuted: str | None = None
    looks: Looks = Looks()
    standfirst: frozenset[str] = frozenset()
    places: Places = Places()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One story as the outlet published it. Paragraphs of ``text`` are parted by an empty line.

    ``origins`` says for each field which source it was taken from; ``disagreements`` holds the claims that said
    something else.
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

    @property
    def section(self) -> str | None:
        """The first of its sections, which is the one that the outlet names first."""
        return self.sections[0] if self.sections else None


# Why a page is no article. Each reason is counted in a run; see docs/design.md for what each one means.
Reason = Literal[
    "attachment", "block-page", "broken-page", "empty", "error-page", "front-page", "list-page", "no-title",
    "not-found", "not-html", "other-article", "password", "reader-failed", "redirects", "search-page", "static-page",
    "timeout", "too-large", "unreadable", "worker-died",
]  # fmt: skip
# Of these, what says nothing about the page: its worker was killed, or the reader has a mistake.
OUR_FAILURES: frozenset[Reason] = frozenset(("reader-failed", "worker-died"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that is no article, and why."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A fetched story on its way through the pipelines: the page, its outlet, run and capture, and what came of it.

    *fingerprint* is what near-copies of the article are found by.
    """

    page: Page
    outlet: str
    run_id: int
    capture_id: int
    fetched_at: str  # by this machine's clock
    checked_at: str  # by the server's clock
    is_known: bool = False  # an article is archived under the address that was asked for
    since: str | None = None  # the run stores what was published from here ...
    until: str | None = None  # ... to before here; ISO times in UTC
    result: Article | Rejection | None = None
    fingerprint: Fingerprint | None = None
