"""Processes that the kernel kills when memory runs out, workers or their fork server: no page is lost or waits on.

Pages say what reading them does: ``<what> <folder> <name>``. A worker notes there which page it reads.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.workers import pool as pools
from kickcrawl.workers.workers import MAX_TRIES, Workers

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
BIG = 200_000  # bytes: more than a pipe holds


class Noticed(bytes):
    """The body of a page that says when it is on its way to a worker."""

    on_its_way = threading.Event()

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        self.on_its_way.set()
        return bytes, (bytes(self),)


# Stands at module level: workers import it by its name.
def read_as_told(page: Page) -> Article | Rejection:
    what, folder, name, *_ = page.sources[0].body.decode().split()
    with (Path(folder) / name).open("a") as notes:
        notes.write(f"{os.getpid()}\n")
    tries = len((Path(folder) / name).read_text().splitlines())
    if what == "tunggu":
        wait_for(lambda: (Path(folder) / "terbuka").exists())
    while what == "selamanya":
        pass
    if what == "mati" or (what == "mati-sekali" and tries == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "keluar":
        os._exit(255)
    return Article(url=page.requested_url, title=name, text=f"{os.getppid()} {os.getpid()}")


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


class Newsroom:
    """A pool that reads pages as they tell it."""

    def __init__(self, workers: Workers, folder: Path) -> None:
        self._workers, self._folder = workers, folder

    async def read(self, what: str, name: str = "halaman", size: int = 0) -> Article | Rejection:
        body = Noticed(f"{what} {self._folder} {name} ".encode() + b"x" * size)
        url = f"https://warta.example/{name}"
        page = Page(requested_url=url, sources=(PageSource(url=url, body=body),), site=SITE)
        return (await self._workers.read(page)).read

    def read_many(self, what: str, count: int, size: int = 0) -> list[asyncio.Task[Article | Rejection]]:
        return [asyncio.create_task(self.read(what, f"{what}-{number}", size)) for number in range(count)]

    async def processes(self) -> tuple[int, int]:
        """Return the pool's fork server and one of its workers, which is idle again."""
        found = await self.read("baca", "pertama")
        assert isinstance(found, Article), found
        server, worker = found.text.split()
        return int(server), int(worker)

    async def until_read(self, *names: str, count: int = 1) -> list[int]:
        """Wait until workers read *count* of the pages named so; return the workers."""

        def readers() -> list[int]:
            notes = [self._folder / name for name in names]
            return [int(note.read_text().split()[0]) for note in notes if note.exists() and note.read_text()]

        await asyncio.to_thread(wait_for, lambda: len(readers()) >= count)
        return readers()

    def tries(self, name: str) -> int:
        return len((self._folder / name).read_text().splitlines())

    def open_gate(self) -> None:
        (self._folder / "terbuka").touch()


def run(
    folder: Path, tell: Callable[[Newsroom], Coroutine[Any, Any, None]], processes: int = 2, time_limit: float = 10
) -> None:
    workers = Workers(f"{__name__}:{read_as_told.__name__}", processes=processes, time_limit=time_limit)
    Noticed.on_its_way.clear()
    try:
        asyncio.run(asyncio.wait_for(tell(Newsroom(workers, folder)), timeout=240))
    finally:
        workers.close()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        # In a container nobody may fetch what an orphan leaves behind.
        stat = Path(f"/proc/{process}/stat").read_text() if Path("/proc/self/stat").exists() else ""
    except (ProcessLookupError, FileNotFoundError):
        return False
    return not stat or stat.rpartition(")")[2].split()[0] != "Z"


async def gone(process: int) -> None:
    await asyncio.to_thread(wait_for, lambda: not is_running(process))


