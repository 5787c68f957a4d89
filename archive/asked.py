"""What was known of an article when its page was asked for: in the frontier, beside a capture, and in a Page.

asked_to_json(due) -> what stands in the request's WARC record; asked_from_json(...) -> Asked again
about_further_page(due) -> the same for a further page; candidate_of(...) -> the address of either
missing_pages_to_json(due, pages) -> the note of further pages that could not be had; missing_pages_from_json(...)
page_of(known, sources, site) -> the Page that the extractor is given
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from archive.claims import claim_to_json, claims_from_json
from archive.frontier import Due
from kickcrawl.article import Claim, Page, SiteRules
from kickcrawl.doubt import Standing
from kickcrawl.page.further_pages import ArticlePages

MISSING_PAGES = "missing-pages"  # kind of the note of further pages that could not be had (archive.warc.records)


class Known(Protocol):
    """An address with what its seeds said of it: a Candidate, a candidate that is Due, or what was Asked."""

    @property
    def url(self) -> str:
        """The address that is asked for."""

    @property
    def native_id(self) -> str | None:
        """The outlet's own number for the post."""

    @property
    def title(self) -> str | None:
        """The headline."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What its seeds said of the article's fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the crawler knew of an article when it asked for its first page."""

    url: str
    native_id: str | None = None
    title: str | None = None
    claims: tuple[Claim, ...] = ()
    standing: Standing = "unknown"


def asked_to_json(due: Due) -> dict[str, object]:
    """Return what is kept with the request for the first page of an article."""
    return {
        "story": due.url,
        "native_id": due.native_id,
        "title": due.title,
        "claims": [claim_to_json(claim) for claim in due.claims],
        "standing": due.standing,
    }


def asked_from_json(told: Mapping[str, Any]) -> Asked | None:
    """Return what asked_to_json() wrote; None where *told* is of another kind of request."""
    if not told.keys() >= {"story", "native_id", "title", "claims"}:
        return None
    return Asked(
        url=told["story"],
        native_id=told["native_id"],
        title=told["title"],
        claims=claims_from_json(told["claims"]),
        standing=told.get("standing", "unknown"),  # runs of earlier versions did not say it
    )


def about_further_page(due: Due) -> dict[str, object]:
    """Return what is kept with the request for a further page of an article."""
    return {"part_of": due.url}


def missing_pages_to_json(due: Due, pages: Sequence[str]) -> dict[str, object]:
    """Return the note that these further *pages* of the article *due* could not be fetched."""
    return {"part_of": due.url, "pages": [*pages]}


def missing_pages_from_json(told: Mapping[str, Any]) -> tuple[str, frozenset[str]] | None:
    """Return what missing_pages_to_json() wrote: whose pages, and which; None where *told* is no such note."""
    return (told["part_of"], frozenset(told["pages"])) if told.keys() >= {"part_of", "pages"} else None


def candidate_of(told: Mapping[str, object]) -> str | None:
    """Return the address of the candidate whose first or further page was asked for; None for any other request."""
    url = told.get("story") or told.get("part_of")
    return url if isinstance(url, str) else None


def page_of(known: Known, pages: ArticlePages, site: SiteRules) -> Page:
    """Return the article that was asked for at ``known.url`` as a Page of all *pages* that came."""
    return Page(
        requested_url=known.url,
        sources=pages.sources,
        pages_missing=len(pages.missing),
        site=site,
        claims=known.claims,
        native_id=known.native_id,
        title=known.title,
    )
