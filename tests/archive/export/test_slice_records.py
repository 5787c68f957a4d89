"""A slice with its WARC records verifies by itself, replays, and is read from Python as it was fetched."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import open_archive
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError
from spiders.cli import main
from tests.newsroom import serve
from tests.support.captured import check_captures, warc_files, warcio_check
from tests.support.crawling import crawl, rows

pytestmark = pytest.mark.crawl


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with serve(seed=42, articles=25) as site:
        assert crawl(archive, site.base).status == 0
        site.modify(4)
        assert crawl(archive, site.base).status == 0
    return archive


def run(*words: object) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


def months(archive: Path) -> list[str]:
    return [row["month"] for row in rows(archive, "SELECT DISTINCT substr(published_at, 1, 7) AS month FROM articles")]


@pytest.mark.slow
def test_slice_with_records_stands_alone(crawled: Path, tmp_path: Path) -> None:
    day = f"{sorted(months(crawled))[-3]}-01"
    away = tmp_path / "jauh"
    away.mkdir()
    run("export", "--to", away / "potongan.db", "--since", day, "--captures", "--archive", crawled)
    told = run("verify", "--archive", away / "potongan.db").output
    assert "not part of it" not in told
    check_captures(away / "potongan.db")
    warcio_check(*warc_files(away / "potongan.db"))
    here, there = (len(rows(path, "SELECT id FROM captures")) for path in (away / "potongan.db", crawled))
    assert 0 < here < there
    size = sum(path.stat().st_size for path in warc_files(away / "potongan.db"))
    assert size < sum(path.stat().st_size for path in warc_files(crawled))
    files = json.loads((away / "potongan.db.datasheet.json").read_text())["files"]
    assert [file["name"].partition("/")[0] for file in files] == ["potongan.db", "potongan.warc"]
    run("export", "--to", away / "ulang.wacz", "--archive", away / "potongan.db")


def test_record_that_is_damaged_later_is_noticed(crawled: Path, tmp_path: Path) -> None:
    run("export", "--to", tmp_path / "a.db", "--captures", "--archive", crawled)
    file = warc_files(tmp_path / "a.db")[0]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert CliRunner().invoke(main, ["verify", "--archive", str(tmp_path / "a.db")]).exit_code == 1


def test_slice_of_all_leaves_out_no_capture(crawled: Path, tmp_path: Path) -> None:
    run("export", "--to", tmp_path / "semua.db", "--captures", "--archive", crawled)
    wanted = rows(crawled, "SELECT url, digest, record_digest FROM captures ORDER BY id")
    assert rows(tmp_path / "semua.db", "SELECT url, digest, record_digest FROM captures ORDER BY id") == wanted


def test_takedown_in_the_source_leaves_a_tombstone_in_the_slice(crawled: Path, tmp_path: Path) -> None:
    source = tmp_path / "sumber" / "archive.db"
    shutil.copytree(crawled.parent / "warc", source.parent / "warc")
    with closing(sqlite3.connect(crawled)) as one, closing(sqlite3.connect(source)) as copy:
        one.backup(copy)
    [article] = rows(source, "SELECT id, title FROM articles WHERE revision > 1 ORDER BY id LIMIT 1")
    run("takedown", article["id"], "--reason", "uji", "--yes", "--archive", source)
    run("export", "--to", tmp_path / "a.db", "--captures", "--archive", source)
    run("verify", "--archive", tmp_path / "a.db")
    assert "was taken down" in run("show", article["id"], "--archive", tmp_path / "a.db").output


def test_python_reads_pages_as_they_were_fetched(crawled: Path) -> None:
    with open_archive(crawled) as archive:
        article = next(iter(archive.articles(order="newest", limit=1)))
        page = archive.read_capture(article)
        assert (page.url, page.status, page.is_built) == (article["url"], 200, False)
        assert article["title"].split()[0].encode() in page.decoded
        for revision in archive.revisions():
            assert archive.read_capture(revision).decoded
        for capture in archive.captures():
            assert len(archive.read_capture(capture).body) == capture["length"]
    folder = warc_folder(crawled)
    folder.rename(folder.with_name("away"))
    try:
        with open_archive(crawled) as archive, pytest.raises(ArchiveError):
            archive.read_capture(article)
    finally:
        folder.with_name("away").rename(folder)
