"""An export over several shards has the records that one archive of the same outlets exports, and says whence."""

import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.chain import read_head
from archive.database import open_archive
from archive.export.beside import export_table
from archive.export.csv import CSV
from archive.export.format import TableFormat
from archive.export.jsonl import JSONL
from archive.export.parquet import PARQUET
from archive.export.table import TableName
from archive.query.choice import Choice
from archive.shards.export import export_shards
from archive.shards.fan import Fan, one_by_one
from archive.shards.part import Part
from kickcrawl.errors import ArchiveError, UsageError
from tests.support.optional import needs_analysis
from tests.support.sharded import Sharded, put_in_both
from tests.support.storing import NOW, id_of, url_of

NAMES = ("barat", "tengah", "timur")
SHARDS = (("warta", "kabar"), ("harian",), ("suara", "pos"))
OWN = ("id", "capture_id", "run_id", "original_id")  # numbers that each archive gives by itself
TEXTS = ("Petani memanen padi.", "Harga pangan naik.", "Banjir di hulu sungai.", "Panen raya di desa.", "=1+1")


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2025, 7, 1, hour, tzinfo=UTC) + timedelta(days=number)


def article(number: int, outlet: str, **fields: Any) -> dict[str, Any]:
    at = day(number % 7, number % 3) if number % 5 else None  # several of one time, some without
    return {"slug": f"s{number}", "text": TEXTS[number % 5], "outlet": outlet, "published_at": at, **fields}


@pytest.fixture
def both(tmp_path: Path) -> Sharded:
    outlets = [outlet for shard in SHARDS for outlet in shard]
    articles = [article(number, outlets[number % 4]) for number in range(60)]
    edits = [article(number, outlets[number % 4], title="Ralat") for number in range(0, 60, 9)]
    return put_in_both(tmp_path, [*articles, *edits], SHARDS)


def in_whole(both: Sharded, choice: Choice, table: TableName, format: TableFormat, output: Path, **how: bool) -> int:
    with closing(open_archive(both.whole, read_only=True)) as archive:
        return export_table(archive, choice, table, format, output, NOW, **how)


def in_shards(both: Sharded, choice: Choice, table: TableName, format: TableFormat, output: Path, **how: bool) -> int:
    return export_shards(one_by_one(both.shards), NAMES, choice, table, format, output, NOW, **how)


def lines(file: Path, table: TableName) -> list[dict[str, Any]]:
    """Return the records of a file without the numbers that are an archive's own."""
    own = [name for name in OWN if not (name == "id" and table == "articles")]
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [{name: value for name, value in record.items() if name not in own} for record in records]


