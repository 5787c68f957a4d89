"""A site of several shards says which of them was not asked and why, and brings records that are missing."""

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from lxml import html

from archive.joint.mounts import MAX_MOUNTED
from archive.version import VERSION
from tests.support.joint import serving_joint
from tests.support.optional import needs_analysis
from tests.support.replayable import make_archive
from tests.support.serving import Site
from tests.support.storing import id_of, shelf_in

NEWER = f"this archive is of version {VERSION + 1}, newer than this kickcrawl ({VERSION}); update kickcrawl"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of four shards: one that answers, a newer and a damaged one, one that could not be brought."""
    folder = tmp_path_factory.mktemp("lacking")
    for name in ("whole", "newer", "damaged"):
        (folder / name).mkdir()
        with shelf_in(folder / name) as shelf:
            for number in range(40):
                shelf.put(f"panen-{number}", f"Petani memanen padi di dusun {number}." * 20, outlet=name)
    with closing(sqlite3.connect(folder / "newer" / "archive.db")) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    damaged = folder / "damaged" / "archive.db"
    with damaged.open("r+b") as file:  # its head is right, so that it is opened
        file.seek(16_384)
        file.write(b"x" * (damaged.stat().st_size - 16_384))
    shards = [{"name": name, "path": folder / name / "archive.db"} for name in ("whole", "newer", "damaged")]
    with serving_joint(folder / "tables", [*shards, {"name": "away", "problem": "the store does not answer"}]) as site:
        yield site


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=padi", "/search?q=tidakada"])
def test_every_page_over_all_says_which_shards_were_not_asked_and_why(site: Site, path: str) -> None:
    page = html.fromstring(site.get(path).text)
    told = [" ".join(notice.text_content().split()) for notice in page.xpath("//p[@class='notice']")]
    assert told[0] == "Shard away was not asked: the store does not answer"
    assert told[1].startswith("Shard damaged was not asked: the archive is damaged; restore a backup")
    assert told[2:] == [f"Shard newer was not asked: {NEWER}"]


def test_others_are_found_and_data_says_what_was_not_asked(site: Site) -> None:
    found = site.get("/search.json?q=padi&limit=1000")
    assert {hit["outlet"] for hit in json.loads(found.text)} == {"whole"}
    assert (found.headers["x-total-count"], found.headers["x-shards-unasked"]) == ("40", "away, damaged, newer")
    assert [one["problem"] and one["problem"][:12] for one in json.loads(site.get("/shards.json").text)] == [
        None, "this archive", "the archive ", "the store do",
    ]  # fmt: skip


@needs_analysis
def test_answer_in_a_file_says_what_was_not_asked(site: Site) -> None:
    answer = site.get("/questions/articles-by-month.json")
    assert answer.headers["x-shards-unasked"] == "away, damaged, newer"
    assert "Shard newer was not asked" in site.get("/questions/topics").text


def test_what_may_be_in_a_shard_that_cannot_be_asked_is_not_said_to_be_nowhere(site: Site) -> None:
    assert site.get(f"/article/{id_of('panen-3', 'whole')}").status == 200
    for path in ("/article/ffffffffffff", "/outlet/koran", "/timegate/https://koran.example/"):
        answer = site.get(path)
        assert (answer.status, "may be in one that cannot: away, " in answer.text) == (503, True)


@pytest.mark.parametrize(("name", "why"), [("newer", NEWER), ("away", "the store does not answer")])
def test_page_of_a_shard_that_cannot_be_asked_says_why(site: Site, name: str, why: str) -> None:
    answer = site.get(f"/shard/{name}/archive/articles")
    assert answer.status == 503
    assert f"Shard {name} cannot be asked: {why}." in html.fromstring(answer.text).text_content()


def test_page_of_a_damaged_shard_says_so(site: Site) -> None:
    answer = site.get("/shard/damaged/search?q=padi")
    assert answer.status == 503
    assert "the archive is damaged" in answer.text


def test_captured_pages_are_brought_when_they_are_asked_for(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "shard", tmp_path / "elsewhere"
    folder.mkdir()
    wanted = make_archive(folder / "archive.db", 1, ("article",))
    (folder / "warc").rename(elsewhere)
    shard = {"name": "0001", "path": folder / "archive.db", "records": elsewhere}
    with serving_joint(tmp_path / "tables", [shard]) as site:
        (hit,) = json.loads(site.get("/search.json?q=berita").text)
        for _ in range(2):
            with urlopen(f"{site.base}/article/{hit['id']}.wacz", timeout=60) as answer:
                files = zipfile.ZipFile(io.BytesIO(answer.read())).namelist()
            assert any(name.endswith(".warc.gz") for name in files)
        assert [file.name for file in (folder / "warc").iterdir()] == [file.name for file in elsewhere.glob("*.gz")]
        shutil.rmtree(folder / "warc")
        shutil.rmtree(elsewhere)
        gone = site.get(f"/article/{hit['id']}.wacz")
        assert (gone.status, "cannot be given as a WACZ" in gone.text) == (404, True)
    assert hit["url"] == wanted[0].url


@pytest.mark.skipif(not Path("/proc").exists(), reason="files that are open are told by Linux")
@pytest.mark.slow
def test_sites_of_few_shards_are_kept_and_those_left_hold_no_file(tmp_path: Path) -> None:
    shards = []
    for number in range(MAX_MOUNTED + 3):
        (tmp_path / str(number)).mkdir()
        with shelf_in(tmp_path / str(number)) as shelf:
            shelf.put("panen", "Petani memanen padi.", outlet=f"warta-{number}")
        shards.append({"name": str(number), "path": tmp_path / str(number) / "archive.db"})
    with serving_joint(tmp_path / "tables", shards) as site:
        for _ in range(2):
            for number in range(len(shards)):
                assert site.get(f"/article/{id_of('panen', f'warta-{number}')}").status == 200
                assert site.get(f"/shard/{number}/archive/articles").status == 200
        held = {link.readlink() for link in Path(f"/proc/{site.pid}/fd").iterdir() if link.is_symlink()}
        assert 1 <= len({path for path in held if path.name == "archive.db"}) <= MAX_MOUNTED
