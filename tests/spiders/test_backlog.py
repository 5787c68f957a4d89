"""How many pages are asked for while others are read: few, and slow hosts take nothing from the others."""

import asyncio

import pytest
from scrapy import Request
from scrapy.http import Response

from archive.frontier import Due
from spiders.backlog import Backlog

URLS = [f"https://warta.example/{number}" for number in range(8)]


def run(coroutine: object) -> object:
    return asyncio.run(asyncio.wait_for(coroutine, timeout=60))  # type: ignore[arg-type]


async def full(patience: float = 60) -> tuple[Backlog, asyncio.Event]:
    """Return a backlog of eight in which eight pages are expected, and what it sets when there may be room."""
    wake = asyncio.Event()
    backlog = Backlog(8, wake.set, patience)
    for url in URLS:
        backlog.expect(url)
    return backlog, wake


def test_there_is_room_until_as_many_are_asked_for_as_may_be_in_memory() -> None:
    async def fill() -> list[int]:
        backlog, rooms = Backlog(8, lambda: None, 60), []
        for url in URLS:
            rooms.append(backlog.room)
            backlog.expect(url)
        return [*rooms, backlog.room]

    assert run(fill()) == [8, 7, 6, 5, 4, 3, 2, 0, 0]  # a single place is not worth a query


def test_page_counts_until_it_is_resolved_however_long_that_takes() -> None:
    async def resolve() -> tuple[int, bool, int]:
        backlog, wake = await full(patience=0)
        for url in URLS:
            backlog.arrived(url)
        await asyncio.sleep(0.01)  # longer than the patience, which is for those that have not come
        before, was_woken = backlog.room, wake.is_set()
        backlog.left(URLS[0])
        backlog.left(URLS[1])
        await wake.wait()
        return before, was_woken, backlog.room

    assert run(resolve()) == (0, False, 2)


def test_page_that_is_long_in_coming_makes_room_and_counts_again_once_it_is_there() -> None:
    async def keep_waiting() -> tuple[int, int]:
        backlog, wake = await full(patience=0)
        while backlog.room < 8:
            wake.clear()
            await wake.wait()
        waited = backlog.room
        for url in URLS[:5]:
            backlog.arrived(url)
        return waited, backlog.room

    assert run(keep_waiting()) == (8, 3)


@pytest.mark.parametrize(("status", "room"), [(200, 0), (503, 2), (301, 2)])
def test_only_an_answer_that_is_a_page_is_waited_for(status: int, room: int) -> None:
    async def answer() -> int:
        backlog, _ = await full()
        for url in URLS[:2]:
            request = Request(url, cb_kwargs={"due": Due(url, (), None, None, is_known=False)})
            backlog.answered(Response(url, status=status), request)
        return backlog.room

    assert run(answer()) == room


def test_answers_to_other_requests_are_none_of_its_pages() -> None:
    async def answer() -> int:
        backlog = Backlog(8, lambda: None)
        backlog.answered(Response(URLS[0]), Request(URLS[0]))
        return backlog.room

    assert run(answer()) == 8
