"""Blogger's feed of all posts (/feeds/posts/default): every post with exact times, author and labels, 150 a request.

In: the Atom of one page of the feed. Out: candidates, and how many posts there are in all, which tells withdrawals.
Blogger has no categories: its labels are sections and tags at once. The complete texts in the feed are not read, since
the page shows what a reader saw.
Source: developers.google.com/blogger/docs/2.0/developers_guide_protocol (start-index counts from 1; 150 is what Blogger
gives at most since 2017, whatever max-results asks for).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode, urljoin

from lxml import etree

from kickcrawl.article import Candidate, Claim
from kickcrawl.dates import parse_machine_time
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.xml import parse_xml
from kickcrawl.urls import canonicalize

PER_PAGE = 150
_NS = {"a": "http://www.w3.org/2005/Atom"}
_POST = re.compile(r"\.post-(\d+)$")
_TOTAL = re.compile(r"\{http://a9\.com/-/spec/opensearch[^}]*\}totalResults")  # two versions of OpenSearch are in use


@dataclass(frozen=True, slots=True)
class PostsPage:
    """One page of the feed: *entries* were on it, *total* are on the blog; *title* is the blog's name."""

    candidates: list[Candidate]
    entries: int
    total: int
    title: str | None


def posts_url(feed: str, *, order: Literal["published", "updated"], start: int = 1, count: int = PER_PAGE) -> str:
    """Return the address of a page of all posts, newest first by *order*; *start* counts posts from 1.

    ``redirect=false`` keeps Blogger from leading to a feed burner that forgets all parameters.
    """
    query = {"start-index": start, "max-results": count, "orderby": order, "redirect": "false"}
    return f"{feed}?{urlencode(query)}"


def read_posts(body: bytes, url: str, timezone: str) -> PostsPage:
    """Return what the page of the feed found at *url* names. Raises SeedError where it is no feed of Blogger's."""
    root = parse_xml(body)
    if root is None or root.tag != f"{{{_NS['a']}}}feed":
        raise SeedError("the feed is no Atom feed")
    total = next((node.text or "" for node in root if isinstance(node.tag, str) and _TOTAL.match(node.tag)), "")
    if not total.strip().isdecimal():
        raise SeedError("the feed does not say how many posts there are, as Blogger's does")
    entries = root.findall("a:entry", _NS)
    candidates = [found for entry in entries if (found := _candidate(entry, url, timezone))]
    return PostsPage(candidates, len(entries), int(total), fold(_text(root, "title")) or None)


def _candidate(entry: etree._Element, base: str, timezone: str) -> Candidate | None:
    link = next((node.get("href") for node in entry.findall("a:link", _NS) if node.get("rel") == "alternate"), None)
    try:
        url = canonicalize(urljoin(base, link or ""))
    except ValueError:
        return None
    post = _POST.search(_text(entry, "id"))
    if link is None:
        return None
    published = parse_machine_time(_text(entry, "published"), timezone)
    modified = parse_machine_time(_text(entry, "updated"), timezone)
    title = fold(_text(entry, "title"))
    return Candidate(
        url=url,
        seed="blogger",
        title=title or None,
        published=published,
        modified=modified,
        native_id=post[1] if post else None,
        is_post=True,
        claims=tuple(_claims(entry, title, timezone)),
    )


def _claims(entry: etree._Element, title: str, timezone: str) -> Iterator[Claim]:
    if title:
        yield Claim(field="title", value=title, source="blogger")
    if authors := _names(node.text for node in entry.findall("a:author/a:name", _NS)):
        yield Claim(field="authors", value=authors, source="blogger")
    if labels := _names(node.get("term") for node in entry.findall("a:category", _NS)):
        yield Claim(field="sections", value=labels, source="blogger")
        yield Claim(field="tags", value=labels, source="blogger")
    if published := parse_machine_time(_text(entry, "published"), timezone):
        yield Claim(field="published_at", value=published, source="blogger")
    if modified := parse_machine_time(_text(entry, "updated"), timezone):
        yield Claim(field="modified_at", value=modified, source="blogger")


def _names(values: Iterator[str | None]) -> tuple[str, ...]:
    # "Unknown" is what Blogger writes where the author's profile is gone (seen 2024): nobody's name.
    return tuple(dict.fromkeys(name for value in values if (name := fold(value or "")) and name != "Unknown"))


def _text(node: etree._Element, name: str) -> str:
    return node.findtext(f"a:{name}", "", _NS).strip()