def assert_read(found: list[Article | Rejection]) -> None:
    assert [one for one in found if not isinstance(one, Article)] == []


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """Have *process* stand still; whoever was to kill it has done so at the end."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        if is_running(process):
            os.kill(process, signal.SIGCONT)


def test_all_pages_are_read_whose_fork_server_is_killed_and_its_workers_end(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        server, _ = await room.processes()
        pages = room.read_many("tunggu", 20)
        old = await room.until_read(*(f"tunggu-{number}" for number in range(20)), count=2)
        os.kill(server, signal.SIGKILL)
        for worker in old:
            await gone(worker)
        room.open_gate()
        assert_read(await asyncio.gather(*pages))

    run(tmp_path, tell)


def test_pages_are_read_after_the_fork_server_of_an_idle_pool_was_killed(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        server, worker = await room.processes()
        os.kill(server, signal.SIGKILL)
        await gone(server)
        assert_read(await asyncio.gather(*room.read_many("baca", 10)))
        await gone(worker)

    run(tmp_path, tell)


@pytest.mark.parametrize("size", [0, BIG], ids=["small", "big"])
@pytest.mark.parametrize("processes", [1, 2])
def test_pages_are_read_after_an_idle_worker_was_killed(tmp_path: Path, size: int, processes: int) -> None:
    async def tell(room: Newsroom) -> None:
        _, worker = await room.processes()
        os.kill(worker, signal.SIGKILL)
        await gone(worker)
        assert_read(await asyncio.gather(*room.read_many("baca", 10, size)))

    run(tmp_path, tell, processes)


def test_no_big_page_waits_for_ever_that_stood_in_the_queue_of_a_killed_worker(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        _, worker = await room.processes()
        with stopped(worker):
            Noticed.on_its_way.clear()
            pages = room.read_many("baca", 20, BIG)
            await asyncio.to_thread(Noticed.on_its_way.wait, 20)
            os.kill(worker, signal.SIGKILL)
            assert_read(await asyncio.gather(*pages))

    run(tmp_path, tell, processes=1)


@pytest.mark.slow
def test_page_that_takes_forever_ends_though_its_fork_server_was_killed(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        server, _ = await room.processes()
        page = asyncio.create_task(room.read("selamanya", "lama"))
        [worker] = await room.until_read("lama")
        os.kill(server, signal.SIGKILL)
        await gone(worker)
        found = await page
        assert isinstance(found, Rejection)
        assert found.reason == "timeout"

    run(tmp_path, tell, time_limit=3)


def test_page_whose_worker_was_killed_once_is_read(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        assert_read([await room.read("mati-sekali", "sekali")])
        assert room.tries("sekali") == 2

    run(tmp_path, tell)


@pytest.mark.parametrize(("what", "code"), [("mati", -9), ("keluar", 255)])
def test_page_that_kills_its_worker_is_given_up_after_two_more_tries_and_all_others_are_read(
    tmp_path: Path, what: str, code: int
) -> None:
    async def tell(room: Newsroom) -> None:
        pages = room.read_many("baca", 10)
        dead = await room.read(what, "pembunuh")
        assert dead == Rejection(reason="worker-died", detail=f"its worker ended with code {code}")
        assert room.tries("pembunuh") == MAX_TRIES == 3
        assert_read(await asyncio.gather(*pages))

    run(tmp_path, tell)


@pytest.mark.slow
def test_pool_that_stands_still_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def tell(room: Newsroom) -> None:
        _, worker = await room.processes()
        with stopped(worker):
            assert_read(await asyncio.gather(*room.read_many("baca", 3)))
            await gone(worker)

    monkeypatch.setattr(pools, "MAX_STALL", 4.0)
    run(tmp_path, tell, processes=1, time_limit=1)


def test_page_is_given_up_whose_pool_is_closed(tmp_path: Path) -> None:
    async def tell(room: Newsroom) -> None:
        page = asyncio.create_task(room.read("tunggu", "terlambat"))
        await room.until_read("terlambat")
        await asyncio.to_thread(room._workers.close)
        found = await page
        assert isinstance(found, Rejection)
        assert found.reason == "worker-died"

    run(tmp_path, tell)
