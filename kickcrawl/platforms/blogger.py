"""Blogger: its marks, and its feed of all posts (/feeds/posts/default).

The feed gives every post with exact times, author and labels, 150 a request. In: the Atom of one page of the feed. Out:
candidates, and how many posts there are in all, which tells withdrawals.
Blogger has no categories: its labels are sections and tags at once. The complete texts in the feed are not read, since
the page shows what a reader saw.
Source: developers.google.com/blogger/docs/2.0/developers_guide_protocol (start-index counts from 1; 150 is what Blogger
gives at most since 2017, whatever max-results asks for).
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urljoin

from lxml import etree

from kickcrawl.article import Candidate, Claim, PostsName
from kickcrawl.dates import parse_machine_time
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.page.xml import parse_xml
from kickcrawl.platforms.record import Mark, PageHead, Platform, PostsList, PostsPage, PostsQuery
from kickcrawl.urls import canonicalize

FEED = PostsName("blogger")
MAX_POSTS_PER_PAGE = 150
SAMPLE_POSTS = 25  # texts come with the posts, so that a full page of the feed may have megabytes
_NS = {"a": "http://www.w3.org/2005/Atom"}
_POST = re.compile(r"\.post-(\d+)$")
_TOTAL = re.compile(r"\{http://a9\.com/-/spec/opensearch[^}]*\}totalResults")  # two versions of OpenSearch are in use


def locate_posts(head: PageHead, home: str) -> str:
    """Return the address of the feed of all posts, which is the same on every blog."""
    del head  # part of every platform's signature
    return urljoin(home, "feeds/posts/default")


def posts_url(feed: str, query: PostsQuery) -> str:
    """Return the address of the first page of all posts, newest first.

    ``redirect=false`` keeps Blogger from leading to a feed burner that forgets all parameters.
    """
    count = SAMPLE_POSTS if query == "sample" else MAX_POSTS_PER_PAGE
    order = "updated" if query == "modified" else "published"
    return f"{feed}?{urlencode({'start-index': 1, 'max-results': count, 'orderby': order, 'redirect': 'false'})}"


def read_posts(body: bytes, url: str, headers: Mapping[str, str], timezone: str) -> PostsPage:
    """Return the page of the feed that was asked for at *url*. Raises SeedError where it is no feed of Blogger's."""
    del headers  # part of every reader's signature
    root = parse_xml(body)
    if root is None or root.tag != f"{{{_NS['a']}}}feed":
        raise SeedError("the feed is no Atom feed")
    total = next((node.text or "" for node in root if isinstance(node.tag, str) and _TOTAL.match(node.tag)), "")
    if not total.strip().isdecimal():
        raise SeedError("the feed does not say how many posts there are, as Blogger's does")
    entries = root.findall("a:entry", _NS)
    candidates = [found for entry in entries if (found := _candidate(entry, url, timezone))]
    return PostsPage(candidates=candidates, total=int(total), next_url=_next_page(url, len(entries), int(total)))


def _next_page(url: str, entries: int, total: int) -> str | None:
    """Return the address of the page behind *url*, which may have fewer entries than were asked for."""
    feed, _, query = url.partition("?")
    asked = dict(parse_qsl(query))
    start = int(asked.get("start-index", 1)) + entries
    return f"{feed}?{urlencode(asked | {'start-index': start})}" if entries and start <= total else None


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
        seed=FEED,
        title=title or None,
        published=published,
        modified=modified,
        native_id=post[1] if post else None,
        is_post=True,
        claims=tuple(_claims(entry, title, timezone)),
    )


def _claims(entry: etree._Element, title: str, timezone: str) -> Iterator[Claim]:
    if title:
        yield Claim(field="title", value=title, source=FEED)
    if authors := _names(node.text for node in entry.findall("a:author/a:name", _NS)):
        yield Claim(field="authors", value=authors, source=FEED)
    if labels := _names(node.get("term") for node in entry.findall("a:category", _NS)):
        yield Claim(field="sections", value=labels, source=FEED)
        yield Claim(field="tags", value=labels, source=FEED)
    if published := parse_machine_time(_text(entry, "published"), timezone):
        yield Claim(field="published_at", value=published, source=FEED)
    if modified := parse_machine_time(_text(entry, "updated"), timezone):
        yield Claim(field="modified_at", value=modified, source=FEED)


def _names(values: Iterator[str | None]) -> tuple[str, ...]:
    # "Unknown" is what Blogger writes where the author's profile is gone (seen 2024): nobody's name.
    return tuple(dict.fromkeys(name for value in values if (name := fold(value or "")) and name != "Unknown"))


def _text(node: etree._Element, name: str) -> str:
    return node.findtext(f"a:{name}", "", _NS).strip()


def native_id(page: ParsedPage) -> str | None:
    """Return Blogger's number of the only post in the scope of *page*: a page of a blog may show several posts."""
    posts = (node for node, name in page.properties.items() if name == "postId" and node.tag == "meta")
    numbers = (node.get("content") or "" for node in posts)
    found = {number for number in numbers if number.isdecimal()}
    return found.pop() if len(found) == 1 else None


BLOGGER = Platform(
    name="blogger",
    marks=(
        Mark(sign="its generator tag", where="generator", pattern="blogger"),
        Mark(sign="its feed of all posts", where="address", pattern="/feeds/posts/default"),
        Mark(
            sign="files from Blogger's hosts",
            where="address",
            pattern=r"^(?:https?:)?//(?:www\.blogger\.com|blogger\.googleusercontent\.com)(?:/|$)",
            is_shared=True,
        ),
    ),
    posts=PostsList(name=FEED, locate=locate_posts, query_url=posts_url, read=read_posts),
    feed_use="none",
    keeps_usual=True,
    never=(r"^/p/", r"^/search", r"^/feeds/", r"[?&]showComment="),
    native_id=native_id,
)
