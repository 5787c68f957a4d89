"""What took long to answer is given again for a while, whole and to who asked the same; all else is made anew."""

import asyncio
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from archive.site.again import (
    MAX_AGE,
    MAX_BYTES,
    MAX_KEPT_SECONDS,
    MAX_STALE,
    MIN_KEPT_SECONDS,
    again,
    state_of,
)
from archive.site.headers import App, Scope, Send
from tests.support.storing import shelf_in


class Asked:
    """An application that counts how often it is asked, and takes its time."""

    def __init__(
        self,
        seconds: float = 2 * MIN_KEPT_SECONDS,
        body: bytes = b"padi",
        status: int = 200,
        headers: tuple[tuple[bytes, bytes], ...] = (),
    ) -> None:
        self.times = 0
        self._seconds, self._body, self._status, self._headers = seconds, body, status, [*headers]

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        self.times += 1
        await asyncio.sleep(self._seconds)  # the work that the question is
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body + str(self.times).encode()})


async def get(app: App, path: str = "/search", query: str = "q=padi", language: str = "id") -> bytes:
    body = b""

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal body
        body += message.get("body", b"")

    scope: Scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    await app(scope | {"headers": [(b"accept-language", language.encode())]}, None, send)
    return body


def test_slow_page_is_made_once_for_many_who_ask_at_once() -> None:
    async def ask() -> list[bytes]:
        app = again(asked)
        return [*await asyncio.gather(*(get(app) for _ in range(20))), await get(app)]

    asked = Asked()
    assert (set(asyncio.run(ask())), asked.times) == ({b"padi1"}, 1)


@pytest.mark.parametrize(
    ("asked", "second"),
    [
        (Asked(seconds=0), {}),
        (Asked(status=400), {}),
        (Asked(body=b"p" * (MAX_BYTES + 1)), {}),
        (Asked(headers=((b"Set-Cookie", b"ds_csrftoken=rahasia"),)), {}),
        (Asked(), {"query": "q=cabai"}),
        (Asked(), {"language": "en"}),
        (Asked(), {"path": "/archive/articles"}),
    ],
    ids=["quick", "an error", "large", "a cookie", "another question", "another language", "another page"],
)
def test_all_else_is_made_anew(asked: Asked, second: dict[str, str]) -> None:
    async def ask() -> None:
        app = again(asked)
        await get(app)
        await get(app, **second)

    asyncio.run(ask())
    assert asked.times == 2


@pytest.mark.parametrize("path", ["/article/0123456789ab", "/static/site.css", "/replay/1/warc.gz", "/about"])
def test_other_pages_are_passed_through(path: str) -> None:
    async def ask() -> None:
        app = again(asked)
        await get(app, path)
        await get(app, path)

    asked = Asked()
    asyncio.run(ask())
    assert asked.times == 2


def test_each_who_is_given_it_gets_a_nonce_of_their_own() -> None:
    async def ask() -> list[tuple[bytes, bytes]]:
        app, found = again(asked), []
        for _ in range(3):
            messages: list[MutableMapping[str, Any]] = []

            async def send(message: MutableMapping[str, Any], kept: list[Any] = messages) -> None:
                kept.append(message)

            scope: Scope = {
                "type": "http",
                "method": "GET",
                "path": "/search",
                "query_string": b"q=padi",
                "headers": [],
            }
            await app(scope, None, send)
            found.append((dict(messages[0]["headers"])[b"content-security-policy"], messages[1]["body"]))
        return found

    policy = (b"content-security-policy", b"script-src 'nonce-lama'; style-src 'nonce-lama'")
    asked = Asked(body=b"<script nonce=lama>lamaran</script>", headers=(policy,))
    first, second, third = asyncio.run(ask())
    assert asked.times == 1
    assert first == (policy[1], b"<script nonce=lama>lamaran</script>1")
    assert b"lama'" not in second[0] + third[0]
    assert second[0] != third[0]
    for told, body in (second, third):
        [nonce] = {part.partition(b"'")[0] for part in told.split(b"'nonce-")[1:]}
        assert b"<script nonce=" + nonce + b">" in body


@pytest.mark.parametrize(
    ("seconds", "state", "given", "made"),
    [
        (MAX_AGE / 2, 8, 1, 1),
        (MAX_AGE + 1, 7, 1, 1),
        (MAX_KEPT_SECONDS + 1, 7, 2, 2),
        (MAX_AGE + 1, 8, 1, 2),
        (MAX_STALE + 1, 8, 2, 2),
    ],
    ids=["young", "nothing was written", "nothing for long", "one is made meanwhile", "too old"],
)
def test_answer_is_given_again_while_it_is_young_or_nothing_was_written(
    seconds: float, state: int, given: int, made: int
) -> None:
    async def ask() -> bytes:
        app = again(asked, lambda: time.monotonic() + passed[-1], lambda: states[-1])
        await get(app)
        passed.append(seconds)
        states.append(state)
        second = await get(app)
        await asyncio.sleep(0)  # what is made meanwhile begins
        while asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.sleep(0.01)
        return second

    asked, passed, states = Asked(), [0.0], [7]
    assert asyncio.run(ask()) == b"padi%d" % given
    assert asked.times == made


def test_next_who_asks_is_given_what_was_made_meanwhile() -> None:
    async def ask() -> list[bytes]:
        app = again(asked, lambda: time.monotonic() + passed[-1])
        found = [await get(app)]
        passed.append(MAX_AGE + 1)
        found += await asyncio.gather(*(get(app) for _ in range(3)))
        while asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.sleep(0.01)
        return [*found, await get(app)]

    asked, passed = Asked(), [0.0]
    assert asyncio.run(ask()) == [b"padi1"] * 4 + [b"padi2"]


def test_state_of_an_archive_is_another_after_each_write(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
        state = state_of(lambda: shelf.archive.path)
        before = state()
        assert state() == before
        shelf.put("padi", "Petani memanen padi lagi.")
        assert state() != before
