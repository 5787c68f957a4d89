"""What the sites beside the WordPress one share: the same newsroom's posts, without what only WordPress does to them.

No curly quotes, no posts behind a password (they are drafts here), pictures in a folder of another name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from . import uploads
from .edition import Edition
from .exchange import Answer, Request
from .model import Mark, Post
from .site import Newsroom
from .switches import Switches
from .truth import row

PICTURES = "/gambar/"


class Sibling(Newsroom):
    """A site of another make. Subclasses say how a post is *adapted*, and answer requests for what is adapted."""

    @staticmethod
    def adapted(post: Post) -> Post:
        return replace(post, curly=False, status="draft" if post.status == "password" else post.status)

    @classmethod
    def edition_of(cls, edition: Edition) -> Edition:
        return replace(edition, posts=tuple(cls.adapted(post) for post in edition.posts))

    def truth(self) -> list[dict[str, Any]]:
        edition = self.edition_of(self._edition)
        return [self.truth_of(edition, post) for post in edition.posts]

    @staticmethod
    def truth_of(edition: Edition, post: Post) -> dict[str, Any]:
        found = row(edition, post)
        return {**found, "images": [image.replace("/wp-content/uploads/", PICTURES) for image in found["images"]]}


def without_page_breaks(post: Post) -> Post:
    return replace(post, blocks=tuple(block for block in post.blocks if block != Mark("page")))


def picture(request: Request, edition: Edition) -> Answer | None:
    """Answer a picture's address; None for any other."""
    if not request.path.startswith(PICTURES):
        return None
    target = request.target.replace(PICTURES, "/wp-content/uploads/", 1)
    return uploads.answer(replace(request, target=target), edition)


def unlike_wordpress(page: str) -> str:
    """Return *page* without WordPress' folders and class names."""
    page = page.replace("/wp-content/uploads/", PICTURES)
    return re.sub(r"\b(?:wp|attachment)-[a-z0-9-]+", "", page)


def robots(lines: list[str], switches: Switches) -> Answer:
    """Answer /robots.txt with *lines*, or as the switches say."""
    if switches.robots == "5xx":
        return Answer(503, b"Layanan tidak tersedia\n", "text/plain; charset=utf-8")
    if switches.robots == "disallow":
        lines = ["User-agent: *", "Disallow: /"]
    return Answer(200, ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")
