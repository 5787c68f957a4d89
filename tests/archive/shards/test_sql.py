"""SQL over several shards answers as SQL over one archive of the same outlets, and can read and change nothing else."""

import csv
import io
import json
import os
import re
import shutil
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.database import open_archive
from archive.shards.fan import one_by_one
from archive.shards.forms import FORMS, MAX_CELL, MAX_ROWS
from archive.shards.sql import SqlAnswer, ask_shards
from archive.shards.stored import MAX_UNUSED, TABLES, StoredQuestion, remove_unused, write_tables
from kickcrawl.article import Image
from kickcrawl.errors import UsageError
from tests.support.optional import needs_analysis
from tests.support.sharded import Sharded, put_in_both

NAMES = ("barat", "tengah", "ti'mur")
SHARDS = (("warta", "kabar"), ("harian",), ("suara",))
OUTLETS = [outlet for shard in SHARDS for outlet in shard]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Sharded:
    articles = [
        {
            "slug": f"s{number}", "text": f"Berita {'padi ' * (number % 6)}ke-{number}.", "outlet": OUTLETS[number % 4],
            "published_at": datetime(2025, 1 + number % 12, 3, number % 24, tzinfo=UTC) if number % 5 else None,
            "tags": ("padi", "desa")[: number % 3], "images": (Image(url="https://a.example/a.jpg", caption="Sawah"),),
        }
        for number in range(40)
    ]  # fmt: skip
    edits = [article | {"title": "Ralat"} for article in articles[::7]]
    return put_in_both(tmp_path_factory.mktemp("sama"), [*articles, *edits], SHARDS)


def ask(both: Sharded, sql: str) -> list[tuple[Any, ...]]:
    with ask_shards(one_by_one(both.shards), NAMES, both.whole.parent / "tables", sql) as answer:
        return list(answer.rows)


def whole(both: Sharded, sql: str) -> list[tuple[Any, ...]]:
    with closing(open_archive(both.whole, read_only=True)) as archive:
        return [tuple(row) for row in archive.rows(sql)]


@needs_analysis
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*), sum(words), min(title), max(url), count(published_at), sum(revision) FROM articles",
        "SELECT outlet, count(*), sum(words) FROM articles GROUP BY outlet ORDER BY outlet",
        "SELECT id, title, text, section, digest, published_offset, words FROM articles ORDER BY id",
        "SELECT article_id, number, title, text, cause FROM revisions ORDER BY article_id, number",
        "SELECT slug, name, timezone, platform FROM outlets ORDER BY slug",
        "SELECT outlet, outcome, arguments, counts FROM runs ORDER BY outlet",
        "SELECT url, status, length, digest FROM captures ORDER BY url",
        "SELECT a.id, r.number FROM articles a JOIN revisions r ON r.article_id = a.id WHERE r.number > 1 ORDER BY ALL",
    ],
)
def test_answers_are_those_of_one_archive(both: Sharded, sql: str) -> None:
    assert ask(both, sql) == whole(both, sql.replace("ORDER BY ALL", "ORDER BY a.id, r.number")) != []


@needs_analysis
def test_times_lists_and_structures_have_their_types(both: Sharded) -> None:
    months = ask(
        both,
        "SELECT strftime(published_at, '%Y-%m') AS month, count(*) FROM articles GROUP BY 1 ORDER BY 1 NULLS FIRST",
    )
    assert months == whole(both, "SELECT substr(published_at, 1, 7), count(*) FROM articles GROUP BY 1 ORDER BY 1")
    trunc = "SELECT date_trunc('month', published_at) FROM articles WHERE published_at IS NOT NULL ORDER BY 1 LIMIT 1"
    assert ask(both, trunc) == [(datetime(2025, 1, 1, tzinfo=UTC),)]
    tags = "SELECT tag, count(*) FROM (SELECT unnest(tags) AS tag FROM articles) GROUP BY 1 ORDER BY 1"
    assert ask(both, tags) == whole(both, "SELECT value, count(*) FROM articles, json_each(tags) GROUP BY 1 ORDER BY 1")
    assert ask(both, "SELECT DISTINCT images[1].caption FROM articles") == [("Sawah",)]


