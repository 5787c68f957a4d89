"""Worker processes: a page that takes too long or kills its reader is given up, and the next one is still read."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kickcrawl import CHECKOUT
from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.workers.workers import Workers, in_order

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
GOOD = b"Panen raya"


def page(body: bytes) -> Page:
    url = "https://warta.example/panen"
    return Page(requested_url=url, sources=(PageSource(url=url, body=body),), site=SITE)


# Stands at module level: workers import it by its name.
def read_or_misbehave(page: Page) -> Article | Rejection:
    body = page.sources[0].body
    while body == b"selamanya":
        pass
    if body == b"mati":
        os._exit(7)
    if body == b"rusak":
        raise ZeroDivisionError("halaman rusak")
    return Article(url=page.requested_url, title="Panen", text=f"{body.decode()} {os.getpid()}")


def loaded_modules() -> set[str]:
    return set(sys.modules)


@contextmanager
def workers(*, time_limit: float, max_idle: float = 60) -> Iterator[Workers]:
    reader = f"{__name__}:{read_or_misbehave.__name__}"
    pool = Workers(reader, processes=1, time_limit=time_limit, max_idle=max_idle)
    try:
        yield pool
    finally:
        pool.close()


def read_all(pool: Workers, *bodies: bytes) -> list[Article | Rejection]:
    async def gather() -> list[Article | Rejection]:
        return [judged.read for judged in await asyncio.gather(*(pool.read(page(body)) for body in bodies))]

    return asyncio.run(asyncio.wait_for(gather(), timeout=240))


def text(result: Article | Rejection) -> str:
    assert isinstance(result, Article), result
    return result.text


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_pages_are_read_in_another_process() -> None:
    with workers(time_limit=10) as pool:
        first, second = (text(result) for result in read_all(pool, GOOD, b"Musim tanam"))
    assert first.startswith("Panen raya ")
    assert second.startswith("Musim tanam ")
    assert first.split()[-1] != str(os.getpid())


def test_page_that_takes_forever_is_a_timeout_and_the_next_one_is_read() -> None:
    with workers(time_limit=1) as pool:
        stuck, after = read_all(pool, b"selamanya", GOOD)
    assert stuck == Rejection(reason="timeout", detail="could not be read within 1 s")
    assert text(after).startswith("Panen raya")


def test_page_that_kills_its_worker_is_rejected_and_the_next_one_is_read() -> None:
    with workers(time_limit=10) as pool:
        dead, after = read_all(pool, b"mati", GOOD)
    assert dead == Rejection(reason="worker-died", detail="its worker ended with code 7")
    assert text(after).startswith("Panen raya")


def test_error_of_the_reader_is_a_rejection_and_the_next_page_is_read() -> None:
    with workers(time_limit=10) as pool:
        broken, after = read_all(pool, b"rusak", GOOD)
    assert broken == Rejection(reason="reader-failed", detail="ZeroDivisionError: halaman rusak")
    assert text(after).startswith("Panen raya")


def test_processes_end_when_nothing_is_asked_and_the_next_page_is_read_by_another() -> None:
    async def read_twice(pool: Workers) -> tuple[str, str]:
        first = text((await pool.read(page(GOOD))).read)
        while is_alive(int(first.split()[-1])):
            await asyncio.sleep(0.01)
        return first, text((await pool.read(page(GOOD))).read)

    with workers(time_limit=10, max_idle=0) as pool:
        first, second = asyncio.run(asyncio.wait_for(read_twice(pool), timeout=60))
    assert first != second


def test_processes_stay_while_pages_come() -> None:
    async def read_three(pool: Workers) -> set[str]:
        return {text((await pool.read(page(GOOD))).read) for _ in range(3)}

    with workers(time_limit=10) as pool:
        assert len(asyncio.run(asyncio.wait_for(read_three(pool), timeout=60))) == 1


def test_new_worker_has_what_near_copies_are_found_by_from_its_fork_server() -> None:
    with workers(time_limit=10) as pool:
        assert "rensa" in asyncio.run(asyncio.wait_for(pool.call(loaded_modules), timeout=60))


PROGRAM = """
print("mulai", flush=True)
from kickcrawl.workers.workers import Workers
for _ in range(3):
    workers = Workers(processes=8)
    workers.start().result()
    workers.close()
"""


def test_pool_that_is_closed_while_its_workers_start_is_silent_and_runs_no_program_twice(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        [sys.executable, tmp_path / "program.py"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("mulai\n", "", 0)


def test_answers_come_in_the_order_of_the_questions_with_few_under_way() -> None:
    under_way: list[int] = []
    most = 0

    async def read(number: int) -> int:
        nonlocal most
        under_way.append(number)
        most = max(most, len(under_way))
        for _ in range(10 - number):  # the first take longest
            await asyncio.sleep(0)
        under_way.remove(number)
        return number * number

    async def collect() -> list[tuple[int, int]]:
        return [pair async for pair in in_order(range(10), read, ahead=3)]

    assert asyncio.run(collect()) == [(number, number * number) for number in range(10)]
    assert most == 3


def test_what_is_under_way_is_given_up_with_its_reader() -> None:
    given_up: list[int] = []

    async def read(number: int) -> int:
        try:
            await asyncio.Event().wait() if number else None
        except asyncio.CancelledError:
            given_up.append(number)
            raise
        return number

    async def take_one() -> None:
        answers = in_order(range(5), read, ahead=3)
        assert await anext(answers) == (0, 0)
        await answers.aclose()
        await asyncio.sleep(0)

    asyncio.run(take_one())
    assert given_up == [1, 2]
