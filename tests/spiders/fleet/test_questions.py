"""All shards are asked as one archive by the commands, also after outlets moved, so that two archives hold them."""

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.hits import find
from spiders.cli import main
from tests.support.fleets import fleet_of, needs_fsspec, needs_ray
from tests.support.sharded import Sharded, put_in_both

pytestmark = [needs_fsspec, needs_ray]

OUTLETS = ("warta-0", "warta-1", "warta-2", "warta-3")
PRESS = "Gubernur meresmikan bendungan Meninting di Lombok Barat, yang mengairi sawah warga di enam desa.\n\n" * 4


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Sharded:
    """The same articles in one archive, and in two shards of two outlets each."""
    articles = [
        {
            "slug": f"panen-{number}",
            "text": f"Petani memanen padi di dusun {number}." * (1 + number % 3),
            "outlet": outlet,
        }
        for number in range(6)
        for outlet in OUTLETS
    ]
    articles += [{"slug": "bendungan", "text": PRESS, "outlet": outlet} for outlet in OUTLETS[1:3]]
    return put_in_both(tmp_path_factory.mktemp("sharded"), articles, [OUTLETS[::2], OUTLETS[1::2]])


@pytest.fixture
def fleet(sharded: Sharded, tmp_path: Path) -> list[str]:
    """Return the options that name a fleet of two shards, which workers have given back."""
    url = str(tmp_path / "fleet")
    fleet_of(url, OUTLETS, sharded.shards, tmp_path)
    return ["--fleet", url, "--work", str(tmp_path / "work")]


def ask(*words: str) -> Result:
    done = CliRunner().invoke(main, ["fleet", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def check_answers(fleet: list[str], sharded: Sharded, tmp_path: Path) -> None:
    """Compare what the commands say of the fleet with the one archive."""
    with closing(open_archive(sharded.whole, read_only=True)) as whole:
        wanted = [asdict(hit) for hit in find(whole, Choice(words="padi dusun"), limit=50).hits]
        total = whole.count("SELECT count(*) FROM articles")
    found = json.loads(ask("search", "padi", "dusun", "--limit", "50", "--json", *fleet).stdout)
    assert sorted(hit["id"] for hit in found) == sorted(hit["id"] for hit in wanted)
    assert {hit["id"]: hit for hit in found} == {hit["id"]: hit for hit in wanted}
    assert ask("search", "--count", *fleet).stdout == f"{total}\n"
    ask("export", "--to", str(tmp_path / "all.jsonl"), *fleet)
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == len(lines) == total
    told = json.loads(ask("stories", "--json", *fleet).stdout)
    assert {member["outlet"] for story in told["stories"] for member in story["members"]} >= set(OUTLETS[1:3])
    assert told["doubles"] == []


def test_all_shards_answer_as_one_archive(fleet: list[str], sharded: Sharded, tmp_path: Path) -> None:
    check_answers(fleet, sharded, tmp_path)


def test_outlets_that_moved_are_counted_once(fleet: list[str], sharded: Sharded, tmp_path: Path) -> None:
    ask("move", OUTLETS[0], "--to", "0002", *fleet[:2])
    assert ask("split", "0002", *fleet[:2]).stdout == "half of shard 0002 is shard 0003 now\n"
    check_answers(fleet, sharded, tmp_path)
    shards = json.loads(ask("status", "--json", *fleet[:2]).stdout)
    assert sorted(slug for shard in shards for slug in shard["outlets"]) == list(OUTLETS)
    assert sum(shard["articles"] for shard in shards) == 26


def test_fleet_without_an_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    Fleet(Storage(str(tmp_path))).make(dict.fromkeys(OUTLETS), 2)
    done = CliRunner().invoke(
        main, ["fleet", "search", "padi", "--fleet", str(tmp_path), "--work", str(tmp_path / "w")]
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "kickcrawl: no shard holds an archive yet; `kickcrawl fleet run` fills them\n"
