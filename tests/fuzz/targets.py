"""What is fuzzed: for each reader a check of any bytes, and the pieces of its language to make them from.

A check returns where the reader gave a sane answer or a named refusal (SeedError, Rejection, None, ValueError of
canonicalize), and raises where it did not.
"""

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC
from typing import Any
from urllib.parse import urljoin

from archive.query.reserved import glob
from kickcrawl.addresses import why_refused
from kickcrawl.article import Article, Candidate, Moment, Page, PageSource, Rejection, SiteRules
from kickcrawl.dates import date_in_url, http_date, parse_machine_time, parse_visible_time, to_iso
from kickcrawl.discovery.feed import read_feed
from kickcrawl.discovery.listing import read_listing
from kickcrawl.discovery.sitemap import read_sitemap
from kickcrawl.errors import SeedError
from kickcrawl.extract import extract
from kickcrawl.page.encodings import decode_body
from kickcrawl.page.further_pages import continuation_pages
from kickcrawl.page.parsed import parse_page
from kickcrawl.platforms import blogger, wordpress
from kickcrawl.rights.page import header_statements, page_statements
from kickcrawl.rights.site_files import MAX_STATEMENTS, SITE_FILES, read_site_file
from kickcrawl.rights.withheld import why_withheld
from kickcrawl.robots import read_robots
from kickcrawl.sites.recognise import recognise
from kickcrawl.sites.seed_trials import SeedAnswer, Sighting
from kickcrawl.statement import read_statement
from kickcrawl.urls import canonicalize, host_of, same_address, same_addresses

HOME = "https://warta.example/"
ZONE = "Asia/Makassar"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone=ZONE, dateline_names=("Warta Uji",))
_LARGEST = 1 << 16  # bytes that a body may unpack to here


@dataclass(frozen=True, slots=True)
class Target:
    """A reader's *check*, and the *pieces* of what it reads, parted by spaces."""

    check: Callable[[bytes], None]
    pieces: str


