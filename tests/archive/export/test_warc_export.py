"""Captures are exported as they were kept, with all that they need: requests, redirects, further pages, originals."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner, Result

from archive.warc.files import Damage, members
from archive.warc.records import Record, decode
from kickcrawl.fingerprint import bytes_digest
from spiders.cli import main
from tests.newsroom import serve
from tests.support.captured import captures, warc_files, warcio_check
from tests.support.crawling import crawl, rows

pytestmark = pytest.mark.crawl

KICKCRAWL = Path(sys.executable).parent / "kickcrawl"


@dataclass(frozen=True)
class Crawled:
    """An archive that was crawled twice: with further pages, edits, a withdrawn story's redirect, revisits."""

    archive: Path
    base: str

    def ids(self, sql: str = "1", **values: object) -> set[int]:
        found = f"SELECT c.id FROM captures c JOIN runs r ON r.id = c.run_id WHERE {sql}"
        return {row["id"] for row in rows(self.archive, found, **values)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with serve(seed=42, articles=40) as site, serve(seed=43, articles=5) as other:
        site.switch(gone=301)
        assert crawl(archive, site.base).status == 0
        site.trash(1)
        site.modify(4)
        site.switch(rest="404")
        assert crawl(archive, site.base, settings={"WARC_SIZE": 1}).status == 0
        assert crawl(archive, spider="news", arguments={"url": other.base}).status == 0
        return Crawled(archive, site.base)


def export(archive: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["export", "--archive", str(archive), *map(str, words)])


def records(warc: Path) -> Iterator[tuple[int, bytes, Record]]:
    for found in members(warc):
        assert not isinstance(found, Damage)
        yield *found, decode(found[1])


def exported(crawled: Crawled, warc: Path) -> set[int]:
    """Return the ids of the captures in *warc*, each checked to be the very bytes that the archive holds."""
    by_digest = {row["record_digest"]: row["id"] for row in captures(crawled.archive)}
    found = [data for _, data, record in records(warc) if record.kind in ("response", "revisit", "resource")]
    ids = [by_digest[bytes_digest(data)] for data in found]
    assert len(ids) == len(set(ids))
    return set(ids)


def check_whole(warc: Path) -> None:
    """Check that *warc* stands alone, and that its index points at each of its captures."""
    warcio_check(warc)
    held: dict[str, Record] = {}
    bodies, at = set(), {}
    for offset, data, record in records(warc):
        held[record.fields["WARC-Record-ID"]] = record
        if record.kind == "request":
            assert held[record.fields["WARC-Concurrent-To"]].url == record.url
        elif record.kind != "warcinfo":
            assert held[record.fields["WARC-Warcinfo-ID"]].kind == "warcinfo"
            at[offset] = len(data), record
        if record.kind == "response":
            bodies.add((record.url, record.date, record.fields["WARC-Payload-Digest"]))
    requests = [record for record in held.values() if record.kind == "request"]
    assert len(requests) == len(at)
    for _, record in at.values():
        if record.kind == "revisit":
            refers = record.fields["WARC-Refers-To-Target-URI"], record.fields["WARC-Refers-To-Date"]
            assert (refers[0], refers[1].replace("Z", "+00:00"), record.fields["WARC-Payload-Digest"]) in bodies
    lines = warc.with_name(warc.name.replace(".warc.gz", ".cdxj")).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(at)
    for line in lines:
        _, stamp, told = line.split(" ", 2)
        fields = json.loads(told)
        length, record = at[int(fields["offset"])]
        assert (int(fields["length"]), fields["url"], fields["status"]) == (length, record.url, str(record.status))
        assert fields["digest"] == record.fields["WARC-Payload-Digest"]
        assert fields["filename"] == warc.name
        assert fields["recordDigest"] == bytes_digest(warc.read_bytes()[int(fields["offset"]) :][:length])
        assert stamp == record.date[:19].translate({ord(mark): None for mark in "-:T"})
        assert (fields["mime"] == "warc/revisit") == (record.kind == "revisit")


@pytest.mark.slow
def test_everything_is_every_capture(crawled: Crawled, tmp_path: Path) -> None:
    warc = tmp_path / "semua.warc.gz"
    done = export(crawled.archive, "--warc", warc)
    assert exported(crawled, warc) == crawled.ids()
    assert done.stdout == f"{len(crawled.ids())} captures written to {warc}\n"
    check_whole(warc)
    files = ["semua.cdxj", "semua.warc.gz", "semua.warc.gz.datasheet.json", "semua.warc.gz.datasheet.md"]
    assert sorted(file.name for file in tmp_path.iterdir()) == files


def test_requests_announce_the_encodings_that_replay_tools_know(crawled: Crawled, tmp_path: Path) -> None:
    warc = tmp_path / "semua.warc.gz"
    export(crawled.archive, "--warc", warc)
    asked = [record for _, _, record in records(warc) if record.kind == "request"]
    assert {record.header("Accept-Encoding") for record in asked} == {"gzip, br"}


def test_outlet_is_all_that_it_sent(crawled: Crawled, tmp_path: Path) -> None:
    warc = tmp_path / "kicknews.warc.gz"
    export(crawled.archive, "--warc", warc, "--outlet", "kicknews")
    assert exported(crawled, warc) == crawled.ids("outlet = 'kicknews'") < crawled.ids()
    check_whole(warc)


def test_span_is_what_was_fetched_of_the_articles_published_in_it(crawled: Crawled, tmp_path: Path) -> None:
    days = [row["published_at"][:10] for row in rows(crawled.archive, "SELECT published_at FROM articles ORDER BY 1")]
    since, until = days[10], days[30]
    warc = tmp_path / "rentang.warc.gz"
    export(crawled.archive, "--warc", warc, "--since", since, "--until", until)
    inside = "SELECT id FROM articles WHERE substr(published_at, 1, 10) BETWEEN :since AND :until"
    wanted = crawled.ids(
        f"c.id IN (SELECT capture_id FROM revisions WHERE article_id IN ({inside})) "
        f"OR url IN (SELECT url FROM article_urls WHERE article_id IN ({inside}))",
        since=since, until=until,
    )  # fmt: skip
    found = exported(crawled, warc)
    assert found >= wanted
    further = {row["url"] for row in captures(crawled.archive) if row["id"] in found - wanted}
    led_to = {row["location"] for row in captures(crawled.archive) if row["id"] in found}
    assert all(url.rstrip("/").endswith(("/2", "/3", "/4")) or url in led_to for url in further)
    assert not [row for row in captures(crawled.archive) if row["id"] in found and row["url"].endswith("robots.txt")]
    check_whole(warc)


def test_further_pages_and_earlier_states_come_with_their_article(crawled: Crawled, tmp_path: Path) -> None:
    paged = rows(crawled.archive, "SELECT url FROM captures WHERE url LIKE '%/2/'")[0]["url"].removesuffix("2/")
    [article] = rows(crawled.archive, "SELECT title FROM articles WHERE url = :url", url=paged)
    warc = tmp_path / "satu.warc.gz"
    export(crawled.archive, "--warc", warc, "--search", article["title"].replace("–", " "))
    urls = {row["url"] for row in captures(crawled.archive) if row["id"] in exported(crawled, warc)}
    assert {paged, f"{paged}2/"} <= urls
    edited = rows(crawled.archive, "SELECT id, title FROM articles WHERE revision > 1")[0]
    export(crawled.archive, "--warc", warc, "--search", edited["title"].replace("–", " "))
    states = {
        row["capture_id"] for row in rows(crawled.archive, "SELECT * FROM revisions WHERE article_id = :id", **edited)
    }
    assert len(states) > 1
    assert states <= exported(crawled, warc)
    check_whole(warc)


def test_redirect_comes_with_what_it_leads_to(crawled: Crawled, tmp_path: Path) -> None:
    [gone] = rows(crawled.archive, "SELECT * FROM articles WHERE gone_at IS NOT NULL")
    warc = tmp_path / "pindah.warc.gz"
    export(crawled.archive, "--warc", warc, "--search", gone["title"].replace("–", " "))
    found = [row for row in captures(crawled.archive) if row["id"] in exported(crawled, warc)]
    [moved] = {row["location"] for row in found if row["status"] == 301}
    assert {gone["url"], moved} <= {row["url"] for row in found}


def test_hits_of_a_search_are_those_of_the_command_search(crawled: Crawled, tmp_path: Path) -> None:
    warc = tmp_path / "hasil.warc.gz"
    export(crawled.archive, "--warc", warc, "--search", "harga", "--outlet", "kicknews")
    told = CliRunner().invoke(
        main,
        ["search", "harga", "--archive", str(crawled.archive), "--outlet", "kicknews", "--limit", "1000", "--json"],
    )
    hits = {hit["id"] for hit in json.loads(told.stdout)}
    assert hits
    read_from = {
        row["capture_id"] for row in rows(crawled.archive, "SELECT id, capture_id FROM articles") if row["id"] in hits
    }
    assert read_from <= exported(crawled, warc) < crawled.ids()
    check_whole(warc)


def test_wacz_holds_the_same_captures_and_lists_the_articles(crawled: Crawled, tmp_path: Path) -> None:
    wacz, warc = tmp_path / "semua.wacz", tmp_path / "semua.warc.gz"
    export(crawled.archive, "--warc", warc)
    export(crawled.archive, "--wacz", wacz)
    with ZipFile(wacz) as package:
        assert package.testzip() is None
        assert package.read("archive/semua.warc.gz") == warc.read_bytes()
        blocks = package.read("indexes/index.cdx.gz")
        lines = gzip.decompress(blocks).decode().splitlines()
        assert lines == sorted(lines)
        assert {*warc.with_name("semua.cdxj").read_text().splitlines()} < {*lines}  # and the other readers' keys
        for path in ("archive/semua.warc.gz", "indexes/index.cdx.gz"):
            assert package.getinfo(path).compress_type == ZIP_STORED
            extra = wacz.read_bytes()[package.getinfo(path).header_offset + 28 :][:2]
            assert extra == b"\0\0"  # ReplayWeb.page takes the two headers of a ZIP's file to be of the same length
        meta, *where = package.read("indexes/index.idx").decode().splitlines()
        assert json.loads(meta.split(" ", 2)[2]) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
        for line in where:
            key, told = line.split(" {", 1)
            block = json.loads("{" + told)
            assert gzip.decompress(blocks[block["offset"] :][: block["length"]]).decode().startswith(key + " ")
        header, *listed = map(json.loads, package.read("pages/pages.jsonl").decode().splitlines())
        about = json.loads(package.read("datapackage.json"))
        assert {part["path"] for part in about["resources"]} | {"datapackage.json", "datapackage-digest.json"} == set(
            package.namelist()
        )
        for part in about["resources"]:
            data = package.read(part["path"])
            assert (part["bytes"], part["hash"]) == (len(data), bytes_digest(data))
        digest = bytes_digest(package.read("datapackage.json"))
        assert json.loads(package.read("datapackage-digest.json"))["hash"] == digest
    assert (header["format"], about["wacz_version"]) == ("json-pages-1.0", "1.1.1")
    told = "SELECT a.id, a.title, c.url, replace(c.fetched_at, '+00:00', 'Z') AS ts FROM articles a, captures c"
    articles = rows(crawled.archive, f"{told} WHERE c.id = a.capture_id ORDER BY a.id")
    assert sorted(listed, key=lambda page: page["id"]) == articles


@pytest.mark.parametrize("kind", ["--warc", "--wacz"])
def test_nothing_that_matches_is_told_and_nothing_is_left(crawled: Crawled, tmp_path: Path, kind: str) -> None:
    target = tmp_path / ("kosong.warc.gz" if kind == "--warc" else "kosong.wacz")
    target.write_text("ekspor lama")
    done = export(crawled.archive, kind, target, "--since", "2100-01-01")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"kickcrawl: {crawled.archive}: holds no capture of what was asked for; nothing was written"
    ]
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(target.name, "ekspor lama")]


