"""The newsroom whose seeds leave posts out, each its own, for tests of what a certificate says of them.

with serve(kind=Forgetting) as site:
    site.forget = {"rest": {12, 13}, "sitemap": {13}}   # ids of posts; REST counts them all the same
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Literal

from .exchange import Answer, Request
from .rest import route_of
from .site import Newsroom

LISTS = ("/page/", "/category/", "/tag/", "/author/")
Seed = Literal["rest", "sitemap", "feed", "listing"]


class Forgetting(Newsroom):
    """A newsroom that publishes all its posts, though its seeds do not name them all."""

    forget: Mapping[Seed, Set[int]] = {}

    def visit(self, request: Request) -> Answer:
        answer = super().visit(request)
        seed = seed_of(request)
        left_out = self.forget.get(seed, frozenset()) if seed else frozenset()
        if not left_out or answer.status != 200:
            return answer
        kept = tuple(post for post in self._edition.posts if post.id not in left_out)
        told = self.answer(request, replace(self._edition, posts=kept), self.switches)
        total = answer.headers.get("X-WP-Total")
        return replace(told, headers={**told.headers, "X-WP-Total": total}) if total else told


def seed_of(request: Request) -> Seed | None:
    """Return which kind of seed a request is for, None for a page of an article or any other."""
    if route_of(request) is not None:
        return "rest"
    if "sitemap" in request.path:
        return "sitemap"
    if "/feed" in request.path:
        return "feed"
    return "listing" if request.path == "/" or request.path.startswith(LISTS) else None
