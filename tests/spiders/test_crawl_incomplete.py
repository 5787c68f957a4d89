"""An article of which a further page cannot be had is stored, told as incomplete, and asked for until it is whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.doubts.incomplete import INCOMPLETE
from spiders.cli import main
from tests.support.crawling import crawl, rows, value
from tests.support.scripted import Answer, newsroom, nothing, scripted, story

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

WORDS = {
    1: "Warga Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk. " * 3,
    2: "Harga di tingkat petani naik menjadi dua puluh ribu rupiah sekilogram pada hari Senin. " * 3,
    3: "Pemerintah daerah berjanji membangun gudang sebelum musim hujan tiba di lereng itu. " * 3,
}
TITLE = "Panen bawang di {} melimpah tahun ini"
BROKEN = ("/hilang", "/galat", "/larangan")  # their second pages: 404, 503 for ever, forbidden by robots.txt


def page_of(path: str, number: int) -> Answer:
    links = "".join(f'<a class="post-page-numbers" href="{path}/{n}/">{n}</a> ' for n in (2, 3))
    shown = story(TITLE.format(path.strip("/")), WORDS[number])
    return Answer(str(shown.body).replace("</article>", f"</article><div>Halaman {links}</div>"))


def command(*given: str | Path) -> Result:
    return CliRunner().invoke(main, [str(part) for part in given])


def end_pauses(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE frontier SET due_at = '2020-01-01T00:00:00+00:00'")


def test_article_lacking_a_page_is_told_until_it_is_whole(tmp_path: Path) -> None:
    archive, new = tmp_path / "archive.db", tmp_path / "baru" / "archive.db"
    mended: set[str] = set()
    firsts: dict[str, Callable[[int], Answer]] = {
        path: lambda _turn, path=path: page_of(path, 1) for path in (*BROKEN, "/utuh")
    }

    def answer(path: str, turn: int) -> Answer | None:
        if path == "/robots.txt":
            closed = "" if "/larangan" in mended else "Disallow: /larangan/2/\n"
            return Answer(f"User-agent: *\n{closed}Allow: /\n", kind="text/plain")
        article, _, number = path.strip("/").partition("/")
        if number not in ("2", "3"):
            return nothing(path, turn)
        if number == "2" and f"/{article}" in BROKEN and f"/{article}" not in mended:
            return Answer("rusak", 503 if article == "galat" else 404)
        return page_of(f"/{article}", int(number))

    def texts(of: Path) -> dict[str, tuple[str, int]]:
        found = rows(of, "SELECT url, text, pages_missing AS lacks FROM articles")
        return {row["url"].removeprefix(site.base): (row["text"], row["lacks"]) for row in found}

    with scripted(newsroom(firsts, answer)) as site:
        lacking = ("\n\n".join(WORDS[n].strip() for n in (1, 3)), 1)
        whole = ("\n\n".join(WORDS[n].strip() for n in (1, 2, 3)), 0)
        done = crawl(archive, site.base, settings={"RETRY_TIMES": 1})
        assert done.status == 0, done.err
        assert texts(archive) == {**dict.fromkeys(BROKEN, lacking), "/utuh": whole}
        counted = value(archive, "SELECT counts FROM runs")
        assert '"incomplete": 3' in counted
        assert '"missing-pages": 3' in counted
        assert f"3 archived ({INCOMPLETE})" in command("status", "--archive", archive).output

        assert (
            "incomplete: 1 of its further pages" in command("show", f"{site.base}/hilang", "--archive", archive).output
        )

        again = len(site.asked)
        crawl(archive, site.base, settings={"RETRY_TIMES": 1})
        asked = site.paths()[again:]
        assert "/hilang/2/" in asked
        assert "/utuh" not in asked
        assert value(archive, "SELECT count(*) FROM revisions") == 4
        assert command("rebuild", "--from", tmp_path / "warc", new).exit_code == 0
        assert texts(new) == texts(archive)

        mended.update(BROKEN)
        end_pauses(archive)
        crawl(archive, site.base)
        assert texts(archive) == dict.fromkeys(firsts, whole)
        history = command("history", f"{site.base}/hilang", "--archive", archive).output
        assert "other pages: body" in history
        assert "silent edit" not in history
