"""The newsroom's records: what a post is made of before any theme, feed or interface has printed it.

A post's text is a row of blocks. Texts inside blocks are HTML fragments without their paragraph tag; `markup` decides
how they are wrapped and `truth` says which of them a reader would call the article.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

SITE_NAME = "kicknews.today"
TAGLINE = "Warta cepat dari Pulau Lombok"
ZONE = dt.timezone(dt.timedelta(hours=8), "WITA")

Status = Literal["publish", "password", "private", "draft", "pending", "trash", "future"]
Style = Literal["classic", "gutenberg", "justify", "div", "br"]
LinkStyle = Literal["p", "strong", "em", "quote", "div", "ul"]
Edge = Literal["short", "photo_only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category or a tag."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    id: int
    slug: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An attachment; *path* is below /wp-content/uploads/."""

    id: int
    slug: str
    path: str
    alt: str
    caption: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    id: int
    author: str
    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    kind: Literal["p", "h", "quote", "note", "initials"]
    html: str


@dataclass(frozen=True, slots=True)
class Listing:
    tag: Literal["ul", "ol"]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A "Baca juga" link as it was typed: later changes of the other post do not reach it."""

    label: str
    title: str
    path: str
    style: LinkStyle


@dataclass(frozen=True, slots=True)
class Picture:
    image: Image


@dataclass(frozen=True, slots=True)
class Gallery:
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Embed:
    kind: Literal["youtube", "twitter", "instagram"]
    html: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something without words of the article: an advert, a page break, the "more" tag."""

    kind: Literal["advert", "page", "more"]


Block = Text | Listing | Table | Related | Picture | Gallery | Embed | Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: int
    status: Status
    slug: str
    title: str  # as typed; `markup.texturize` gives what is shown
    author: Author
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    published: dt.datetime
    modified: dt.datetime
    blocks: tuple[Block, ...]
    style: Style
    curly: bool  # whether the site turns this post's straight quotes into curly ones
    featured: Image | None
    dateline: str | None  # HTML, as typed
    initials: str | None
    comments: tuple[Comment, ...] = ()
    old_slugs: tuple[str, ...] = ()
    edge: Edge | None = None
    canary: str | None = None

    @property
    def listed(self) -> bool:
        """Whether WordPress counts it as published: a password hides the text, not the post."""
        return self.status in ("publish", "password")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticPage:
    id: int
    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: dt.datetime


def images_of(post: Post) -> tuple[Image, ...]:
    """Every image that belongs to the post, the featured one first."""
    inside: list[Image] = [post.featured] if post.featured else []
    for block in post.blocks:
        if isinstance(block, Picture):
            inside.append(block.image)
        elif isinstance(block, Gallery):
            inside.extend(block.images)
    return tuple(inside)


def page_count(post: Post) -> int:
    return 1 + sum(block == Mark("page") for block in post.blocks)