@needs_analysis
def test_keys_that_shards_share_are_joined_with_the_shard(both: Sharded) -> None:
    counted = "SELECT count(*), count(DISTINCT c.url) FROM articles a JOIN captures c ON"
    join = f"{counted} c.shard = a.shard AND c.id = a.capture_id"
    expected = whole(both, f"{counted} c.id = a.capture_id")
    assert ask(both, join) == expected
    assert ask(both, join.replace("c.shard = a.shard AND", "")) != expected
    assert ask(both, "SELECT shard, count(*) FROM articles GROUP BY 1 ORDER BY 1") == [
        ("barat", 20), ("tengah", 10), ("ti'mur", 10),
    ]  # fmt: skip
    comments = dict(ask(both, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
    assert set(comments) == set(TABLES)
    assert all("(shard, " in comment for comment in comments.values())
    (meaning,) = ask(
        both, "SELECT comment FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'words'"
    )
    assert meaning == ("in text",)


@needs_analysis
@pytest.mark.parametrize(
    ("sql", "told"),
    [
        pytest.param("SELECT nope FROM articles", 'column "nope" not found', id="no such column"),
        pytest.param("SELECT * FROM artikel", "Table with name artikel does not exist", id="no such table"),
        pytest.param("SELEC 1", "syntax error", id="no SQL"),
        pytest.param("", "give one query", id="nothing"),
        pytest.param("SELECT CAST(title AS INTEGER) FROM articles", "Could not convert", id="fails on the way"),
        pytest.param("SELECT 1; SELECT 2", "give one query", id="two queries"),
        pytest.param("CREATE TABLE a AS SELECT 1", "give one query", id="a table"),
        pytest.param("DROP VIEW articles", "give one query", id="a view goes"),
        pytest.param("DELETE FROM articles", "give one query", id="rows go"),
        pytest.param(
            "WITH a AS (DELETE FROM articles RETURNING 1) FROM a", "cannot be answered", id="rows go in a CTE"
        ),
        pytest.param("COPY articles TO '/tmp/a.csv'", "give one query", id="a file is written"),
        pytest.param("ATTACH '/tmp/a.db'", "give one query", id="a database"),
        pytest.param("SET enable_external_access = true", "give one query", id="a setting"),
        pytest.param("INSTALL httpfs", "give one query", id="an extension"),
        pytest.param("PRAGMA database_list", "give one query", id="a pragma"),
        pytest.param("CALL enable_logging()", "give one query", id="a call"),
        pytest.param("SELECT * FROM read_text('{file}')", "file system operations are disabled", id="a file"),
        pytest.param("SELECT * FROM '{file}'", "file system operations are disabled", id="a file by its name"),
        pytest.param("SELECT * FROM read_parquet('{folder}/*.parquet')", "file system operations", id="our folder"),
        pytest.param("SELECT * FROM glob('/*')", "file system operations are disabled", id="names of files"),
        pytest.param("SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')", "cannot be answered", id="the network"),
    ],
)
def test_what_is_no_query_or_reaches_out_is_refused_in_one_sentence(
    both: Sharded, tmp_path: Path, sql: str, told: str
) -> None:
    (tmp_path / "rahasia.csv").write_text("rahasia")
    asked = sql.format(file=tmp_path / "rahasia.csv", folder=both.whole.parent / "tables")
    with pytest.raises(UsageError, match=re.escape(told)) as raised:
        ask(both, asked)
    assert "\n" not in str(raised.value)
    assert ask(both, "SELECT count(*) FROM articles") == [(40,)]


@needs_analysis
def test_only_what_changed_is_written_again_and_earlier_files_go(both: Sharded, tmp_path: Path) -> None:
    paths = [Path(shutil.copytree(path.parent, tmp_path / path.parent.name)) / path.name for path in both.shards]
    folder, fan = tmp_path / "tables", one_by_one(paths)
    written = []
    for number in range(3):
        if number == 2:
            with closing(open_archive(paths[0])) as archive:
                archive.write("UPDATE articles SET title = 'Judul baru' WHERE url LIKE '%/s0'")
        with ask_shards(fan, NAMES, folder, "SELECT count(*) FROM articles WHERE title = 'Judul baru'") as answer:
            written.append((answer.written, list(answer.rows)))
    assert written == [(3, [(0,)]), (0, [(0,)]), (1, [(1,)])]
    assert len(list(folder.iterdir())) == 3
    with ask_shards(fan, NAMES, folder, "SELECT 1 FROM runs") as answer:
        assert answer.written == 3
    assert {file.name.split("-")[0] for file in folder.iterdir()} == {"articles", "runs"}


@needs_analysis
def test_tables_that_nobody_asked_for_go_after_a_day_and_other_files_stay(both: Sharded, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    stored = write_tables(both.shards[0], StoredQuestion(tables=("articles", "runs"), folder=folder))
    (folder / "articles-milik-saya.parquet").touch()
    at = (folder / stored.files["runs"]).stat().st_mtime
    os.utime(folder / stored.files["articles"], (at - 10, at - 10))
    os.utime(folder / "articles-milik-saya.parquet", (0, 0))
    assert remove_unused(folder, at + MAX_UNUSED - 5) == 1
    assert {file.name for file in folder.iterdir()} == {stored.files["runs"], "articles-milik-saya.parquet"}


@needs_analysis
def test_outlet_in_two_shards_is_refused(both: Sharded, tmp_path: Path) -> None:
    fan = one_by_one([*both.shards, both.shards[1]])
    with (
        pytest.raises(UsageError, match="harian is in two shards, tengah and lagi"),
        ask_shards(fan, (*NAMES, "lagi"), tmp_path / "tables", "SELECT count(*) FROM articles"),
    ):
        pass


def test_missing_package_is_said_with_the_command_that_installs_it(
    both: Sharded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)  # as where it is not installed
    with (
        pytest.raises(UsageError, match="SQL over shards needs the package duckdb: run `make analysis`"),
        ask_shards(one_by_one(both.shards), NAMES, tmp_path / "tables", "SELECT 1"),
    ):
        pass


@needs_analysis
def test_folder_that_cannot_be_made_is_said(both: Sharded, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("")
    with (
        pytest.raises(UsageError, match="cannot be kept here"),
        ask_shards(one_by_one(both.shards), NAMES, tmp_path / "tables", "SELECT 1 FROM runs"),
    ):
        pass


def written(form: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> tuple[str, list[str]]:
    file = io.StringIO()
    notes = FORMS[form](SqlAnswer(columns=columns, rows=iter(rows), written=0), file)
    return file.getvalue(), notes


AT = datetime(2025, 7, 14, 9, tzinfo=UTC) + timedelta(hours=1)
ROWS: list[tuple[Any, ...]] = [("=1+1", 12, AT, ["padi"], True), (None, 5, None, None, None)]
COLUMNS = ("title", "words", "at", "tags", "gone")


def test_table_has_columns_in_line_and_says_what_it_cut() -> None:
    text, notes = written("table", COLUMNS, ROWS)
    header, rule, first, second = text.splitlines()
    assert header.split() == list(COLUMNS)
    assert first.split() == ["=1+1", "12", "2025-07-14T10:00:00+00:00", '["padi"]', "true"]
    assert first.index("12") + 1 == second.index("5")
    assert (set(rule), notes) == ({"-", " "}, [])
    text, notes = written("table", ("text",), [("a\nb" + "c" * MAX_CELL,)] * (MAX_ROWS + 1))
    assert len(text.splitlines()) == MAX_ROWS + 2
    assert max(map(len, text.splitlines())) == MAX_CELL
    assert len(notes) == 2
    assert written("table", ("a", "b"), [])[0].splitlines() == ["a  b", "-  -"]


def test_csv_has_no_formulas_and_json_keeps_all_values() -> None:
    text, notes = written("csv", COLUMNS, ROWS)
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["'=1+1", "12", "2025-07-14T10:00:00+00:00", '["padi"]', "true"], ["", "5", "", "", ""],
    ]  # fmt: skip
    assert [note.partition(" ")[0] for note in notes] == ["1"]
    text, notes = written("json", (*COLUMNS[:-1], "title"), ROWS)
    assert json.loads(text) == [
        {"title": "=1+1", "words": 12, "at": "2025-07-14T10:00:00+00:00", "tags": ["padi"], "title_1": True},
        {"title": None, "words": 5, "at": None, "tags": None, "title_1": None},
    ]
    assert (json.loads(written("json", ("a",), [])[0]), notes) == ([], [])
