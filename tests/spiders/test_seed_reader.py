"""What of a seed's answer is counted, so that later runs know which need no worker."""

import asyncio
import time
from collections import Counter
from typing import Any

import pytest
from scrapy.http import Response

from archive.seeds.read_before import HEAVY, READ
from kickcrawl.errors import HarmfulSeedError, SeedError
from spiders import seed_reader
from spiders.seed_reader import AnswerReader, read_here

NEW = Response("https://warta.example/feed/", body=b"<rss/>")  # of no request: of no capture, so read by a worker


async def no_archive(*_: Any) -> Any:
    raise AssertionError("an answer without a capture is looked for in no archive")


async def breaks(*_: Any) -> Any:
    raise HarmfulSeedError("its reader ended with code -9")


def read(function: Any, *values: Any, in_worker: Any = read_here) -> tuple[Any, Counter[str]]:
    """Return what was read, or the error, and what was counted."""
    counts: Counter[str] = Counter()
    reader = AnswerReader(write=no_archive, count=lambda name: counts.update([name]), in_worker=in_worker)  # type: ignore[arg-type]
    try:
        return asyncio.run(reader.read(NEW, function, *values)), counts
    except SeedError as error:
        return error.reason, counts


def refuse(body: bytes) -> None:
    raise SeedError("no feed")


def take_long(body: bytes) -> int:
    until = time.process_time() + 0.05
    while time.process_time() < until:
        pass
    return len(body)


def test_what_was_read_or_refused_is_counted_and_no_more() -> None:
    assert read(len, NEW.body) == (6, {READ: 1})
    assert read(refuse, NEW.body) == ("no feed", {READ: 1})


def test_what_broke_its_worker_is_heavy() -> None:
    assert read(len, NEW.body, in_worker=breaks) == ("its reader ended with code -9", {READ: 1, HEAVY: 1})


def test_what_took_long_is_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(take_long, NEW.body) == (6, {READ: 1})
    monkeypatch.setattr(seed_reader, "MAX_SECONDS_HERE", 0.01)
    assert read(take_long, NEW.body) == (6, {READ: 1, HEAVY: 1})
