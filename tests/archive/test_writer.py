"""The writer: calls run one after the other on a thread of their own, and the last user closes the archive."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Archive
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.errors import ArchiveError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    yield acquire_writer(path)
    release_writer(path)


def test_calls_run_in_their_order_on_one_thread_that_is_not_the_loops(writer: Writer) -> None:
    ran: list[int] = []
    threads: set[int] = set()
    all_asked = threading.Event()

    def note(archive: Archive, number: int) -> int:
        if number == 0:
            all_asked.wait(timeout=90)  # on a second thread, the others would overtake it
        ran.append(number)
        threads.add(threading.get_ident())
        return number * 2

    async def ask() -> list[int]:
        calls = [asyncio.ensure_future(writer(note, number)) for number in range(10)]
        await asyncio.sleep(0)  # one turn of the loop: all of them are asked for
        all_asked.set()
        return await asyncio.gather(*calls)

    assert asyncio.run(ask()) == [number * 2 for number in range(10)]
    assert ran == list(range(10))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_loop_goes_on_while_the_archive_waits(writer: Writer) -> None:
    released = threading.Event()

    async def ask() -> bool:
        waiting = asyncio.ensure_future(writer(lambda archive: released.wait(timeout=90)))
        await asyncio.sleep(0)  # the loop turns while the call hangs
        released.set()
        return await waiting

    assert asyncio.run(ask()) is True


def test_error_reaches_who_asked_and_the_next_call_is_served(writer: Writer) -> None:
    async def ask() -> object:
        with pytest.raises(ArchiveError, match="tidak_ada"):
            await writer(Archive.value, "SELECT 1 FROM tidak_ada")
        return await writer(Archive.value, "SELECT 17")

    assert asyncio.run(ask()) == 17


def test_one_path_has_one_writer_until_the_last_user_gives_it_back(path: Path) -> None:
    first = acquire_writer(path)
    second = acquire_writer(path.parent / ".." / path.parent.name / path.name)
    other = acquire_writer(path.with_name("lain.db"))
    try:
        assert second is first
        assert other is not first
    finally:
        release_writer(path.with_name("lain.db"))
        release_writer(path)
    assert first.archive.value("SELECT 17") == 17  # one user is left
    release_writer(path)
    with pytest.raises(ArchiveError, match="closed"):
        first.archive.value("SELECT 17")


def test_path_has_a_new_writer_after_the_last_was_given_back(path: Path) -> None:
    first = acquire_writer(path)
    release_writer(path)
    second = acquire_writer(path)
    try:
        assert second is not first
        assert second.archive.value("SELECT 17") == 17
    finally:
        release_writer(path)


def test_closing_finishes_what_is_waiting(path: Path) -> None:
    writer = acquire_writer(path)
    begun, may_end = threading.Event(), threading.Event()

    def hang(archive: Archive) -> bool:
        begun.set()
        return may_end.wait(timeout=90)

    async def ask() -> list[object]:
        calls = [asyncio.ensure_future(call) for call in (writer(hang), writer(Archive.value, "SELECT 17"))]
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 30)
        threading.Thread(target=may_end.set).start()
        release_writer(path)
        return await asyncio.gather(*calls)

    assert asyncio.run(ask()) == [True, 17]


def test_archive_that_cannot_be_opened_leaves_no_writer_behind(path: Path) -> None:
    path.write_text("Catatan rapat redaksi.\n" * 40)
    with pytest.raises(ArchiveError, match="no SQLite database"):
        acquire_writer(path)
    path.unlink()
    writer = acquire_writer(path)
    assert writer.archive.value("SELECT count(*) FROM runs") == 0
    release_writer(path)
