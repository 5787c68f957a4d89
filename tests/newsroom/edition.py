"""One state of the whole site, immutable: an edit makes the next edition, a request reads the one it began with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from .model import Author, Post, StaticPage, Term
from .permalinks import Permalinks


@dataclass(frozen=True, kw_only=True)
class Edition:
    """All posts, oldest first, and what they refer to."""

    base: str
    permalinks: Permalinks
    posts: tuple[Post, ...]
    authors: tuple[Author, ...]
    categories: tuple[Term, ...]
    pages: tuple[StaticPage, ...]

    @cached_property
    def listed(self) -> tuple[Post, ...]:
        """Published posts, newest first, those behind a password among them."""
        shown = (post for post in self.posts if post.listed)
        return tuple(sorted(shown, key=lambda post: (post.published, post.id), reverse=True))

    @cached_property
    def tags(self) -> tuple[Term, ...]:
        """Every tag a published post carries, by name."""
        return tuple(sorted({tag for post in self.listed for tag in post.tags}, key=lambda tag: tag.name))

    @cached_property
    def term_counts(self) -> Counter[int]:
        return Counter(term.id for post in self.listed for term in (*post.categories, *post.tags))

    @cached_property
    def by_id(self) -> dict[int, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def by_slug(self) -> dict[str, Post]:
        return {post.slug: post for post in self.posts}

    @cached_property
    def last_modified(self) -> dt.datetime:
        """The site-wide time WordPress' feeds go by."""
        return max(post.modified for post in self.listed)

    def sorted_by(self, orderby: str, posts: tuple[Post, ...], *, ascending: bool = False) -> tuple[Post, ...]:
        """Return listed posts in WordPress' order; an unknown *orderby* means by date."""
        match orderby:
            case "modified":
                return tuple(sorted(posts, key=lambda post: (post.modified, post.id), reverse=not ascending))
            case "id" | "ID":
                return tuple(sorted(posts, key=lambda post: post.id, reverse=not ascending))
            case "title":
                return tuple(sorted(posts, key=lambda post: post.title, reverse=not ascending))
        return tuple(sorted(posts, key=lambda post: (post.published, post.id), reverse=not ascending))

    def named(self, kind: str) -> tuple[Term | Author, ...]:
        """Return all categories, tags or authors; *kind* is the word that stands in their addresses."""
        known: dict[str, tuple[Term | Author, ...]] = {
            "category": self.categories,
            "tag": self.tags,
            "author": self.authors,
        }
        return known[kind]

    def url(self, path: str) -> str:
        """Return the address of a path written with a trailing slash, as the permalink structure ends it."""
        return self.base + (path if self.permalinks.trail or path == "/" else path.rstrip("/"))

    def post_url(self, post: Post) -> str:
        return self.base + self.permalinks.path(post)

    def with_post(self, changed: Post) -> Edition:
        """Return the edition in which *changed* takes its earlier state's place, or is new."""
        posts = [post for post in self.posts if post.id != changed.id] + [changed]
        return replace(self, posts=tuple(sorted(posts, key=lambda post: (post.published, post.id))))
