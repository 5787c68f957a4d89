"""Makes whole pages: a post, a list, a static page, an attachment, "not found", in whichever theme is on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from . import bare, lists, parts, portal
from .edition import Edition
from .head import Page, title_of
from .model import Image, Post, StaticPage
from .switches import Switches


class Theme(Protocol):
    """What `portal` and `bare` both offer; all but *dress* return what stands between header and footer."""

    def dress(self, edition: Edition, switches: Switches, page: Page) -> str: ...
    def single(self, edition: Edition, switches: Switches, post: Post, number: int) -> str: ...
    def listing(self, edition: Edition, heading: str, posts: tuple[Post, ...], pager: str) -> str: ...
    def static(self, edition: Edition, page: StaticPage) -> str: ...
    def not_found(self, edition: Edition) -> str: ...


def attachment_path(edition: Edition, post: Post, image: Image) -> str:
    permalinks = edition.permalinks
    return f"{permalinks.path(post).rstrip('/')}/{image.slug}{permalinks.trail}"


@dataclass(frozen=True, slots=True)
class Views:
    edition: Edition
    switches: Switches

    @property
    def theme(self) -> Theme:
        return portal if self.switches.clutter else bare

    def dressed(self, page: Page) -> str:
        return self.theme.dress(self.edition, self.switches, page)

    def static(self, page: StaticPage) -> str:
        return self.dressed(
            Page(
                title=page.title,
                body_class=f"page-template-default page page-id-{page.id}",
                url=self.edition.url(f"/{page.slug}/"),
                main=self.theme.static(self.edition, page),
            )
        )

    def single(self, post: Post, number: int) -> str:
        title = title_of(post) + (f" &#8211; Halaman {number}" if number > 1 else "")
        return self.dressed(
            Page(
                title=title,
                body_class=parts.single_class(post) + (f" paged-{number} single-paged-{number}" if number > 1 else ""),
                url=self.edition.base + self.edition.permalinks.page_path(post, number),
                main=self.theme.single(self.edition, self.switches, post, number),
                post=post,
            )
        )

    def attachment(self, post: Post, image: Image) -> str:
        return self.dressed(
            Page(
                title=image.slug,
                body_class=f"attachment attachment-template-default single single-attachment attachmentid-{image.id}",
                url=self.edition.base + attachment_path(self.edition, post, image),
                main=parts.attachment(self.edition, post, image),
            )
        )

    def amp(self, post: Post) -> str:
        text = parts.content(self.edition, post, 1)
        text = re.sub(r"<(script|iframe).*?</\1>", "", text, flags=re.S).replace(
            "<img ", '<amp-img layout="responsive" '
        )
        return (
            f'<!doctype html><html amp lang="id"><head><meta charset="utf-8"><title>{title_of(post)}</title>'
            f'<link rel="canonical" href="{self.edition.post_url(post)}">'
            '<meta name="viewport" content="width=device-width">'
            '<script async src="https://cdn.ampproject.org/v0.js"></script></head>'
            f'<body><article><h1 class="amp-wp-title">{title_of(post)}</h1>{text}</article></body></html>\n'
        )

    def listing(self, posts: lists.PostList, number: int, query: dict[str, str]) -> str:
        return self.dressed(lists.page(self.edition, posts, number, query, self.theme.listing))

    def not_found(self) -> str:
        page = Page(
            title="Laman tidak ditemukan",
            body_class="error404",
            url="",
            main=self.theme.not_found(self.edition),
            robots="noindex",
        )
        return self.dressed(page)
