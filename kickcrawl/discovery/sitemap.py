"""Sitemaps of every make: an index of more sitemaps, a list of addresses (sitemaps.org 0.9, Google's news extension), a
text file with one a line, or a feed that stands in a sitemap's place.

In: the bytes of one file. Out: a Sitemap. What a file is called is a hint whether it lists posts: WordPress core and
the SEO plugins give each kind of page a file of its own (post-sitemap2.xml, wp-sitemap-posts-page-1.xml).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.dates import parse_time
from kickcrawl.discovery.article_form import has_article_form
from kickcrawl.discovery.feed import read_feed
from kickcrawl.discovery.lastmod import Lastmod, are_days, day_of, read_lastmod
from kickcrawl.discovery.sitemap_bytes import MAX_BYTES, read_tree, unpack
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.xml import parse_xml
from kickcrawl.urls import tidy

MAX_ENTRIES = 50_000  # a file, sitemaps.org's own limit
MIN_STAMPED = 3  # entries, before one time for most of them means that it is the file's own
MAX_SHARE_OF_ONE_TIME = 0.5
_POSTS = re.compile(
    r"(?:^|[-_/])posts?(?:[-_](?:post|sitemap))?[-_]?\d*(?:[-_]sitemap)?\d*\.xml|news|artikel|article|berita|stories"
)
_OTHER_WORDS = re.compile(
    r"page|categor|tag|author|user|taxonom|video|image|archive|product|attachment|local|web-?stor|elementor|template|misc"
)
# The names that WordPress core, its SEO plugins and Ghost give to what lists no posts; other names are only words.
_OTHERS = re.compile(
    r"(?:pages?|attachment|categor(?:y|ies)|(?:post_?)?tags?|post_format|authors?|users?|product(?:_\w+)?|elementor[\w-]*"
    r"|template|e-landing-page)-sitemap\d*\.xml|wp-sitemap-(?:users|taxonomies-[\w-]+|posts-page)-\d+\.xml"
    r"|sitemap-(?:pt-page-[\d-]+|tax-[\w-]+|misc|pages|tags|authors|archives)\.xml"
)
_IS_SITEMAP = re.compile(r"\.xml(?:\.gz)?$", re.IGNORECASE)
_PICTURES = re.compile(r"\{[^}]*(?:image|video)[^}]*\}")


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that another one names, on whatever host: whether to read it is the caller's to say."""

    url: str
    lastmod: Moment | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap file holds: *children* if it is an index, *candidates* if it is a list; some are both.

    *is_cut*: it holds more than was to be read. *is_broken*: it ends, or cannot be read, before its own end.
    *is_feed*: it is a feed, which names what is new only.
    """

    children: list[Child]
    candidates: list[Candidate]
    is_cut: bool = False
    is_broken: bool = False
    is_feed: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether what it does not name is not there."""
        return not (self.is_cut or self.is_broken or self.is_feed)


def lists_posts(url: str) -> bool | None:
    """Guess by its name whether a sitemap lists posts: True, False (a plugin's file of pages, terms or people), or None
    if it does not say. A guess only: its entries tell.

    >>> lists_posts("https://kicknews.today/wp-sitemap-posts-page-1.xml")
    False
    >>> lists_posts("https://kicknews.today/sitemap-page-1.xml")
    """
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower().removesuffix(".gz")
    if _OTHERS.fullmatch(name):
        return False
    if _OTHER_WORDS.search(name.replace("wp-sitemap-posts-", "").replace("posts-", "")):
        return None
    return True if _POSTS.search(name) else None


def read_sitemap(body: bytes, url: str, timezone: str, most: int = MAX_ENTRIES) -> Sitemap:
    """Return what the sitemap found at *url* names, *most* entries at most. Raises SeedError where it is none."""
    data, was_cut = unpack(body)
    tree = read_tree(data)
    if tree is None:
        return replace(_read_lines(data, url, most), is_broken=was_cut)
    is_broken = was_cut or tree.is_broken
    if _local(tree.root) in ("rss", "feed", "rdf"):
        return _read_as_feed(data, url, timezone, most, is_broken=is_broken)
    entries = [_fields(node) for node in islice(tree.root.iterchildren("*"), most)]
    if are_days(entry.get("lastmod", "") for entry in entries):
        entries = [entry | {"lastmod": day_of(entry.get("lastmod", ""))} for entry in entries]
    is_stamped = _is_stamped(entries)
    children = [child for entry in entries if (child := _child(entry, url, timezone))]
    found = [candidate for entry in entries if (candidate := _candidate(entry, url, timezone))]
    if is_stamped:
        found = [replace(candidate, claims=tuple(_untimed(candidate.claims))) for candidate in found]
    return Sitemap(children, found, is_cut=len(tree.root) > most, is_broken=is_broken)


