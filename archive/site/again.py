"""A list or a search that took long is given again to who asks the same within a few seconds.

Many readers of a large archive ask for the same pages: its lists, a word of the day. Each takes a part of a second of a
processor, so that twenty readers would wait for one another. What is given again may lack what was stored in the last
MAX_AGE seconds; who asks while it is being made waits for it. What is quickly made is made anew for everyone.

It stands outside of the headers' wrapper: a page and the nonce in its headers are kept together, and each time that
they are given again another nonce is put in place of theirs. What sets a cookie is one visitor's, and never kept.
"""

import asyncio
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasette import hookimpl

from archive.site.headers import App, Scope, Send

MIN_KEPT_SECONDS = 0.1  # seconds from which on an answer is kept
MAX_AGE = 10.0  # seconds for which it is given again
MAX_BYTES = 512 << 10  # of an answer that is kept
MAX_KEPT = 32  # answers
_PAGES = re.compile(rb"(?:^|/)(?:|search(?:\.\w+)?|outlet/[^/]+|archive/[^/]+)$")  # never a file that is sent in pieces
_NONCE = re.compile(rb"'nonce-([^']+)'")
_TOLD_BY = (b"accept-language", b"cookie", b"host")  # on what an answer depends, besides its address
Message = MutableMapping[str, Any]
Key = tuple[bytes, bytes, tuple[tuple[bytes, bytes], ...]]


@dataclass(slots=True)
class _Answer:
    """The messages of an answer, and until when it is given again."""

    messages: list[Message] = field(default_factory=list)
    until: float = 0.0


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Keep answers that took long, before Datasette is asked."""
    return again


def again(app: App, clock: Callable[[], float] = time.monotonic) -> App:
    """Return *app*, of which slow answers are kept for a while by the *clock* (seconds)."""
    kept: OrderedDict[Key, _Answer] = OrderedDict()
    making: dict[Key, asyncio.Lock] = {}

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        key = key_of(scope)
        if key is None:
            await app(scope, receive, send)
            return
        async with making.setdefault(key, asyncio.Lock()):
            found = kept.get(key)
            if found is None or found.until < clock():
                found = await _made(app, scope, receive, clock)
                _keep(kept, key, found)
                messages: Sequence[Message] = found.messages
            else:
                messages = with_nonce(found.messages, secrets.token_urlsafe(16).encode())
        if key not in kept:
            making.pop(key, None)
        for message in messages:  # not before: a reader who takes it slowly keeps nobody waiting
            await send(message)

    return answer


def key_of(scope: Scope) -> Key | None:
    """Return what an answer depends on; None for one that is never kept."""
    if scope["type"] != "http" or scope["method"] != "GET" or b"_stream" in scope["query_string"]:
        return None
    path = scope["path"].encode()
    told = tuple((name, value) for name, value in scope["headers"] if name in _TOLD_BY)
    return (path, scope["query_string"], told) if _PAGES.search(path) else None


async def _made(app: App, scope: Scope, receive: Any, clock: Callable[[], float]) -> _Answer:
    """Return the answer of *app*, to be given again if it is a page, took long and is not too large."""
    made, begin = _Answer(), clock()

    async def take(message: Message) -> None:
        made.messages.append(message)

    await app(scope, receive, take)
    now, size = clock(), sum(len(message.get("body", b"")) for message in made.messages)
    is_page = any(message.get("status") == 200 for message in made.messages)
    sets_cookie = any(name.lower() == b"set-cookie" for name, _ in _headers(made.messages))
    if is_page and not sets_cookie and size <= MAX_BYTES and now - begin >= MIN_KEPT_SECONDS:
        made.until = now + MAX_AGE
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
    if found.until:
        kept[key] = found
        while len(kept) > MAX_KEPT:
            kept.popitem(last=False)
