"""Reading captures of several shards again: each as `reextract` reads it, and one tally for each outlet."""

import json
import pickle
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.database import open_archive
from archive.replay.reextract import MAX_SHOWN, ReextractTally, TextDifference
from archive.replay.won_and_lost import RuleTally
from archive.shards.fan import Fan, one_by_one
from archive.shards.reread import Reread, merged, reread, reread_shards, total
from kickcrawl.errors import UsageError
from spiders.cli import main
from tests.newsroom import serve
from tests.support.crawling import crawl

TRIAL = Reread(accept=False)
CHANGE = "UPDATE articles SET text = replace(text, ' di ', ' dari ')"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two shards, each beside its WARC files."""
    paths = [tmp_path_factory.mktemp("pecahan") / "archive.db" for _ in range(2)]
    for seed, path in enumerate(paths, 91):
        with serve(seed=seed, articles=8) as site:
            assert crawl(path, site.base).status == 0
    return paths


@pytest.fixture
def shards(crawled: list[Path], tmp_path: Path) -> list[Path]:
    """Copies of them."""
    for number, path in enumerate(crawled):
        shutil.copytree(path.parent, tmp_path / str(number))
    return [tmp_path / str(number) / "archive.db" for number in range(len(crawled))]


def change(path: Path, sql: str) -> None:
    with closing(open_archive(path)) as archive:
        archive.write(sql)


def pickled(fan: Fan) -> Fan:
    """Return a fan whose questions and answers go to and fro as they do between machines."""

    def ask(step: Callable[[Path, Any], Any], question: Any, /) -> Sequence[Any]:
        asked = pickle.loads(pickle.dumps((step, question)))
        answers: Sequence[Any] = pickle.loads(pickle.dumps(fan(*asked)))
        return answers

    return ask


@pytest.mark.crawl
def test_every_shard_is_read_as_the_command_reads_it(shards: list[Path]) -> None:
    change(shards[1], CHANGE)
    tallies = reread_shards(pickled(one_by_one(shards)), TRIAL)
    told = []
    for path in shards:
        done = CliRunner().invoke(main, ["reextract", "--dry-run", "--json", "--archive", str(path)])
        told.append(json.loads(done.stdout)["kicknews"])
    assert tallies["kicknews"].read == told[0]["read"] + told[1]["read"] > 10
    assert tallies["kicknews"].fields == Counter(told[0]["fields"]) + Counter(told[1]["fields"])
    assert tallies["kicknews"].fields["text"] > 0


@pytest.mark.crawl
def test_what_is_accepted_is_stored_and_not_read_again(shards: list[Path]) -> None:
    fan = one_by_one(shards)
    assert reread_shards(fan, Reread()) == {}  # this extractor has read them
    change(shards[0], f"{CHANGE}, extractor = 'lama'")
    change(shards[1], "UPDATE articles SET extractor = 'lama' WHERE key = 1")
    tally = reread_shards(fan, Reread(outlet="kicknews"))["kicknews"]
    assert tally.fields["text"] > 0
    assert tally.same > 0
    with closing(open_archive(shards[0], read_only=True)) as archive:
        stored = archive.count("SELECT count(*) FROM revisions WHERE cause = 're-extracted'")
    assert stored == tally.read - tally.same
    assert reread_shards(fan, Reread()) == {}


@pytest.mark.crawl
def test_an_outlet_that_no_shard_holds_is_told(shards: list[Path]) -> None:
    asked = Reread(outlet="warta", accept=False)
    assert reread(shards[0], asked) is None
    with pytest.raises(UsageError, match="no shard holds anything of an outlet 'warta'"):
        reread_shards(one_by_one(shards), asked)


def tally(number: int, name: str) -> ReextractTally:
    """Return a tally that read *number* articles, of which all became longer."""
    return ReextractTally(
        read=number,
        same=1,
        fields=Counter(text=number),
        won=[f"{name}{one}: won" for one in range(number)],
        largest=[TextDifference(f"{name}{one}", "Judul", 10 * one + number, "", "") for one in reversed(range(number))],
        rules={"filler": RuleTally(won=number, won_characters=9, examples=[f"{name}{one}" for one in range(2)])},
    )


def test_tallies_are_summed_for_each_outlet() -> None:
    shards = [{"warta": tally(3, "a"), "kabar": tally(1, "b")}, {"kabar": tally(4, "c")}, {}]
    found = merged(shards)
    assert list(found) == ["kabar", "warta"]
    assert found["warta"] == tally(3, "a")
    assert (found["kabar"].read, found["kabar"].same, found["kabar"].fields) == (5, 2, {"text": 5})
    assert found["kabar"].won == ["b0: won", "c0: won", "c1: won", "c2: won", "c3: won"]
    assert found["kabar"].rules == {"filler": RuleTally(won=5, won_characters=18, examples=["b0", "b1", "c0"])}
    whole = total(found.values())
    assert (whole.read, len(whole.largest), whole.largest[0].article_id) == (8, MAX_SHOWN, "c3")
    assert shards[1]["kabar"] == tally(4, "c")  # what is summed stays as it is
