"""Sitemaps (sitemaps.org 0.9, Google's news extension, gzip): an index of more sitemaps, or a list of URLs.

In: the bytes of one file. Out: a Sitemap. What a file is called tells whether it lists posts: WordPress core and the
SEO plugins give each kind of page a file of its own (post-sitemap2.xml, wp-sitemap-posts-page-1.xml).
"""

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from kickcrawl.article import Candidate, Moment
from kickcrawl.dates import parse_machine_time
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.encodings import MAX_BODY_BYTES
from kickcrawl.page.xml import parse_xml
from kickcrawl.urls import tidy

MAX_BYTES = MAX_BODY_BYTES  # unpacked; sitemaps.org allows 50 MB, which nobody was seen to use
MAX_ENTRIES = 50_000  # a file, sitemaps.org's own limit
_POSTS = re.compile(
    r"(?:^|[-_/])posts?(?:[-_](?:post|sitemap))?[-_]?\d*(?:[-_]sitemap)?\d*\.xml|news|artikel|article|berita|stories"
)
_NO_POSTS = re.compile(
    r"page|categor|tag|author|user|taxonom|video|image|archive|product|attachment|local|web-?stor|elementor|template|misc"
)


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names."""

    url: str
    lastmod: Moment | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap file holds: *children* if it is an index, else *candidates*. *is_cut*: it holds more."""

    children: list[Child]
    candidates: list[Candidate]
    is_cut: bool = False


def lists_posts(url: str) -> bool | None:
    """Tell by its name whether a sitemap lists posts: True, False (pages, terms, people), or None if it does not say.

    >>> lists_posts("https://kicknews.today/wp-sitemap-posts-page-1.xml")
    False
    """
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower().removesuffix(".gz")
    if _NO_POSTS.search(name.replace("wp-sitemap-posts-", "").replace("posts-", "")):
        return False
    return True if _POSTS.search(name) else None


def read_sitemap(body: bytes, url: str, timezone: str, most: int = MAX_ENTRIES) -> Sitemap:
    """Return what the sitemap found at *url* names, *most* entries at most. Raises SeedError where it is none."""
    data = _gunzip(body) if body[:2] == b"\x1f\x8b" else body
    root = parse_xml(data)
    if root is None:
        return _read_lines(data, url)
    kind = _local(root)
    if kind == "sitemapindex":
        children = [child for node in islice(root, most) if (child := _child(node, url, timezone))]
        return Sitemap(children, [], is_cut=len(root) > most)
    if kind != "urlset":
        raise SeedError(f"the sitemap is no sitemap but <{kind or 'nothing'}>")
    is_post = lists_posts(url)
    found = [c for node in islice(root, most) if (c := _candidate(node, url, timezone, is_post))]
    return Sitemap([], found, is_cut=len(root) > most)


def _read_lines(data: bytes, url: str) -> Sitemap:
    """Return the addresses of a sitemap that is a text file, one a line, which sitemaps.org allows, too."""
    lines = [line.strip() for line in data[:MAX_BYTES].decode("utf-8-sig", errors="replace").splitlines()]
    if not any(lines) or not all(re.match(r"https?://\S+$", line) for line in lines if line):
        raise SeedError("the sitemap is no XML and no list of addresses")
    found = []
    for line in islice(filter(None, lines), MAX_ENTRIES):
        with suppress(ValueError):
            found.append(Candidate(url=tidy(line), seed="sitemap", is_post=lists_posts(url)))
    return Sitemap([], found)


def _gunzip(body: bytes) -> bytes:
    """Return all members of a gzip file; SeedError where it is damaged, cut off or larger than a sitemap may be."""
    data = bytearray()
    while body[:2] == b"\x1f\x8b":
        machine = zlib.decompressobj(wbits=31)
        try:
            data += machine.decompress(body, MAX_BYTES - len(data) + 1)
        except zlib.error as error:
            raise SeedError("the sitemap's gzip is damaged") from error
        if len(data) > MAX_BYTES:
            raise SeedError(f"the sitemap unpacks to more than {MAX_BYTES // 1024 // 1024} MiB")
        if not machine.eof:
            raise SeedError("the sitemap's gzip is cut off")
        body = machine.unused_data
    return bytes(data)


def _child(node: etree._Element, base: str, timezone: str) -> Child | None:
    fields = _fields(node)
    if not fields.get("loc"):
        return None
    try:
        return Child(urljoin(base, fields["loc"]), parse_machine_time(fields.get("lastmod", ""), timezone))
    except ValueError:
        return None


def _candidate(node: etree._Element, base: str, timezone: str, is_post: bool | None) -> Candidate | None:
    fields = _fields(node)
    try:
        url = tidy(urljoin(base, fields["loc"]))
    except (KeyError, ValueError):
        return None
    published = parse_machine_time(fields.get("news.publication_date", ""), timezone)
    title = fold(fields.get("news.title", ""))
    return Candidate(
        url=url,
        seed="sitemap",
        title=title or None,
        published=published,
        modified=parse_machine_time(fields.get("lastmod", ""), timezone),
        is_post=True if published else is_post,
    )


def _fields(node: etree._Element) -> dict[str, str]:
    """Return the texts of an entry's children; those of <news:news> as "news.title" and so on."""
    fields: dict[str, str] = {}
    for child in node.iterchildren("*"):
        if _local(child) == "news":
            fields |= {f"news.{_local(item)}": (item.text or "").strip() for item in child.iterchildren("*")}
        elif child.text and str(child.tag).rpartition("}")[0] == str(node.tag).rpartition("}")[0]:
            fields.setdefault(_local(child), child.text.strip())
    return fields


def _local(node: etree._Element) -> str:
    """Return the element's name without its namespace; a prefix that nobody declared stays part of lxml's tag."""
    return node.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(node.tag, str) else ""