def lose_a_file(files: list[Path]) -> None:
    files[-1].unlink()


def flip_a_byte(files: list[Path]) -> None:
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 1
    files[0].write_bytes(data)


def lose_the_beginning(files: list[Path]) -> None:
    with files[0].open("r+b") as file:
        file.write(b"\0" * 40)


@pytest.mark.parametrize("kind", ["--warc", "--wacz"])
@pytest.mark.parametrize(
    ("harm", "says"),
    [(lose_a_file, "No such file"), (flip_a_byte, "is damaged"), (lose_the_beginning, "warcinfo record")],
)
def test_missing_and_damaged_records_are_told_and_nothing_is_left(
    crawled: Crawled, tmp_path: Path, kind: str, harm: object, says: str
) -> None:
    shutil.copytree(crawled.archive.parent, tmp_path / "salinan")
    archive = tmp_path / "salinan" / "archive.db"
    assert callable(harm)
    harm(warc_files(archive))
    (tmp_path / "keluar").mkdir()
    target = tmp_path / "keluar" / ("semua.warc.gz" if kind == "--warc" else "semua.wacz")
    done = export(archive, kind, target)
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert says in line
    assert ".warc.gz: " in line
    assert list(target.parent.iterdir()) == []


def test_index_that_cannot_be_written_leaves_no_file_without_index(crawled: Crawled, tmp_path: Path) -> None:
    (tmp_path / "semua.cdxj").mkdir()
    done = export(crawled.archive, "--warc", tmp_path / "semua.warc.gz")
    assert done.exit_code == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"kickcrawl: {tmp_path / 'semua.cdxj'}: cannot be written (")
    assert [file.name for file in tmp_path.iterdir()] == ["semua.cdxj"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--warc", "{folder}/a.gz"], "a.warc.gz"),
        (["--wacz", "{folder}/a.zip"], "a.wacz"),
        (["--warc", "{folder}/a.warc.gz", "--wacz", "{folder}/a.wacz"], "one at a time"),
        (["--warc", "{archive}/warc/a.warc.gz"], "archive's own captures"),
        (["--warc", "{folder}/tidak-ada/a.warc.gz"], "cannot be written (No such file"),
        (["--wacz", "{folder}/tidak-ada/a.wacz"], "cannot be written (No such file"),
    ],
)
def test_wrong_targets_are_refused_in_one_sentence(
    crawled: Crawled, tmp_path: Path, words: list[str], says: str
) -> None:
    done = export(crawled.archive, *(word.format(folder=tmp_path, archive=crawled.archive.parent) for word in words))
    assert (done.exit_code, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("kickcrawl: ")
    assert says in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["semua.warc.gz", "semua.wacz"])
def test_full_disk_is_told_in_one_sentence_and_leaves_nothing(crawled: Crawled, tmp_path: Path, name: str) -> None:
    kind = "--warc" if name.endswith(".warc.gz") else "--wacz"
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 100; exec "$@"', "-", KICKCRAWL, "export", "--archive", crawled.archive, kind, name],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"kickcrawl: {name}: cannot be written (File too large)\n"
    assert list(tmp_path.iterdir()) == []
