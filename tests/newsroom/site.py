"""The Newsroom: one running site, what it holds, what it was asked, and how tests change it while it runs."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from . import comment_feed, feeds, pages, rest, rights, sitemaps, uploads
from .articles import Plan, write_post
from .desk import Desk
from .edition import Edition
from .edits import BODY_KINDS, KINDS, EditRefused, paragraphs_of, reprinted
from .exchange import Answer, Hit, Request, html_page, moved
from .founding import found
from .model import ZONE, Post
from .permalinks import Permalinks
from .switches import Switches
from .truth import row

MAINTENANCE_RETRY = 30  # seconds


class Newsroom:
    """A site at *base*. Changes are made under a lock and seen by the next request; the rest only reads."""

    def __init__(self, *, base: str, seed: int, articles: int, permalink: str) -> None:
        self.base = base
        self.switches = Switches()
        self.clock: Callable[[], float] = time.time  # seconds since 1970; a test may set another
        self._desk = Desk(seed=seed, base=base, permalinks=Permalinks(permalink))
        self._edition = found(self._desk, articles)
        self._hits: list[Hit] = []
        self._sent: list[tuple[str, int, str]] = []
        self._failures: dict[str, list[int]] = {}
        self._lock = threading.RLock()

    # what a test reads

    @property
    def hits(self) -> list[Hit]:
        with self._lock:
            return list(self._hits)

    @property
    def sent(self) -> list[tuple[str, int, str]]:
        """Each answer as it went out: its address, status, and the SHA-256 of the body on the wire."""
        with self._lock:
            return list(self._sent)

    def note_sent(self, target: str, status: int, body: bytes) -> None:
        with self._lock:
            self._sent.append((target, status, sha256(body).hexdigest()))

    def clear_hits(self) -> None:
        with self._lock:
            self._hits.clear()

    def truth(self) -> list[dict[str, Any]]:
        edition = self._edition
        return [row(edition, post) for post in edition.posts]

    # what a test changes

    def switch(self, **changes: Any) -> None:
        """Change some of `Switches` for the requests to come."""
        with self._lock:
            self.switches = replace(self.switches, **changes)

    def fail_next(self, path: str, times: int, status: int) -> None:
        """Let the next *times* requests for *path* (with its query, if it has one) fail with *status*."""
        with self._lock:
            self._failures.setdefault(path.removeprefix(self.base), []).extend([status] * times)

    def edit(self, id: int, kind: str) -> dict[str, Any]:
        """Change one post as an editor would; raise EditRefused where the post has nothing of that kind to change."""
        if kind not in KINDS:
            raise ValueError(f"{kind!r}: choose one of {', '.join(KINDS)}")
        with self._lock:
            when = self._next_time()
            changed, difference = KINDS[kind](self._desk, self._edition.by_id[id], when)
            changed = replace(changed, modified=when)
            self._edition = self._edition.with_post(changed)
            return self._told("modify", kind, changed, difference)

    def modify(self, k: int) -> list[dict[str, Any]]:
        """Edit *k* public posts in *k* random ways."""
        with self._lock:
            return [self._some_edit(post) for post in self._sample(k)]

    def publish(self, k: int) -> list[dict[str, Any]]:
        """Publish *k* new posts, now."""
        with self._lock:
            told = []
            for _ in range(k):
                post = write_post(self._desk, self._next_time(), Plan())
                self._edition = self._edition.with_post(post)
                told.append(self._told("publish", "new", post, {}))
            return told

    def reprint(self, k: int) -> list[dict[str, Any]]:
        """Publish *k* random public posts once more, each under another headline and with a paragraph of its own."""
        with self._lock:
            told = []
            long = [post for post in self._edition.posts if post.status == "publish" and len(paragraphs_of(post)) > 4]
            for post in self._desk.rng.sample(long, k):
                copy = reprinted(self._desk, post, self._next_time())
                self._edition = self._edition.with_post(copy)
                told.append(self._told("publish", "reprint", copy, {"of": post.id}))
            return told

    def trash(self, k: int) -> list[dict[str, Any]]:
        """Put *k* random public posts into the bin."""
        with self._lock:
            told = []
            for post in self._sample(k):
                binned = replace(post, status="trash", modified=self._next_time())
                self._edition = self._edition.with_post(binned)
                told.append(self._told("trash", "trash", binned, {}))
            return told

    def _sample(self, k: int) -> list[Post]:
        public = [post for post in self._edition.posts if post.status == "publish"]
        return self._desk.rng.sample(public, k)

    def _some_edit(self, post: Post) -> dict[str, Any]:
        for kind in self._desk.rng.sample(list(KINDS), len(KINDS)):
            try:
                return self.edit(post.id, kind)
            except EditRefused:
                continue
        raise AssertionError("touch is never refused")

    def _next_time(self) -> dt.datetime:
        """Now in whole seconds, or a second after the latest change: no two changes share their time."""
        latest = max(post.modified for post in self._edition.posts)
        now = dt.datetime.fromtimestamp(self.clock(), ZONE).replace(microsecond=0)
        return max(now, latest + dt.timedelta(seconds=1))

    def _told(self, verb: str, kind: str, post: Post, difference: dict[str, Any]) -> dict[str, Any]:
        truth = row(self._edition, post)
        told = {
            "verb": verb,
            "kind": kind,
            **{name: truth[name] for name in ("id", "url", "title", "status", "modified")},
        }
        return {**told, "body_changed": kind in BODY_KINDS or verb == "publish", **difference}

    # what a visitor gets

    def visit(self, request: Request) -> Answer:
        """Answer one request and remember it."""
        answer = self._failure(request) or self._maintenance() or self.answer(request, self._edition, self.switches)
        if answer.status in (429, 503) and self.switches.retry_after is not None:
            answer = replace(answer, headers={**answer.headers, "Retry-After": str(self.switches.retry_after)})
        hit = Hit(request.method, request.target, answer.status, request.headers, self.clock())
        with self._lock:
            self._hits.append(hit)
        return answer

    def _failure(self, request: Request) -> Answer | None:
        with self._lock:
            for path in (request.target, request.path):
                if self._failures.get(path):
                    status = self._failures[path].pop(0)
                    return html_page(f"<!DOCTYPE html><title>{status}</title><h1>Galat {status}</h1>\n", status)
        return None

    def _maintenance(self) -> Answer | None:
        if not self.switches.maintenance:
            return None
        text = "<!DOCTYPE html><title>Pemeliharaan</title><h1>Sebentar, situs sedang dirapikan.</h1>\n"
        return html_page(text, 503, {"Retry-After": str(MAINTENANCE_RETRY)})

    @staticmethod
    def answer(request: Request, edition: Edition, switches: Switches) -> Answer:
        """Ask each part of the site in turn; the themed pages answer whatever no other part knows."""
        path = request.path
        found: Answer | None = None
        if path == "/robots.txt":
            found = sitemaps.robots(edition, switches)
        elif path.startswith("/wp-admin") and path != "/wp-admin/admin-ajax.php":
            found = Answer(302, headers={"Location": f"{edition.base}/wp-login.php"})
        elif path == "/wp-login.php":
            found = html_page("<!DOCTYPE html><title>Masuk</title><form method='post'><input name='log' /></form>\n")
        elif path == "/favicon.ico":
            found = moved(f"{edition.base}/wp-content/uploads/favicon.png")
        found = found or rights.answer(path, switches)
        found = found or rest.answer(request, edition, switches.rest)
        found = found or sitemaps.answer(request, edition, switches.sitemap)
        found = found or feeds.answer(request, edition, switches.feed)
        if found is None and switches.feed in ("on", "summary"):
            found = comment_feed.answer(edition, path)
        found = found or uploads.answer(request, edition)
        found = found or pages.Visitor(edition, switches).answer(request)
        return rights.with_lines(found, edition, path, switches)
