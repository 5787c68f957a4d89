"""The forked commands of tests.support.preloaded are what `scrapy` is: their ends, and what happens to endless ones."""

import subprocess
import threading
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.support.crawling import KICKCRAWL, PRELOADED, SCRAPY, crawl
from tests.support.scripted import Answer, newsroom, scripted, story

pytestmark = pytest.mark.crawl


@pytest.mark.parametrize("command", [[str(SCRAPY), "crawl", "koran-pagi"], [str(KICKCRAWL), "add", "koran-pagi"]])
def test_command_ends_as_in_a_python_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("KICKCRAWL_ARCHIVE", str(tmp_path / "archive.db"))
    real = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False)
    forked = PRELOADED.run(command, timeout=120)
    assert (forked.returncode, forked.stdout) == (real.returncode, real.stdout) == (2, "")
    assert forked.stderr.splitlines()[-1] == real.stderr.splitlines()[-1]  # before it: when it started


@pytest.mark.slow
def test_command_that_does_not_end_is_killed_and_the_next_one_runs(tmp_path: Path) -> None:
    asked, over = threading.Event(), threading.Event()

    def slow(path: str, _turn: int) -> Answer | None:
        if path != "/robots.txt" or over.is_set():
            return None
        asked.set()
        over.wait(60)
        return Answer("", 404)

    stories = dict.fromkeys(("/cerita-panen", "/cerita-pasar"), lambda _turn: story("Cerita panen bawang"))
    with scripted(newsroom(stories, slow)) as site:
        with pytest.raises(TimeoutError):
            crawl(tmp_path / "a.db", site.base, timeout=5)
        assert asked.is_set()
        over.set()
        done = crawl(tmp_path / "a.db", site.base)
    assert done.status == 0, done.err
