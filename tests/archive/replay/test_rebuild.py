"""An archive built again from its WARC files alone: equal, ready for the next crawl, and as whole as the files are."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.warc.owner import warc_folder
from archive.warc.writer import WarcWriter
from kickcrawl import CHECKOUT
from spiders.cli import main
from tests.newsroom import Newsroom, serve
from tests.support.crawling import crawl, rows, value

pytestmark = pytest.mark.crawl
SUITES = CHECKOUT.parent / "shared" / "data" / "suites"
# What is not in the WARC files: when a seed last named an article, the internal row number, and in which order stories
# were read side by side, which the chain and the numbers of the stories tell.
OTHERWISE = {
    "outlets": {"readers"},
    "articles": {"key", "last_seen_at"},
    "runs": {"chain_head"},
    "story_members": {"story_id"},
}
TABLES = {
    "articles": "id", "revisions": "article_id, number", "article_urls": "url", "rejections": "url, rejected_at",
    "captures": "id", "records": "file, offset", "runs": "id", "outlets": "slug", "story_members": "article_id",
}  # fmt: skip


def rebuild(source: Path, new: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["rebuild", "--from", str(source), str(new), *words])


def rebuild_hurt(old: Path, folder: Path, offset: int, size: int) -> tuple[Result, Path]:
    """Build an archive from the file of *old* with a flipped byte in the middle of the record there."""
    shutil.copytree(warc_folder(old), folder / "rusak")
    [file] = (folder / "rusak").iterdir()
    data = bytearray(file.read_bytes())
    data[offset + size // 2] ^= 0xFF
    file.write_bytes(data)
    new = folder / "baru" / "archive.db"
    return rebuild(folder / "rusak", new), new


def content(archive: Path, table: str, columns: str = "*") -> list[dict[str, object]]:
    left_out = OTHERWISE.get(table, set())
    found = rows(archive, f"SELECT {columns} FROM {table} ORDER BY {TABLES[table]}")
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


def test_rebuilt_stories_have_the_same_members(crawled: tuple[Path, Path]) -> None:
    old, new = ({frozenset(ids.split()) for ids in together(archive)} for archive in crawled)
    assert new == old != set()


def together(archive: Path) -> list[str]:
    return [
        row["ids"]
        for row in rows(archive, "SELECT group_concat(article_id, ' ') AS ids FROM story_members GROUP BY story_id")
    ]


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


@pytest.mark.slow
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


def test_original_whose_revisits_lost_their_body_is_named_for_each(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = crawled
    told = "SELECT o.*, count(*) AS times FROM captures c JOIN captures o ON o.id = c.original_id GROUP BY o.id"
    held = rows(old, f"{told} HAVING max(c.url) = o.url AND min(c.url) = o.url")[0]
    done, new = rebuild_hurt(old, tmp_path, held["offset"], held["size"])
    assert done.exit_code == 1
    assert done.stderr.count(f"a revisit of {held['url']}") == held["times"]
    assert content(new, "articles", "id, title, text") == content(old, "articles", "id, title, text")


@pytest.mark.parametrize("run", [1, *(pytest.param(run, marks=pytest.mark.slow) for run in (2, 3))])
def test_run_whose_beginning_is_damaged_is_read_all_the_same(
    crawled: tuple[Path, Path], tmp_path: Path, run: int
) -> None:
    old, _ = crawled
    first = rows(old, "SELECT * FROM records WHERE run_id = :run ORDER BY offset LIMIT 1", run=run)[0]
    done, new = rebuild_hurt(old, tmp_path, first["offset"], first["size"])
    assert (done.exit_code, f"byte {first['offset']}" in done.stderr) == (1, True)
    assert content(new, "articles") == content(old, "articles")
    assert content(new, "revisions") == content(old, "revisions")
    assert value(new, "SELECT count(*) FROM runs") == 3


def test_story_whose_request_is_damaged_is_read_from_its_page(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = crawled
    told = "SELECT c.offset + c.size AS offset, a.id FROM articles a JOIN captures c ON c.id = a.capture_id "
    hurt = rows(old, f"{told} WHERE a.revision = 1 ORDER BY a.id LIMIT 1")[0]
    done, new = rebuild_hurt(old, tmp_path, hurt["offset"], 400)
    assert (done.exit_code, f"byte {hurt['offset']}" in done.stderr) == (1, True)
    assert content(new, "articles", "id, title, text") == content(old, "articles", "id, title, text")
    assert content(new, "rejections") == content(old, "rejections")


@pytest.mark.parametrize("is_packed", [True, False], ids=["compressed as a whole", "not compressed"])
def test_file_that_is_not_compressed_by_the_record_is_written_so(
    crawled: tuple[Path, Path], tmp_path: Path, is_packed: bool
) -> None:
    old, _ = crawled
    [file] = warc_folder(old).iterdir()
    plain = gzip.decompress(file.read_bytes())
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / (file.name if is_packed else file.stem)).write_bytes(
        gzip.compress(plain) if is_packed else plain
    )
    new = tmp_path / "baru" / "archive.db"
    assert rebuild(tmp_path / "lain", new).exit_code == 0
    assert content(new, "articles") == content(old, "articles")
    assert [found.name for found in warc_folder(new).iterdir()] == [file.name]
    assert CliRunner().invoke(main, ["verify", "--archive", str(new)]).exit_code == 0


def test_nothing_is_stored_of_what_was_taken_down(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = crawled
    shutil.copytree(warc_folder(old), tmp_path / "warc")
    (tmp_path / "archive.db").write_bytes(old.read_bytes())
    here, new = ["--archive", str(tmp_path / "archive.db")], tmp_path / "baru" / "archive.db"
    name = value(old, "SELECT article_id FROM revisions WHERE number > 1 ORDER BY article_id LIMIT 1")
    done = CliRunner().invoke(main, ["takedown", name, "--reason", "permintaan keluarga", "--yes", *here])
    assert done.exit_code == 0, done.output
    built = rebuild(tmp_path / "warc", new)
    assert built.exit_code == 0, built.output
    left = content(tmp_path / "archive.db", "articles", "id, title, text")
    assert name not in [row["id"] for row in left]
    # A page that prints words of it is emptied with it: its article stays where it is, and cannot be built again.
    assert [row for row in content(new, "articles", "id, title, text") if row not in left] == []
    assert value(new, "SELECT count(*) FROM takedowns") == 1
    assert value(new, "SELECT count(*) FROM runs") == 3
    verified = CliRunner().invoke(main, ["verify", "--archive", str(new)])
    assert verified.exit_code == 0, verified.output


def test_files_of_others_are_named_and_left_where_they_are(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = crawled
    shutil.copytree(warc_folder(old), tmp_path / "campur")
    info = {"software": "lain", "kickcrawl-run": "{", "kickcrawl-outlet": "?"}
    WarcWriter(tmp_path / "campur", "orang", info).close()
    (tmp_path / "campur" / "lama.arc").write_bytes(b"filedesc://lama.arc 0.0.0.0 20050101000000 text/plain 2\n1\n")
    new = tmp_path / "baru" / "archive.db"
    done = rebuild(tmp_path / "campur", new)
    assert done.exit_code == 0, done.output
    assert "lama.arc: an ARC file; only WARC is read" in done.stderr
    assert "no run of kickcrawl's is in it" in done.stderr
    assert len(list(warc_folder(new).iterdir())) == 1
    assert content(new, "articles") == content(old, "articles")


def test_files_that_hold_no_run_make_no_archive(tmp_path: Path) -> None:
    (tmp_path / "rusak.warc.gz").write_bytes(b"bukan WARC")
    done = rebuild(tmp_path / "rusak.warc.gz", tmp_path / "baru.db")
    assert done.exit_code == 1
    assert f"holds no run of kickcrawl's; {tmp_path / 'baru.db'} was not made" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["rusak.warc.gz"]


@pytest.mark.slow
def test_crawl_of_a_rebuilt_archive_leaves_the_old_ones_files_alone(tmp_path: Path) -> None:
    with serve(seed=94, articles=15) as site:
        run(tmp_path / "archive.db", site)
        [file] = (tmp_path / "warc").iterdir()
        before = file.read_bytes()
        new = tmp_path / "baru" / "archive.db"
        assert rebuild(tmp_path / "warc", new).exit_code == 0
        assert (warc_folder(new) / file.name).samefile(file)
        run(new, site)
    assert file.read_bytes() == before
    assert CliRunner().invoke(main, ["verify", "--archive", str(new)]).exit_code == 0


@pytest.mark.slow
def test_takedown_in_a_rebuilt_archive_leaves_the_old_ones_files_alone(
    crawled: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = crawled[0], tmp_path / "archive.db"
    before = {file: file.read_bytes() for file in warc_folder(old).iterdir()}
    assert rebuild(warc_folder(old), new).exit_code == 0
    name = value(new, "SELECT id FROM articles LIMIT 1")
    command = ["takedown", name, "--archive", str(new), "--reason", "uji", "--yes"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert {file: file.read_bytes() for file in warc_folder(old).iterdir()} == before
    assert CliRunner().invoke(main, ["verify", "--archive", str(new)]).exit_code == 0


@pytest.mark.slow
@pytest.mark.slow
def test_sites_without_files_crawled_side_by_side_come_out_equal_and_read_the_same(tmp_path: Path) -> None:
    path, new = tmp_path / "archive.db", tmp_path / "baru" / "archive.db"
    with serve(seed=95, articles=25) as one, serve(seed=96, articles=25) as other:
        done = crawl(path, spider="news", arguments={"url": f"{one.base},{other.base}"})
        assert done.status == 0, done.err
    assert rebuild(tmp_path / "warc", new).exit_code == 0
    inner = {"capture_id", "id", "original_id"}  # numbered run by run, where the crawl took turns
    for table in ("articles", "revisions", "outlets", "captures", "records", "article_urls"):
        order = "file, offset" if table == "captures" else TABLES[table]
        states = [
            [
                {name: told for name, told in row.items() if name not in inner | OTHERWISE.get(table, set())}
                for row in rows(archive, f"SELECT * FROM {table} ORDER BY {order}")
            ]
            for archive in (path, new)
        ]
        assert states[0] == states[1], table
    done = CliRunner().invoke(main, ["reextract", "--dry-run", "--json", "--archive", str(path)])
    assert [tally["fields"] for tally in json.loads(done.stdout).values()] == [{}, {}]


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
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert "holds no run of kickcrawl's" in done.stderr
    report = json.loads(done.stdout)
    assert report["records"] > 0
    assert report["articles"] == 0
