"""An archive built again from its WARC files alone: equal, ready for the next crawl, and as whole as the files are."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.captures import warc_folder
from kickcrawl import CHECKOUT
from spiders.cli import main
from tests.crawling import crawl, rows, value
from tests.newsroom import Newsroom, serve

pytestmark = pytest.mark.crawl
SUITES = CHECKOUT.parent / "shared" / "data" / "suites"
# What is not in the WARC files: when a seed last named an article, the internal row number, and in which order stories
# were read side by side, which the chain tells.
OTHERWISE = {"articles": {"key", "last_seen_at"}, "runs": {"chain_head"}}
TABLES = {
    "articles": "id", "revisions": "article_id, number", "article_urls": "url", "rejections": "url, rejected_at",
    "captures": "id", "records": "file, offset", "runs": "id", "outlets": "slug", "story_members": "article_id",
}  # fmt: skip


def rebuild(source: Path, new: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["rebuild", "--from", str(source), str(new), *words])


def content(archive: Path, table: str) -> list[dict[str, object]]:
    left_out = OTHERWISE.get(table, set())
    found = rows(archive, f"SELECT * FROM {table} ORDER BY {TABLES[table]}")
    return [{name: value for name, value in row.items() if name not in left_out} for row in found]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive after three crawls with edits, reprints and withdrawals between them, and one built from its files."""
    path = tmp_path_factory.mktemp("asal") / "archive.db"
    with serve(seed=92, articles=60) as site:
        site.switch(gzip=True)
        run(path, site)
        site.modify(8)
        site.reprint(2)
        site.trash(2)
        run(path, site)
        site.switch(gone=301, rest="404", feed="404", sitemap="seo")
        site.modify(4)
        site.trash(1)
        run(path, site)
    new = tmp_path_factory.mktemp("baru") / "archive.db"
    done = rebuild(warc_folder(path), new)
    assert done.exit_code == 0, done.output
    return path, new


def run(path: Path, site: Newsroom) -> None:
    done = crawl(path, site.base)
    assert done.status == 0, done.err


@pytest.mark.parametrize("table", TABLES)
def test_rebuilt_archive_is_equal(crawled: tuple[Path, Path], table: str) -> None:
    old, new = crawled
    assert content(new, table) == content(old, table)
    assert content(old, table) or table == "rejections"


def test_it_covers_what_matters(crawled: tuple[Path, Path]) -> None:
    old, _ = crawled
    assert value(old, "SELECT count(*) FROM revisions WHERE number > 1") >= 5
    assert value(old, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == 3
    assert value(old, "SELECT count(*) FROM captures WHERE status = 301") > 0
    assert value(old, "SELECT count(*) FROM captures WHERE original_id IS NOT NULL") > 0


def test_rebuilt_archive_is_searched_and_verified_as_the_old_one(crawled: tuple[Path, Path]) -> None:
    def hits(archive: Path) -> list[str]:
        done = CliRunner().invoke(main, ["search", "warga", "--json", "--limit", "50", "--archive", str(archive)])
        return sorted(hit["id"] for hit in json.loads(done.stdout))

    old, new = crawled
    assert hits(new) == hits(old) != []
    for archive in crawled:
        done = CliRunner().invoke(main, ["verify", "--archive", str(archive)])
        assert done.exit_code == 0, done.output


def test_next_crawl_of_a_rebuilt_archive_fetches_no_article_again(tmp_path: Path) -> None:
    with serve(seed=93, articles=30) as site:
        run(tmp_path / "archive.db", site)
        new = tmp_path / "baru" / "archive.db"
        assert rebuild(tmp_path / "warc", new).exit_code == 0
        site.clear_hits()
        run(new, site)
        posts = {post["url"].removeprefix(site.base) for post in site.truth()}
        assert not [hit.path for hit in site.hits if hit.path in posts]


def test_damage_is_named_and_everything_whole_is_read(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = crawled
    shutil.copytree(warc_folder(old), tmp_path / "rusak")
    [file] = (tmp_path / "rusak").iterdir()
    hurt = rows(old, "SELECT * FROM captures WHERE id = (SELECT capture_id FROM articles WHERE revision = 1)")[0]
    data = bytearray(file.read_bytes())
    data[hurt["offset"] + hurt["size"] // 2] ^= 0xFF
    file.write_bytes(data[:-40])
    new = tmp_path / "baru" / "archive.db"
    done = rebuild(tmp_path / "rusak", new)
    assert done.exit_code == 1
    assert f"byte {hurt['offset']}" in done.stderr
    assert "in the middle of a record" in done.stderr
    articles = value(old, "SELECT count(*) FROM articles")
    assert value(new, "SELECT count(*) FROM articles") in (articles, articles - 1)


def test_new_archive_is_never_written_over_an_old_one_or_half(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("catatan")
    done = rebuild(tmp_path, tmp_path / "archive.db")
    assert (done.exit_code, "is there already" in done.stderr) == (2, True)
    assert (tmp_path / "archive.db").read_text() == "catatan"
    empty = rebuild(tmp_path, tmp_path / "baru.db")
    assert (empty.exit_code, "no WARC files are here" in empty.stderr) == (2, True)
    assert not (tmp_path / "baru.db").exists()


@pytest.mark.skipif(not SUITES.is_dir(), reason="the public suites of WARC files are not here")
@pytest.mark.parametrize("suite", ["warcio", "jwarc"])
def test_damaged_files_of_public_suites_are_read_without_a_crash(tmp_path: Path, suite: str) -> None:
    done = rebuild(SUITES / suite, tmp_path / "baru" / "archive.db", "--json")
    assert done.exit_code in (0, 1), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    report = json.loads(done.stdout)
    assert report["records"] > 0
    assert report["articles"] == 0
    assert (done.exit_code == 1) == bool(report["damage"])
