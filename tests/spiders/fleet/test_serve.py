"""`kickcrawl fleet serve` shows the shards of a storage as one archive, without Ray, and newer states as they come."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from lxml import html

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.hits import find
from tests.support.fleets import fleet_of, give_back, needs_fsspec
from tests.support.machines import free_port, store, until
from tests.support.replayable import make_archive
from tests.support.serving import Site, started
from tests.support.sharded import Sharded, put_in_both
from tests.support.storing import id_of, shelf_in

pytestmark = needs_fsspec

OUTLETS = ("warta-0", "warta-1", "warta-2", "warta-3")
COMMAND = [sys.executable, "-m", "spiders.cli", "fleet"]
AWAY = "Shown is what was there at"
PATIENCE = 60.0  # seconds in which a site must show what the storage has


@pytest.fixture
def sharded(tmp_path: Path) -> Sharded:
    articles = [
        {
            "slug": f"panen-{number}", "outlet": outlet,
            "text": f"Petani {outlet} memanen padi di dusun {number}." * (1 + number % 3),
        }
        for number in range(6)
        for outlet in OUTLETS
    ]  # fmt: skip
    return put_in_both(tmp_path, articles, [OUTLETS[::2], OUTLETS[1::2]])


@pytest.fixture
def url(sharded: Sharded, tmp_path: Path) -> str:
    url = str(tmp_path / "fleet")
    fleet_of(url, OUTLETS, sharded.shards, tmp_path / "workers")
    return url


@contextmanager
def serving_fleet(url: str, work: Path, *options: str) -> Iterator[Site]:
    with started([*COMMAND, "serve", "--port", "0", "--fleet", url, "--work", str(work), *options]) as site:
        yield site


def shows(site: Site, sentence: str) -> bool:
    return sentence in site.get("/").text


def hits(site: Site, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(site.get(f"/search.json?q={words}&limit=1000").text)
    return found


def test_fleet_is_shown_as_one_archive(url: str, sharded: Sharded, tmp_path: Path) -> None:
    with closing(open_archive(sharded.whole, read_only=True)) as whole:
        wanted = {hit.id: asdict(hit) for hit in find(whole, Choice(words="padi dusun"), limit=None).hits}
    with serving_fleet(url, tmp_path / "work") as site:
        assert site.base.startswith("http://127.0.0.1:")
        assert {hit["id"]: hit for hit in hits(site, "padi dusun")} == wanted
        command = [*COMMAND, "search", "padi", "dusun", "--limit", "1000", "--json"]
        where = ["--fleet", url, "--work", str(tmp_path / "work")]
        asked = subprocess.run([*command, *where], capture_output=True, text=True, timeout=300, check=True)
        assert [hit["id"] for hit in json.loads(asked.stdout)] == [hit["id"] for hit in hits(site, "padi dusun")]
        name = id_of("panen-3", "warta-3")
        assert "Petani warta-3" in html.fromstring(site.get(f"/article/{name}").text).text_content()
        assert site.get("/shard/0002/archive/articles.json?_size=1").status == 200


def test_outlets_that_moved_are_shown_once(url: str, tmp_path: Path) -> None:
    for command in (["move", OUTLETS[0], "--to", "0002"], ["split", "0002"]):
        subprocess.run([*COMMAND, *command, "--fleet", url], timeout=300, check=True)
    with serving_fleet(url, tmp_path / "work") as site:
        told = json.loads(site.get("/shards.json").text)
        assert sorted(slug for one in told for slug in one["outlets"]) == list(OUTLETS)
        assert sum(one.get("articles", 0) for one in told) == len(hits(site, "padi")) == 24


def test_newer_state_of_a_shard_is_shown_when_it_is_there(url: str, sharded: Sharded, tmp_path: Path) -> None:
    with serving_fleet(url, tmp_path / "work", "--refresh", "1") as site:
        assert hits(site, "longsor") == []
        before = site.get("/shard/0001/search.json?q=longsor")
        with shelf_in(sharded.shards[0].parent) as shelf:
            shelf.put("longsor", "Tebing longsor di dusun.", outlet="warta-0")
        give_back(url, "0001", sharded.shards[0], tmp_path / "workers")
        until(lambda: len(hits(site, "longsor")) == 1, PATIENCE, "the newer state is shown")
        assert (before.text, len(json.loads(site.get("/shard/0001/search.json?q=longsor").text))) == ("[]", 1)
        assert len(hits(site, "padi")) == 24


def test_storage_that_is_away_is_told_and_what_was_there_is_shown(url: str, tmp_path: Path) -> None:
    with serving_fleet(url, tmp_path / "work", "--refresh", "1") as site:
        shutil.move(url, f"{url}-away")
        until(lambda: shows(site, AWAY), PATIENCE, "the storage is told to be away")
        assert len(hits(site, "padi")) == 24
        assert "there is no fleet here" in html.fromstring(site.get("/shards").text).text_content()
        shutil.move(f"{url}-away", url)
        until(lambda: not shows(site, AWAY), PATIENCE, "the storage is back")


@pytest.mark.slow
def test_s3_that_is_away_is_told_and_what_was_there_is_shown(
    sharded: Sharded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from s3fs import S3FileSystem

    port, url = free_port(), "s3://arsip/fleet"
    told = {
        "ENDPOINT_URL": f"http://127.0.0.1:{port}", "ACCESS_KEY_ID": "fleet", "SECRET_ACCESS_KEY": "fleet",
        "DEFAULT_REGION": "us-east-1", "EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    S3FileSystem.clear_instance_cache()
    s3 = store(tmp_path, dict(os.environ), port)
    with ExitStack() as stack:
        stack.callback(s3.kill)
        s3.start()
        S3FileSystem().mkdir("arsip")
        fleet_of(url, OUTLETS, sharded.shards, tmp_path / "workers")
        with serving_fleet(url, tmp_path / "work", "--refresh", "1") as site:
            assert len(hits(site, "padi")) == 24
            s3.kill()
            until(lambda: shows(site, AWAY), PATIENCE, "the store is told to be away")
            assert len(hits(site, "padi")) == 24
            assert str(port) not in site.get("/").text
            s3.start()
            until(lambda: not shows(site, AWAY), PATIENCE, "the store is back")


def test_shard_that_cannot_be_brought_is_told(url: str, tmp_path: Path) -> None:
    damage(url, "0002")
    with serving_fleet(url, tmp_path / "work") as site:
        page = " ".join(html.fromstring(site.get("/search?q=padi").text).text_content().split())
        assert "Shard 0002 was not asked:" in page
        assert "shards/0002/archives/" in page
        assert "is not what was stored" in page
        assert url not in page
        assert len(hits(site, "padi")) == 12
        assert site.get("/shard/0002/about").status == 503


def shown_of(url: str, work: Path) -> Any:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.shown import Shown
    from spiders.fleet.storage import Storage

    return Shown(Fleet(Storage(url)), work)


def damage(url: str, shard: str) -> None:
    """Damage the archive that was given back last."""
    file = max(Path(url).glob(f"shards/{shard}/archives/*.db"))
    file.write_bytes(file.read_bytes()[:-1])


def test_earlier_state_is_shown_where_the_newest_cannot_be_brought(url: str, sharded: Sharded, tmp_path: Path) -> None:
    shown = shown_of(url, tmp_path / "work")
    before = {shard.name: shard.path for shard in shown.look()}
    with shelf_in(sharded.shards[1].parent) as shelf:
        shelf.put("longsor", "Tebing longsor di dusun.", outlet="warta-1")
    give_back(url, "0002", sharded.shards[1], tmp_path / "workers")
    damage(url, "0002")
    for _ in range(2):
        first, second = shown.look()
        assert (first.path, first.note, second.path, second.problem) == (before["0001"], None, before["0002"], None)
        assert second.note.startswith("shown is an earlier state; the newest cannot be brought: shards/0002/archives/")


def test_earlier_state_is_not_shown_where_it_has_outlets_that_moved(url: str, tmp_path: Path) -> None:
    shown = shown_of(url, tmp_path / "work")
    assert [shard.problem for shard in shown.look()] == [None, None]
    subprocess.run([*COMMAND, "move", OUTLETS[0], "--to", "0002", "--fleet", url], timeout=300, check=True)
    damage(url, "0001")
    told = {shard.name: shard.problem for shard in shown.look()}
    assert told["0002"] is None
    assert all("is not what was stored" in told[name] for name in ("0001", "0002.1"))


def test_captured_pages_are_brought_from_the_storage(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    make_archive(tmp_path / "archive" / "archive.db", 1, ("article",))
    url = str(tmp_path / "fleet")
    fleet_of(url, ["warta"], [tmp_path / "archive" / "archive.db"], tmp_path / "workers")
    with serving_fleet(url, tmp_path / "work") as site:
        (hit,) = hits(site, "berita")
        with urlopen(f"{site.base}/article/{hit['id']}.wacz", timeout=60) as answer:
            assert answer.read(2) == b"PK"
    assert [file.suffix for file in (tmp_path / "work").rglob("warc/*")] == [".gz"]


@pytest.mark.parametrize(
    ("fleet", "options", "said"),
    [
        ("nowhere", [], "there is no fleet here; `kickcrawl fleet run` makes one"),
        ("ftp://store.example/fleet", [], "ftp cannot create a file only where there is none; use a folder, S3 or GCS"),
        ("fleet", ["--base-url", "/a?b"], "--base-url '/a?b' is no path; write one as /arsip/"),
        ("fleet", ["--host", "192.0.2.1"], "name another with --host or --port"),
    ],
)
def test_bad_input_is_answered_in_one_sentence(
    url: str, tmp_path: Path, fleet: str, options: list[str], said: str
) -> None:
    named = fleet if "://" in fleet else str(Path(url).with_name(fleet))
    done = subprocess.run(
        [*COMMAND, "serve", "--port", "0", "--fleet", named, "--work", str(tmp_path / "work"), *options],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode != 0, done.stdout, done.stderr.count("\n")) == (True, "", 1)
    assert said in done.stderr


def test_fleet_without_an_archive_is_shown_empty(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    Fleet(Storage(str(tmp_path / "fleet"))).make(dict.fromkeys(OUTLETS), 2)
    with serving_fleet(str(tmp_path / "fleet"), tmp_path / "work") as site:
        assert "kickcrawl fleet run" in site.get("/").text
        assert "no archive yet" in site.get("/shards").text
        assert hits(site, "padi") == []
