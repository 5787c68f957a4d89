"""Which page an address leads to: lists, static pages, posts with their pages and attachments, redirects, or 404.

Everything found has one canonical path. An address that leads there under another form is answered with 301, which
covers missing slashes, old slugs, page numbers beyond the last and WordPress' guess at a half-typed slug.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import lists
from .edition import Edition
from .exchange import Answer, Request, html_page, moved, number_of
from .model import Post, images_of, page_count
from .switches import Switches
from .views import Views, attachment_path


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to: the path it should have had, and how to make the page."""

    path: str
    make: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Visitor:
    """What one request reads: the edition and switches of its moment."""

    edition: Edition
    switches: Switches

    @property
    def trail(self) -> str:
        return self.edition.permalinks.trail

    @property
    def views(self) -> Views:
        return Views(self.edition, self.switches)

    def answer(self, request: Request) -> Answer:
        if request.path == "/" and (shortcut := self.shortcut(request)):
            return shortcut
        found = self.a_list(request) or self.a_static_page(request.path) or self.a_post(request.path)
        if found is None:
            return self.missing(request.path)
        if found.path != request.path:
            query = f"?{request.raw_query}" if request.raw_query else ""
            return moved(self.edition.base + found.path + query)
        links = (
            {"Link": f'<{self.edition.base}/wp-json/>; rel="https://api.w.org/"'} if self.switches.rest == "on" else {}
        )
        return html_page(found.make(), headers=links)

    def shortcut(self, request: Request) -> Answer | None:
        """Answer ?p=, ?attachment_id=, ?feed= and ?paged= on the home page."""
        query, edition = request.query, self.edition
        if "p" in query:
            post = edition.by_id.get(number_of(query["p"], 0))
            return moved(edition.post_url(post)) if post and post.listed else self.missing("/")
        if "attachment_id" in query:
            number = number_of(query["attachment_id"], 0)
            for post in edition.listed:
                for image in images_of(post):
                    if image.id == number and post.status == "publish":
                        return moved(edition.base + attachment_path(edition, post, image))
            return self.missing("/")
        if "feed" in query:
            return moved(edition.url("/feed/atom/" if query["feed"] == "atom" else "/feed/"))
        if number_of(query.get("paged"), 1) > 1 and "s" not in query:
            return moved(edition.url(f"/page/{query['paged']}/"))
        return None

    def a_list(self, request: Request) -> Found | None:
        found = lists.find(self.edition, request.path, request.query)
        if found is None:
            return None
        posts, number = found
        folder = posts.folder if number == 1 else f"{posts.folder}page/{number}/"
        path = self.edition.url(folder).removeprefix(self.edition.base)
        # a search by path stays where it is; WordPress does not move it to ?s=
        path = request.path if request.path.startswith("/search/") else path
        return Found(path, lambda: self.views.listing(posts, number, request.query))

    def a_static_page(self, path: str) -> Found | None:
        page = next((page for page in self.edition.pages if page.slug == path.strip("/")), None)
        return Found(f"/{page.slug}{self.trail}", lambda: self.views.static(page)) if page else None

    def a_post(self, path: str) -> Found | None:
        parsed = self.edition.permalinks.parse(path)
        if parsed is None:
            return None
        values, rest = parsed
        post = self.named(values)
        if post is not None:
            return self.below(post, rest)
        other = self.formerly(values) or self.guessed(values)
        return Found(self.edition.permalinks.path(other), str) if other else None

    def named(self, values: dict[str, str]) -> Post | None:
        """Return the post with this slug or id; the dates in the address must be the post's, its category need not."""
        edition = self.edition
        by_id = edition.by_id.get(number_of(values.get("id"), 0))
        post = edition.by_slug.get(values["name"]) if "name" in values else by_id
        return post if post and post.listed and self.dated(post, values) else None

    def dated(self, post: Post, values: dict[str, str]) -> bool:
        written = {"year": f"{post.published:%Y}", "month": f"{post.published:%m}", "day": f"{post.published:%d}"}
        return all(values.get(name, value) == value for name, value in written.items())

    def formerly(self, values: dict[str, str]) -> Post | None:
        slug = values.get("name")
        return next((post for post in self.edition.listed if slug in post.old_slugs and self.dated(post, values)), None)

    def guessed(self, values: dict[str, str]) -> Post | None:
        """WordPress' guess: some post of the same date whose slug begins with what was asked for."""
        slug = values.get("name", "")
        if not slug:
            return None
        matching = (post for post in self.edition.listed if post.slug.startswith(slug) and self.dated(post, values))
        return min(matching, key=lambda post: post.id, default=None)

    def below(self, post: Post, rest: str) -> Found | None:
        """What an address names at a post: itself, a page of it, its AMP form, one of its attachments."""
        permalinks = self.edition.permalinks
        if rest == "" or rest.isdecimal():
            wanted = int(rest or 1)
            number = wanted if 1 <= wanted <= page_count(post) and post.status == "publish" else 1
            return Found(permalinks.page_path(post, number), lambda: self.views.single(post, number))
        if rest == "amp" and self.switches.amp:
            return Found(f"{permalinks.path(post).rstrip('/')}/amp{self.trail}", lambda: self.views.amp(post))
        image = next((image for image in images_of(post) if image.slug == rest), None)
        if image and post.status == "publish":
            return Found(attachment_path(self.edition, post, image), lambda: self.views.attachment(post, image))
        return None

    def missing(self, path: str) -> Answer:
        """Answer 404 with the theme round it; for a trashed post 410, or a guess at another one, where switched so."""
        bin_ = (self.edition.permalinks.path(post) for post in self.edition.posts if post.status == "trash")
        removed = path.rstrip("/") in {trashed.rstrip("/") for trashed in bin_}
        if removed and self.switches.gone == 301:
            return moved(self.edition.post_url(self.edition.listed[0]))
        return html_page(self.views.not_found(), self.switches.gone if removed else 404)