def by_id(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return articles as the whole orders them, those of one time by their ids."""
    return sorted(records, key=lambda record: (record["published_at"] or "", record["id"]))


def sheet_of(file: Path) -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads(file.with_name(f"{file.name}.datasheet.json").read_text(encoding="utf-8"))
    return sheet


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="all"),
        pytest.param({"outlet": "kabar"}, id="an outlet"),
        pytest.param({"since": date(2025, 7, 3), "until": date(2025, 7, 5)}, id="days"),
        pytest.param({"words": "panen"}, id="a word in forms that other shards have"),
        pytest.param({"words": "panen -padi"}, id="a word without another"),
        pytest.param({"words": "panen", "exact": True}, id="a word as it is written"),
        pytest.param({"words": "gempa"}, id="nothing"),
        pytest.param({"words": ""}, id="no word"),
    ],
)
@pytest.mark.parametrize("texts", [True, False], ids=["with texts", "without"])
def test_articles_are_those_of_one_archive(both: Sharded, tmp_path: Path, asked: dict[str, Any], texts: bool) -> None:
    choice = Choice(**asked)
    expected = in_whole(both, choice, "articles", JSONL, tmp_path / "whole.jsonl", texts=texts)
    assert in_shards(both, choice, "articles", JSONL, tmp_path / "shards.jsonl", texts=texts) == expected
    assert lines(tmp_path / "shards.jsonl", "articles") == by_id(lines(tmp_path / "whole.jsonl", "articles"))


def test_revisions_and_captures_are_those_of_one_archive(both: Sharded, tmp_path: Path) -> None:
    for path in (both.whole, *both.shards):  # so that each capture stands in a place of its own, as a crawl's does
        with closing(open_archive(path)) as archive:
            archive.write(
                "UPDATE captures SET file = (SELECT outlet FROM runs WHERE runs.id = run_id) || '.warc.gz', offset = id"
            )
    in_whole(both, Choice(), "revisions", JSONL, tmp_path / "whole.jsonl")
    in_shards(both, Choice(), "revisions", JSONL, tmp_path / "shards.jsonl")
    with closing(open_archive(both.whole, read_only=True)) as archive:
        times = {row["id"]: row["published_at"] or "" for row in archive.rows("SELECT id, published_at FROM articles")}
    found = lines(tmp_path / "shards.jsonl", "revisions")
    assert found == sorted(
        lines(tmp_path / "whole.jsonl", "revisions"),
        key=lambda one: (times[one["article_id"]], one["article_id"], one["number"]),
    )
    assert {one["number"] for one in found} == {1, 2}
    for choice in (Choice(), Choice(words="padi")):
        in_whole(both, choice, "captures", JSONL, tmp_path / "whole.jsonl")
        in_shards(both, choice, "captures", JSONL, tmp_path / "shards.jsonl")
        captures = lines(tmp_path / "shards.jsonl", "captures")
        whole = lines(tmp_path / "whole.jsonl", "captures")
        assert [(one["file"], one["url"]) for one in captures] == [(one["file"], one["url"]) for one in whole] != []


@pytest.mark.parametrize("format", [CSV, pytest.param(PARQUET, marks=needs_analysis)], ids=["csv", "parquet"])
def test_other_formats_hold_the_same(both: Sharded, tmp_path: Path, format: TableFormat) -> None:
    output = tmp_path / f"berita{format.ending}"
    assert in_shards(both, Choice(), "articles", format, output) == 60
    if format is CSV:
        in_whole(both, Choice(), "articles", CSV, tmp_path / "whole.csv")
        assert len(output.read_bytes()) == len((tmp_path / "whole.csv").read_bytes())
        assert sheet_of(output)["notes"] == sheet_of(tmp_path / "whole.csv")["notes"] != []
    else:
        import polars

        assert polars.read_parquet(output)["published_at"].to_list() == sorted(
            polars.read_parquet(output)["published_at"].to_list(), key=lambda at: (at is not None, at)
        )


def test_datasheet_counts_the_sum_and_names_the_shards_with_their_heads(both: Sharded, tmp_path: Path) -> None:
    in_whole(both, Choice(words="panen"), "articles", JSONL, tmp_path / "whole.jsonl")
    in_shards(both, Choice(words="panen"), "articles", JSONL, tmp_path / "shards.jsonl")
    whole, shards = sheet_of(tmp_path / "whole.jsonl"), sheet_of(tmp_path / "shards.jsonl")
    heads = []
    for path in both.shards:
        with closing(open_archive(path, read_only=True)) as archive:
            heads.append(read_head(archive))
    assert [(one["shard"], one["chain_head"]) for one in shards["shards"]] == list(zip(NAMES, heads, strict=True))
    for name in ("articles", "captures", "chain_links"):
        assert shards["archive"][name] == whole["archive"][name], name
    for name in ("made_at", "filters", "software", "tables"):
        assert shards[name] == whole[name], name
    places = {slug: told.pop("shard") for slug, told in shards["outlets"].items()}
    assert places == {"warta": "barat", "kabar": "barat", "harian": "tengah", "suara": "timur"}
    assert shards["outlets"] == whole["outlets"]
    page = (tmp_path / "shards.jsonl.datasheet.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in page and head in page for name, head in zip(NAMES, heads, strict=True))


def test_parts_are_cut_in_pieces_and_removed(both: Sharded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.shards.part.PIECE", 1000)
    asked: list[Sequence[Part]] = []
    fan = watched(one_by_one(both.shards), asked.append)
    export_shards(fan, NAMES, Choice(), "articles", JSONL, tmp_path / "shards.jsonl", NOW)
    in_whole(both, Choice(), "articles", JSONL, tmp_path / "whole.jsonl")
    assert lines(tmp_path / "shards.jsonl", "articles") == by_id(lines(tmp_path / "whole.jsonl", "articles"))
    assert [len(part.pieces) > 2 for part in asked[-1]] == [True, True, True]
    assert list(tmp_path.glob("*.parts")) == []


def test_part_that_did_not_come_whole_leaves_no_file(both: Sharded, tmp_path: Path) -> None:
    def lose(parts: Sequence[Part]) -> None:
        (tmp_path_of(tmp_path) / parts[1].pieces[0]).unlink()

    def cut(parts: Sequence[Part]) -> None:
        piece = tmp_path_of(tmp_path) / parts[1].pieces[0]
        piece.write_bytes(piece.read_bytes()[:-20])

    for harm in (lose, cut):
        with pytest.raises(ArchiveError, match="export again"):
            export_shards(
                watched(one_by_one(both.shards), harm), NAMES, Choice(), "articles", JSONL, tmp_path / "a.jsonl", NOW
            )
        assert list(tmp_path.glob("a.jsonl*")) == []


def test_outlet_in_two_shards_is_refused(both: Sharded, tmp_path: Path) -> None:
    fan = one_by_one([*both.shards, both.shards[0]])
    with pytest.raises(UsageError, match="in two shards, barat and lagi"):
        export_shards(fan, (*NAMES, "lagi"), Choice(), "articles", JSONL, tmp_path / "a.jsonl", NOW)
    assert list(tmp_path.glob("a.jsonl*")) == []


@pytest.mark.parametrize(
    ("choice", "table", "told"),
    [
        pytest.param(Choice(outlet="tidak-ada"), "articles", "harian, kabar, suara, warta", id="an unknown outlet"),
        pytest.param(Choice(originals=True), "articles", "originals", id="originals"),
        pytest.param(Choice(), "stories", "stories", id="stories"),
    ],
)
def test_what_shards_cannot_tell_is_refused(
    both: Sharded, tmp_path: Path, choice: Choice, table: TableName, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        in_shards(both, choice, table, JSONL, tmp_path / "a.jsonl")
    with pytest.raises(UsageError, match="no folder"):
        in_shards(both, Choice(), "articles", JSONL, tmp_path / "nowhere" / "a.jsonl")
    with pytest.raises(UsageError, match="no shard"):
        export_shards(one_by_one([]), (), Choice(), "articles", JSONL, tmp_path / "a.jsonl", NOW)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 40), st.sampled_from(["warta", "kabar", "harian", "suara"]), st.none() | st.integers(0, 3)
        ),
        max_size=25,
    )
)
def test_any_articles_come_in_the_order_of_one_archive(
    tmp_path_factory: pytest.TempPathFactory, put: list[tuple[int, str, int | None]]
) -> None:
    folder = tmp_path_factory.mktemp("acak")
    articles = [
        {
            "slug": f"a{number}", "outlet": outlet, "text": f"Berita {number} {at}.",
            "published_at": day(at) if at is not None else None,
        }
        for number, outlet, at in put
    ]  # fmt: skip
    both = put_in_both(folder, articles, SHARDS)
    in_whole(both, Choice(), "articles", JSONL, folder / "whole.jsonl")
    in_shards(both, Choice(), "articles", JSONL, folder / "shards.jsonl")
    assert lines(folder / "shards.jsonl", "articles") == by_id(lines(folder / "whole.jsonl", "articles"))


def test_articles_of_one_time_come_by_their_ids(tmp_path: Path) -> None:
    put = [{"slug": f"s{number}", "text": "Berita.", "outlet": outlet, "published_at": day(1)}
           for number in range(4) for outlet in ("warta", "harian")]  # fmt: skip
    both = put_in_both(tmp_path, put, SHARDS)
    in_shards(both, Choice(), "articles", JSONL, tmp_path / "a.jsonl")
    ids = [record["id"] for record in lines(tmp_path / "a.jsonl", "articles")]
    assert ids == sorted(id_of(one["slug"], one["outlet"]) for one in put)
    assert {record["url"] for record in lines(tmp_path / "a.jsonl", "articles")} >= {
        url_of("s0"),
        url_of("s3", "harian"),
    }


def watched(fan: Fan, watch: Callable[[Sequence[Part]], object]) -> Fan:
    """Return a fan that shows *watch* the parts that shards answer with before it gives them."""

    def ask(step: Callable[[Path, Any], Any], question: Any, /) -> Sequence[Any]:
        answers = fan(*pickle.loads(pickle.dumps((step, question))))  # as between machines
        if parts := [one[0] for one in answers if isinstance(one, tuple) and isinstance(one[0], Part)]:
            watch(parts)
        return answers

    return ask


def tmp_path_of(folder: Path) -> Path:
    (parts,) = folder.glob("*.parts")
    return parts
