"""A list or a search that took long is given again to who asks the same: while nothing was written, or for seconds.

Many readers of a large archive ask for the same pages: its lists, a word of the day. Each takes a part of a second of a
processor, so that twenty readers would wait for one another.

nothing was written since     given again, for MAX_KEPT_SECONDS
made MAX_AGE seconds ago      given again, whatever was written since
up to MAX_STALE seconds ago   given once more, while a new one is made for who asks next: nobody waits
longer ago                    made anew; who asks meanwhile waits for it

What is quickly made is made anew for everyone.

It stands outside of the headers' wrapper: a page and the nonce in its headers are kept together, and each time that
they are given again another nonce is put in place of theirs. What sets a cookie is one visitor's, and never kept.
"""

import asyncio
import re
import secrets
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette import hookimpl

from archive.frozen import uri
from archive.site.asking import DATABASE
from archive.site.headers import App, Scope, Send

MIN_KEPT_SECONDS = 0.1  # seconds from which on an answer is kept
MAX_AGE = 10.0  # seconds for which it is given again, whatever is written to the archive
MAX_STALE = 30.0  # seconds for which it is given while a new one is made
MAX_KEPT_SECONDS = 600.0  # for which it is given again where nothing is written
MAX_BYTES = 512 << 10  # of an answer that is kept
MAX_KEPT = 32  # answers
_PAGES = re.compile(rb"(?:^|/)(?:|search(?:\.\w+)?|outlet/[^/]+|archive/[^/]+)$")  # never a file that is sent in pieces
_NONCE = re.compile(rb"'nonce-([^']+)'")
_TOLD_BY = (b"accept-language", b"cookie", b"host")  # on what an answer depends, besides its address
Message = MutableMapping[str, Any]
Key = tuple[bytes, bytes, tuple[tuple[bytes, bytes], ...]]


@dataclass(slots=True)
class _Answer:
    """The messages of an answer, when it was made, and the archive's state before; *is_kept*: it may be given again."""

    state: int | None
    messages: list[Message] = field(default_factory=list)
    made_at: float = 0.0  # seconds of the clock
    is_kept: bool = False

    def is_fresh(self, now: float, state: int | None) -> bool:
        """Whether it may be given again with no other being made."""
        is_as_it_was = state is not None and state == self.state
        return self.is_kept and now < self.made_at + (MAX_KEPT_SECONDS if is_as_it_was else MAX_AGE)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Keep answers that took long, before Datasette is asked."""
    if hasattr(datasette, "state"):  # of a joint site (archive/joint/): it knows what it shows
        return lambda app: again(app, state=datasette.state)
    return lambda app: again(app, state=state_of(lambda: Path(datasette.get_database(DATABASE).path)))


def state_of(archive: Callable[[], Path]) -> Callable[[], int]:
    """Return what tells a number that is another after each time that the archive was written to.

    SQLite compares it for one connection, so that this one is kept. *archive* is asked for its file at the first time.
    """
    connection: sqlite3.Connection | None = None

    def state() -> int:
        nonlocal connection
        if connection is None:
            connection = sqlite3.connect(uri(archive(), "ro"), uri=True, check_same_thread=False)
        return int(connection.execute("PRAGMA data_version").fetchone()[0])

    return state


def again(app: App, clock: Callable[[], float] = time.monotonic, state: Callable[[], int | None] = lambda: None) -> App:
    """Return *app*, of which slow answers are kept for a while by the *clock* (seconds) and the archive's *state*."""
    kept: OrderedDict[Key, _Answer] = OrderedDict()
    making: dict[Key, asyncio.Task[_Answer]] = {}

    def make(key: Key, scope: Scope) -> asyncio.Task[_Answer]:
        async def made() -> _Answer:
            try:
                found = await _made(app, scope, clock, state())
                _keep(kept, key, found)
                return found
            finally:
                del making[key]

        if key not in making:
            making[key] = asyncio.create_task(made())
        return making[key]

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        key = key_of(scope)
        if key is None:
            await app(scope, receive, send)
            return
        found, now = kept.get(key), clock()
        if found is None or not found.is_fresh(now, state()):
            is_first = key not in making
            next_one = make(key, scope)
            if found is None or now >= found.made_at + MAX_STALE:
                found = await asyncio.shield(next_one)  # a visitor who goes away takes it from nobody
                if is_first:
                    await _send_all(send, found.messages)
                    return
                if not found.is_kept:
                    await app(scope, receive, send)
                    return
        await _send_all(send, with_nonce(found.messages, secrets.token_urlsafe(16).encode()))

    return answer


async def _send_all(send: Send, messages: Sequence[Message]) -> None:
    for message in messages:
        await send(message)


def key_of(scope: Scope) -> Key | None:
    """Return what an answer depends on; None for one that is never kept."""
    if scope["type"] != "http" or scope["method"] != "GET" or b"_stream" in scope["query_string"]:
        return None
    path = scope["path"].encode()
    told = tuple((name, value) for name, value in scope["headers"] if name in _TOLD_BY)
    return (path, scope["query_string"], told) if _PAGES.search(path) else None


async def _made(app: App, scope: Scope, clock: Callable[[], float], state: int | None) -> _Answer:
    """Return the answer of *app*, to be given again if it is a page, took long and is not too large."""
    made, begin = _Answer(state=state), clock()

    async def take(message: Message) -> None:
        made.messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}  # a GET has none

    await app(scope, receive, take)
    made.made_at, size = clock(), sum(len(message.get("body", b"")) for message in made.messages)
    is_page = any(message.get("status") == 200 for message in made.messages)
    sets_cookie = any(name.lower() == b"set-cookie" for name, _ in _headers(made.messages))
    took_long = made.made_at - begin >= MIN_KEPT_SECONDS
    made.is_kept = is_page and not sets_cookie and size <= MAX_BYTES and took_long
    return made


def with_nonce(messages: Sequence[Message], nonce: bytes) -> list[Message]:
    """Return the *messages* of an answer with *nonce* in place of its own; as they are where they have none.

    Theirs was drawn when the page was made, so that it stands nowhere in what the page shows.
    """
    own = next((match[1] for _, value in _headers(messages) if (match := _NONCE.search(value))), None)
    if own is None:
        return list(messages)
    renewed: list[Message] = []
    for message in messages:
        headers = [(name, value.replace(own, nonce)) for name, value in message.get("headers", ())]
        body = message.get("body", b"").replace(own, nonce)
        renewed.append({**message, **({"headers": headers} if headers else {}), **({"body": body} if body else {})})
    return renewed


def _headers(messages: Sequence[Message]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for message in messages for name, value in message.get("headers", ())]


def _keep(kept: OrderedDict[Key, _Answer], key: Key, found: _Answer) -> None:
    kept.pop(key, None)
    if found.is_kept:
        kept[key] = found
        while len(kept) > MAX_KEPT:
            kept.popitem(last=False)
