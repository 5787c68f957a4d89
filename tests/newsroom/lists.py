"""The lists of posts: home, categories, tags, authors, archives by date, and search; ten posts a page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_plus

from . import markup, parts, phrases
from .edition import Edition
from .feeds import slugs_of
from .head import Page
from .model import SITE_NAME, TAGLINE, Post

PER_PAGE = 10
PAGED = re.compile(r"(?P<folder>/.*?)(?:page/(?P<number>\d+))?/?")
Listing = Callable[[Edition, str, tuple[Post, ...], str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostList:
    """A list's posts in WordPress' default order, and how it is named."""

    folder: str  # canonical path of its first page, with a trailing slash
    title: str  # HTML
    heading: str  # HTML; empty on the home page
    body_class: str
    posts: tuple[Post, ...]
    empty_exists: bool = False  # search and home answer 200 without a single post


def find(edition: Edition, path: str, query: dict[str, str]) -> tuple[PostList, int] | None:
    """Return the list a path names and the page of it; None when there is no such list or page."""
    match = PAGED.fullmatch(path)
    if match is None:
        return None
    folder, number = match["folder"], int(match["number"] or 1)
    folder = folder if folder.endswith("/") else folder + "/"
    found = of_folder(edition, folder, query)
    if found is None or number < 1 or (number > last_page(found) and not (number == 1 and found.empty_exists)):
        return None
    return found, number


def last_page(found: PostList) -> int:
    return -(-len(found.posts) // PER_PAGE)


def of_folder(edition: Edition, folder: str, query: dict[str, str]) -> PostList | None:
    if folder == "/":
        if "s" in query:
            return search(edition, query["s"])
        return PostList(
            folder="/", title=SITE_NAME, heading="", body_class="home blog", posts=edition.listed, empty_exists=True
        )
    if match := re.fullmatch(r"/search/([^/]+)/", folder):
        return search(edition, unquote_plus(match[1]))
    if match := re.fullmatch(r"/(category|tag|author)/([^/]+)/", folder):
        return of_name(edition, match[1], match[2])
    if match := re.fullmatch(r"/(\d{4})(?:/(\d{2}))?(?:/(\d{2}))?/", folder):
        return of_date(edition, [part for part in match.groups() if part])
    return None


def search(edition: Edition, words: str) -> PostList:
    wanted = words.lower().split()
    texts = ((post, _searchable(post)) for post in edition.listed)
    found = tuple(post for post, text in texts if all(word in text for word in wanted))
    shown = html.escape(words)
    return PostList(
        folder="/",
        title=f"Hasil pencarian untuk &#8220;{shown}&#8221;",
        heading=f"Hasil pencarian: {shown}",
        body_class="search search-results" if found else "search search-no-results",
        posts=found,
        empty_exists=True,
    )


def _searchable(post: Post) -> str:
    """WordPress keeps the text of posts with a password out of a visitor's search."""
    hidden = post.status == "password"
    return "" if hidden else f"{post.title} {' '.join(markup.pages(post, ''))}".lower()


def of_name(edition: Edition, kind: str, slug: str) -> PostList | None:
    item = next((item for item in edition.named(kind) if item.slug == slug), None)
    if item is None:
        return None
    name = html.escape(item.name)
    label = {"category": "Kategori", "tag": "Tag", "author": "Penulis"}[kind]
    return PostList(
        folder=f"/{kind}/{slug}/",
        title=f"{name} Arsip",
        heading=f"{label}: <span>{name}</span>",
        body_class=f"archive {kind} {kind}-{slug} {kind}-{item.id}",
        posts=tuple(post for post in edition.listed if slug in slugs_of(post, kind)),
        empty_exists=True,
    )


def of_date(edition: Edition, numbers: list[str]) -> PostList | None:
    stamp = "".join(numbers)
    posts = tuple(post for post in edition.listed if f"{post.published:%Y%m%d}".startswith(stamp))
    if not posts:
        return None
    month = f"{phrases.MONTHS[int(numbers[1]) - 1]} " if len(numbers) > 1 else ""
    name = f"{int(numbers[2])} {month}{numbers[0]}" if len(numbers) > 2 else month + numbers[0]
    return PostList(
        folder=f"/{'/'.join(numbers)}/",
        title=name,
        heading=f"{('Tahun', 'Bulan', 'Hari')[len(numbers) - 1]}: <span>{name}</span>",
        body_class="archive date",
        posts=posts,
    )


def page(edition: Edition, found: PostList, number: int, query: dict[str, str], listing: Listing) -> Page:
    """Return one page of a list, in the order the query asks for."""
    ascending = query.get("order", "desc").lower() == "asc"
    ordered = edition.sorted_by(query.get("orderby", "date"), found.posts, ascending=ascending)
    shown = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    pager = parts.pager(edition, found.folder, number, last_page(found))
    title = found.title if found.heading else f"{SITE_NAME} &#8211; {TAGLINE}"
    return Page(
        title=f"{title} &#8211; Laman {number}" if number > 1 else title,
        body_class=f"{found.body_class} paged paged-{number}" if number > 1 else found.body_class,
        url=edition.url(f"{found.folder}page/{number}/" if number > 1 else found.folder),
        main=listing(edition, found.heading, shown, pager),
        robots="noindex, follow" if found.body_class.startswith("search") else "max-image-preview:large",
    )
