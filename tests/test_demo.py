"""`make demo` and `make serve`: what a newcomer sees first explains itself, and the examples that follow work."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.database import open_archive
from kickcrawl import CHECKOUT
from tests.demo import ARTICLES, edits_in_words, posts_in_words
from tests.newsroom import serve
from tests.show import chosen
from tests.support.storing import id_of, shelf_in


def a_full_one(file: Path) -> None:
    with shelf_in(file.parent) as shelf:
        shelf.put("padi", "Petani memanen padi.")


def one_without_articles(file: Path) -> None:
    open_archive(file, create=True).close()


def an_empty_file(file: Path) -> None:
    file.touch()


def no_file(file: Path) -> None:
    assert not file.exists()


def no_archive(file: Path) -> None:
    file.write_text("Catatan rapat redaksi.")


@pytest.mark.parametrize(
    ("own", "demo", "is_demo_shown", "state"),
    [
        (a_full_one, a_full_one, False, None),
        (no_file, a_full_one, True, "is not there yet"),
        (an_empty_file, a_full_one, True, "holds no articles yet"),
        (one_without_articles, a_full_one, True, "holds no articles yet"),
        (no_archive, a_full_one, False, None),  # serve says what is wrong with it
        (no_file, no_file, False, None),
        (one_without_articles, one_without_articles, False, None),
    ],
)
def test_serve_shows_the_demo_and_says_so_before_anything_was_crawled(
    tmp_path: Path, own: Callable[[Path], None], demo: Callable[[Path], None], is_demo_shown: bool, state: str | None
) -> None:
    files = [tmp_path / name / "archive.db" for name in ("sendiri", "contoh")]
    for file, make in zip(files, (own, demo), strict=True):
        file.parent.mkdir()
        make(file)
    shown, why = chosen(*files)
    assert shown == files[is_demo_shown]
    assert (why is None) is not is_demo_shown
    if state:
        assert why == f"{files[0]} {state} (scrapy crawl kicknews fills it), so that this is the demo: {files[1]}"


def test_the_demos_figures_explain_themselves() -> None:
    with serve(seed=7, articles=ARTICLES) as site:
        posts = posts_in_words(site.truth())
        edits = edits_in_words(site.modify(6))
    total, published, *hidden = map(int, re.findall(r"\d+", posts))
    assert (total, published) == (ARTICLES, 100)
    assert published + sum(hidden) == total
    assert "6 behind a password" in posts
    assert "edits 6 articles (1 of them in its address or time alone)" in edits


def test_the_readmes_example_of_a_day_works(tmp_path: Path) -> None:
    a_full_one(tmp_path / "archive.db")
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"\.venv/bin/(kickcrawl show ID --on \S+)", readme)
    command = f"{Path(sys.executable).parent}/{example.replace('ID', id_of('padi'))}"
    done = subprocess.run(
        ["bash", "-c", command], env={"KICKCRAWL_ARCHIVE": str(tmp_path / "archive.db"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "Petani memanen padi." in done.stdout
