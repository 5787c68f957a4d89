"""robots.txt and the sitemaps: WordPress' own (no lastmod, posts with a password listed) or an SEO plugin's (neither).

Every sitemap in force is also there gzipped, as .xml.gz; those not in force do not exist.
"""

from __future__ import annotations

import datetime as dt
import gzip
import html
import re
from collections.abc import Iterable

from . import markup
from .edition import Edition
from .exchange import XML, Answer, Request, moved
from .model import SITE_NAME, Post
from .switches import Switches
from .texture import reader_text

PER_FILE = 20  # of the SEO kind; small, so that a site of sixty posts has several
NEWS_SPAN = dt.timedelta(hours=48)
CORE_NAME = re.compile(r"/wp-sitemap(?:-(posts-post|posts-page|taxonomies-category|taxonomies-post_tag|users)-1)?\.xml")
SEO_NAME = re.compile(r"/(sitemap_index|post-sitemap|page-sitemap|category-sitemap|news-sitemap)(\d*)\.xml")
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
Entry = tuple[str, dt.datetime | None, str]  # address, last change, more elements


def robots(edition: Edition, switches: Switches) -> Answer | None:
    """Answer /robots.txt; None when the site is to have none."""
    if switches.robots == "404":
        return None
    if switches.robots == "5xx":
        return Answer(503, b"Layanan tidak tersedia\n", "text/plain; charset=utf-8")
    rules = ["Disallow: /wp-admin/", "Allow: /wp-admin/admin-ajax.php", "Disallow: /?s=", "Disallow: /search/"]
    lines = ["User-agent: *", *(["Disallow: /"] if switches.robots == "disallow" else rules)]
    if switches.crawl_delay is not None:
        lines.append(f"Crawl-delay: {switches.crawl_delay:g}")
    names = {"core": ["/wp-sitemap.xml"], "seo": ["/sitemap_index.xml", "/news-sitemap.xml"], "off": []}
    lines += ["", *(f"Sitemap: {edition.base}{name}" for name in names[switches.sitemap])]
    return Answer(200, ("\n".join(lines).rstrip() + "\n").encode(), "text/plain; charset=utf-8")


def answer(request: Request, edition: Edition, kind: str) -> Answer | None:
    """Answer a sitemap's address; None for any other, and for those of the kind not in force."""
    if request.path == "/sitemap.xml" and kind != "off":
        return moved(edition.base + ("/wp-sitemap.xml" if kind == "core" else "/sitemap_index.xml"))
    path = request.path.removesuffix(".gz")
    text = {"core": core, "seo": seo, "off": nothing}[kind](edition, path)
    if text is None:
        return None
    if request.path.endswith(".gz"):
        return Answer(200, gzip.compress(text.encode(), mtime=0), "application/gzip")
    return Answer(200, text.encode(), XML, {"X-Robots-Tag": "noindex, follow"})


def nothing(edition: Edition, path: str) -> str | None:
    return None


def core(edition: Edition, path: str) -> str | None:
    match = CORE_NAME.fullmatch(path)
    if match is None:
        return None
    parts: dict[str, list[str]] = {
        "posts-post": [edition.post_url(post) for post in sorted(edition.listed, key=lambda post: post.id)],
        "posts-page": [edition.base + "/", *(edition.url(f"/{page.slug}/") for page in edition.pages)],
        "taxonomies-category": _terms(edition, "category"),
        "taxonomies-post_tag": _terms(edition, "tag"),
        "users": [edition.url(f"/author/{author.slug}/") for author in edition.authors],
    }
    if match[1] is None:
        return index((f"{edition.base}/wp-sitemap-{name}-1.xml", None, "") for name in parts)
    return urlset((url, None, "") for url in parts[match[1]])


def _terms(edition: Edition, folder: str) -> list[str]:
    terms = edition.categories if folder == "category" else edition.tags
    return [edition.url(f"/{folder}/{term.slug}/") for term in terms if edition.term_counts[term.id]]


def seo(edition: Edition, path: str) -> str | None:
    match = SEO_NAME.fullmatch(path)
    if match is None or (match[2] and match[1] != "post-sitemap"):
        return None
    shown = sorted((post for post in edition.listed if post.status == "publish"), key=lambda post: post.published)
    files = [shown[start : start + PER_FILE] for start in range(0, len(shown), PER_FILE)]
    match match[1]:
        case "sitemap_index":
            return index(_seo_files(edition, files))
        case "post-sitemap":
            number = int(match[2] or 1)
            inside = files[number - 1] if 1 <= number <= len(files) and match[2] != "1" else None
            return None if inside is None else urlset(_post_entry(edition, post) for post in inside)
        case "page-sitemap":
            own = ((edition.url(f"/{page.slug}/"), page.published, "") for page in edition.pages)
            return urlset([(edition.base + "/", edition.last_modified, ""), *own])
        case "category-sitemap":
            return urlset((url, edition.last_modified, "") for url in _terms(edition, "category"))
    newest = max(post.published for post in shown)
    return urlset(_news_entry(edition, post) for post in reversed(shown) if post.published > newest - NEWS_SPAN)


def _seo_files(edition: Edition, files: list[list[Post]]) -> Iterable[Entry]:
    for number, inside in enumerate(files, start=1):
        name = f"/post-sitemap{number if number > 1 else ''}.xml"
        yield edition.base + name, max(post.modified for post in inside), ""
    yield f"{edition.base}/page-sitemap.xml", edition.last_modified, ""
    yield f"{edition.base}/category-sitemap.xml", edition.last_modified, ""


def _post_entry(edition: Edition, post: Post) -> Entry:
    image = markup.thumbnail(post)
    place = f"{edition.base}/wp-content/uploads/{image.path}" if image else ""
    more = f"<image:image><image:loc>{place}</image:loc></image:image>" if image else ""
    return edition.post_url(post), post.modified, more


def _news_entry(edition: Edition, post: Post) -> Entry:
    title = html.escape(reader_text(markup.title_html(post)), quote=False)
    more = (
        f"<news:news><news:publication><news:name>{SITE_NAME}</news:name><news:language>id</news:language>"
        f"</news:publication><news:publication_date>{post.published.isoformat()}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news>"
    )
    return edition.post_url(post), None, more


def _element(name: str, entry: Entry) -> str:
    url, changed, more = entry
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<{name}><loc>{html.escape(url)}</loc>{lastmod}{more}</{name}>"


def index(entries: Iterable[Entry]) -> str:
    return _document("sitemapindex", "sitemap", entries)


def urlset(entries: Iterable[Entry]) -> str:
    return _document("urlset", "url", entries)


def _document(root: str, name: str, entries: Iterable[Entry]) -> str:
    lines = "\n".join(_element(name, entry) for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {NAMESPACES}>\n{lines}\n</{root}>\n'