def strings(value: Any) -> list[str]:
    """Return all strings in records, tuples and dicts, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in strings(part)]
    if isinstance(value, tuple | list):
        return [text for part in value for text in strings(part)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in strings(getattr(value, field.name))]
    return []


def is_clean(text: str) -> bool:
    """Tell whether SQLite, JSON and a terminal take *text*: no surrogates, no controls but line breaks."""
    return not any(0xD800 <= ord(c) < 0xE000 or (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)


def assert_clean(value: Any) -> None:
    assert [text for text in strings(value) if not is_clean(text)] == []


def check_url(data: bytes) -> None:
    text = data.decode("utf-8", errors="surrogateescape")
    for url in (text, f"https://{text}", f"{HOME}{text}", _joined(text)):
        host_of(url)
        why_refused(url, frozenset(), frozenset(("warta.example",)))
        with suppress(ValueError):
            once = canonicalize(url)
            assert once.isascii(), once
            assert once.startswith(("http://", "https://")), once
            assert canonicalize(once) == once, once
            assert same_address(once, once), once
            assert once in same_addresses(once), once
            continuation_pages(once, data)


def _joined(link: str) -> str:
    try:
        return urljoin(HOME, link)
    except ValueError:
        return ""


def check_date(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    moments = [parse_machine_time(text, ZONE), parse_visible_time(text, ZONE, "id"), date_in_url(HOME + text, ZONE)]
    for moment in filter(None, moments):
        assert moment.at.tzinfo is UTC, moment
        assert 1990 <= int(to_iso(moment.at)[:4]) < 2100, moment
    http_date(text)


def check_candidates(found: list[Candidate]) -> None:
    for candidate in found:
        assert canonicalize(candidate.url) == candidate.url, candidate
        assert candidate.title != "", candidate
        for moment in (candidate.published, candidate.modified):
            assert moment is None or (isinstance(moment, Moment) and moment.at.tzinfo is UTC), candidate
        assert_clean(candidate)


def check_feed(data: bytes) -> None:
    with suppress(SeedError):
        check_candidates(read_feed(data, HOME))
    with suppress(SeedError):
        check_candidates(blogger.read_posts(data, HOME, {}, ZONE).candidates)


def check_rest(data: bytes) -> None:
    headers = {"x-wp-total": "²", "x-wp-totalpages": data[:4].decode("latin-1")}
    with suppress(SeedError):
        check_candidates(wordpress.read_posts(data, HOME, headers, ZONE).candidates)


def check_sitemap(data: bytes) -> None:
    for packed in (data, b"\x1f\x8b" + data, gzip.compress(data, mtime=0)):
        with suppress(SeedError):
            check_candidates(read_sitemap(packed, f"{HOME}sitemap.xml", ZONE).candidates)


def check_listing(data: bytes) -> None:
    source = PageSource(url=HOME, body=data)
    with suppress(SeedError):
        check_candidates(read_listing(source, lambda _: True).candidates)
    with suppress(SeedError):
        recognise(Sighting(HOME, read_robots(404, b"", "kickcrawl"), {HOME: SeedAnswer(HOME, 200, data)}))


def check_robots(data: bytes) -> None:
    policy = read_robots(200, data, "kickcrawl")
    assert policy.unreachable is None
    assert policy.allows(f"{HOME}panen?s=1") in (True, False)
    assert policy.crawl_delay is None or 0 <= policy.crawl_delay < float("inf")


def check_page(data: bytes) -> None:
    for content_type in (None, "text/html; charset=windows-1252"):
        source = PageSource(url=f"{HOME}panen", body=data, content_type=content_type)
        result = extract(Page(requested_url=source.url, sources=(source,), site=SITE))
        assert isinstance(result, Article | Rejection)
        assert_clean(result)
        if isinstance(result, Article):
            assert canonicalize(result.url) == result.url, result.url


def check_body(data: bytes) -> None:
    for name in ("gzip", "deflate", "br", "zstd", "gzip, br", "rusak, gzip"):
        assert len(decode_body(data, name, _LARGEST)) <= max(_LARGEST, len(data))
    for packed, name in ((zlib.compress(data), "deflate"), (gzip.compress(data, mtime=0), "x-gzip")):
        assert decode_body(packed, name, _LARGEST) == data[:_LARGEST]


def check_rights(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    lines = [("X-Robots-Tag", text), ("TDM-Policy", text), ("Content-Encoding", text[:9])]
    found = [read_site_file(f"{HOME.rstrip('/')}{path}", 200, data) or () for path in SITE_FILES]
    found.append(header_statements(lines))
    parsed = parse_page(PageSource(url=HOME + "a", body=data, content_type="text/html"), SITE)
    found.append(page_statements(parsed) if parsed is not None else ())
    assert all(len(statements) <= MAX_STATEMENTS for statements in found)
    withheld = why_withheld(HOME + "a", lines[2:], data)
    assert_clean((found, withheld))
    for one in (*(one for statements in found for one in statements), *([withheld] if withheld else [])):
        assert one.value, one
        assert read_statement(one.written) == one, one
        assert_clean(glob(f"{HOME}.well-known/tdmrep.json", one.whom))


TARGETS = {
    "url": Target(
        check_url,
        "http:// https: // / \\ : @ ? # [ ] % %2e .. . & = amp utm_source ;sid= 127.1 ::1 é \t \x00",
    ),
    "date": Target(
        check_date,
        "Senin 14 Juli 2025 09:30 WITA WIB | - – : / jam lalu kemarin pukul 31/12/2025 T Z +08:00 GMT Feb 9999 0 ²",
    ),
    "feed": Target(
        check_feed,
        "<![CDATA[ ]]> <!-- --> & &amp; &x; <!DOCTYPE [<!ENTITY x 'y'> ]> <?xml version=\"1.0\" "
        "encoding=\"utf-16\"?> <rss version='2.0'> <channel> <item> </item> <title> </title> <link> "
        "</link> <guid> <pubDate> <author> <feed xmlns='http://www.w3.org/2005/Atom'> <entry> </entry> "
        "<updated> <link rel='alternate' href='/a'/> http://[x <o:totalResults "
        "xmlns:o='http://a9.com/-/spec/opensearchrss/1.0/'>3</o:totalResults> https://warta.example/a \x00",
    ),
    "rest": Target(
        check_rest,
        '[ ] { } , : "id" 7 "link" "https://warta.example/a" "date_gmt" "2025-07-14T00:00:00" "title" '
        '"rendered" "\\ud800" "_embedded" "author" "wp:term" "name" "taxonomy" "content" "protected" null '
        'true NaN 1e999 "status" "publish"',
    ),
    "sitemap": Target(
        check_sitemap,
        "<![CDATA[ ]]> <!-- --> & &amp; &x; <!DOCTYPE [<!ENTITY x 'y'> ]> <?xml version=\"1.0\" "
        'encoding="utf-16"?> <urlset> </urlset> <sitemapindex> </sitemapindex> <url> </url> <sitemap> '
        "<loc> </loc> <lastmod> <x:news> https://warta.example/a \n 2025-07-14 \x00",
    ),
    "listing": Target(
        check_listing,
        "<a href=' /page/2 /a ' > </a> <link rel=next href= <h2> <h1> » http://[x <base href= <link "
        "rel=alternate type= application/rss+xml wp-content <meta name=generator content=WordPress",
    ),
    "robots": Target(
        check_robots,
        "User-agent: Disallow: Allow: Sitemap: Crawl-delay: * / $ ? # \n kickcrawl 1e9 nan -1 %2F \x00 \ufeff",
    ),
    "page": Target(
        check_page,
        "<div> </div> <p> </p> <article> <table><tr><td> </table> <h1> </h1> <a href='/x'> </a> <br> <b> "
        '<!-- --> <script> </script> <script type=\'application/ld+json\'> {"@type":"NewsArticle", '
        '"headline":"\\ud800" [ ] } <title> </title> <time datetime=\' <figure><img src=\'http://[x\' > '
        "<style> <plaintext> <svg> <template> <base href='//y'> <meta content= &#0; &#xD800; &amp <link "
        "rel=canonical href='http://[' > <body class=single> <![CDATA[ <?x ?> \x0c kata",
    ),
    "rights": Target(
        check_rights,
        "User-agent: Disallow: Allow: / * Content-Signal: ai-train=no \n , noarchive noai kickcrawl: googlebot: "
        'unavailable_after: [ ] { } : "location" "/a" "tdm-reservation" 1 0 "tdm-policy" <meta name=robots content= '
        "<meta name=tdm-reservation content=1> <a rel=license href= <meta name=dc.rights content= © <footer> > "
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","license":"\\ud800"} </script> \x00 \x9b',
    ),
    "body": Target(
        check_body,
        "\x1f\x8b\x08 x\x9c (µ/ý \x00 ÿ",
    ),
}