def _is_stamped(entries: Sequence[dict[str, str]]) -> bool:
    """Tell whether lastmod is when the file was made, rather than when each page was changed: most say the same."""
    times = Counter(entry["lastmod"] for entry in entries if "lastmod" in entry)
    return len(entries) >= MIN_STAMPED and max(times.values(), default=0) > MAX_SHARE_OF_ONE_TIME * len(entries)


def _untimed(claims: Iterable[Claim]) -> Iterable[Claim]:
    return (claim for claim in claims if claim.field != "modified_at")


def _read_as_feed(data: bytes, url: str, timezone: str, most: int, *, is_broken: bool) -> Sitemap:
    found = [replace(candidate, seed="sitemap") for candidate in read_feed(data, url, most, timezone)]
    return Sitemap([], found, is_cut=len(found) == most, is_broken=is_broken, is_feed=True)


def _read_lines(data: bytes, url: str, most: int) -> Sitemap:
    """Return the addresses of a sitemap that is a text file, one a line, which sitemaps.org allows, too."""
    text = data[:MAX_BYTES].decode(
        "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", errors="replace"
    )
    lines = [line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("#")]
    if not lines or not all(re.match(r"https?://\S+$", line) for line in lines):
        root = parse_xml(data)
        kind = f"is no sitemap but <{_local(root)}>" if root is not None else "is no XML and no list of addresses"
        raise SeedError(f"the sitemap {kind}")
    entries = [{"": "url", "loc": line} for line in lines[:most]]
    children = [child for entry in entries if (child := _child(entry, url, "UTC"))]
    found = [candidate for entry in entries if (candidate := _candidate(entry, url, "UTC"))]
    return Sitemap(children, found, is_cut=len(lines) > most)


def _child(entry: dict[str, str], base: str, timezone: str) -> Child | None:
    if not entry.get("loc") or not _is_child(entry):
        return None
    lastmod = read_lastmod(entry.get("lastmod", ""), timezone)
    with suppress(ValueError):
        return Child(urljoin(base, entry["loc"]), lastmod.earliest if lastmod else None)
    return None


def _is_child(entry: dict[str, str]) -> bool:
    """Tell whether an entry is a sitemap: by its element, or by its address where generators mix both."""
    return entry[""] == "sitemap" or bool(_IS_SITEMAP.search(entry.get("loc", "").partition("?")[0]))


def _candidate(entry: dict[str, str], base: str, timezone: str) -> Candidate | None:
    if entry[""] != "url" or _is_child(entry):
        return None
    try:
        url = tidy(urljoin(base, entry["loc"]))
    except (KeyError, ValueError):
        return None
    written, title = entry.get("news.publication_date", ""), fold(entry.get("news.title", ""))
    published = parse_time(written, timezone, "")
    lastmod = read_lastmod(entry.get("lastmod", ""), timezone)
    return Candidate(
        url=url,
        seed="sitemap",
        title=title or None,
        published=published,
        modified=lastmod.earliest if lastmod else None,
        modified_until=lastmod.until if lastmod else None,
        is_post=True if published else _is_post(base, url),
        claims=tuple(_claims(title, read_lastmod(written, timezone), lastmod)),
    )


def _claims(title: str, published: Lastmod | None, modified: Lastmod | None) -> Iterable[Claim]:
    """Give what a sitemap says of an article, as a feed does; of a day only the page knows the hour."""
    if title:
        yield Claim(field="title", value=title, source="sitemap")
    if published and published.until is None:
        yield Claim(field="published_at", value=published.earliest, source="sitemap")
    if modified and modified.until is None:
        yield Claim(field="modified_at", value=modified.earliest, source="sitemap")


def _is_post(sitemap: str, url: str) -> bool | None:
    """Say what the sitemap's name says of *url*; that it lists something else is believed of no address of a story."""
    by_name = lists_posts(sitemap)
    return None if by_name is False and has_article_form(url) else by_name


def _fields(node: etree._Element) -> dict[str, str]:
    """Return the texts of an entry's children, its own name as ""; those of <news:news> as "news.title" and so on.

    A child in the entry's own namespace comes before one of another, which a wrong declaration may have put it in.
    """
    own: dict[str, str] = {"": _local(node)}
    other: dict[str, str] = {}
    space = str(node.tag).rpartition("}")[0]
    for child in node.iterchildren("*"):
        if _local(child) == "news":
            own |= {f"news.{_local(item)}": (item.text or "").strip() for item in child.iterchildren("*")}
        elif child.text and str(child.tag).rpartition("}")[0] == space:
            own.setdefault(_local(child), child.text.strip())
        elif child.text and not _PICTURES.match(str(child.tag)):
            other.setdefault(_local(child), child.text.strip())
    return other | own


def _local(node: etree._Element) -> str:
    """Return the element's name in small letters, without its namespace; a prefix that nobody declared stays part of
    lxml's tag."""
    return node.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(node.tag, str) else ""
