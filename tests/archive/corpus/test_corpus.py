"""`from archive import open_archive`: records, data frames and pages of what is asked for; nothing is written."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from archive import open_archive
from archive.corpus.typed import Article, CaptureRow, Filters, Revision, StoryMember
from archive.export.columns import article_columns, capture_columns, member_columns, revision_columns
from archive.query.choice import Choice
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError, UsageError
from tests.support.optional import needs_analysis
from tests.support.storing import id_of, shelf_in, url_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.", published_at=datetime(2025, 7, 10, tzinfo=UTC), native_id="007")
        shelf.put("padi", "Petani memanen padi lagi.", published_at=datetime(2025, 7, 10, tzinfo=UTC))
        shelf.put("cabai", "Harga cabai turun.", outlet="kabar", published_at=datetime(2025, 8, 1, tzinfo=UTC))
        shelf.put("undated", "Tanpa tanggal.")
    return tmp_path / "archive.db"


@pytest.mark.parametrize(
    ("query", "filters", "slugs"),
    [
        (None, {}, ["undated", "padi", "cabai"]),
        ("panen", {}, ["padi"]),
        (None, {"outlet": "kabar"}, ["cabai"]),
        (None, {"since": "2025-07-20"}, ["cabai"]),
        (None, {"until": date(2025, 7, 20)}, ["padi"]),
        (None, {"until": datetime(2025, 7, 20, 12, tzinfo=UTC), "utc": True}, ["padi"]),
        ("gempa", {}, []),
    ],
)
def test_articles_are_those_that_are_asked_for(
    path: Path, query: str | None, filters: Filters, slugs: list[str]
) -> None:
    with open_archive(path) as archive:
        found = archive.articles(query, **filters)
        assert [record["url"].rsplit("/", 1)[1] for record in found] == slugs
        assert [record["url"].rsplit("/", 1)[1] for record in found] == slugs  # again, from the beginning
        assert (found.count(), archive.count(query, **filters)) == (len(slugs), len(slugs))


def test_order_limit_and_timeline(path: Path) -> None:
    with open_archive(path) as archive:
        newest = archive.articles(order="newest", limit=2)
        assert [record["url"].rsplit("/", 1)[1] for record in newest] == ["cabai", "padi"]
        assert newest.count() == 2
        assert archive.timeline() == [("2025-07", 1), ("2025-08", 1), ("undated", 1)]
        assert archive.timeline("cabai", by="outlet") == [("kabar", 1)]


def test_one_article_is_found_by_what_people_call_it(path: Path) -> None:
    with open_archive(path) as archive:
        assert archive.article(url_of("padi"))["text"] == "Petani memanen padi lagi."
        assert archive.article(f"{id_of('padi')}@1")["text"] == "Petani memanen padi."
        with pytest.raises(UsageError, match="holds no article"):
            archive.article("lain")


def test_revisions_captures_and_stories_belong_to_the_articles(path: Path) -> None:
    with open_archive(path) as archive:
        assert [one["number"] for one in archive.revisions("panen")] == [1, 2]
        assert {one["outlet"] for one in archive.captures(outlet="kabar")} == {"kabar"}
        assert list(archive.stories()) == []
        assert archive.revisions().count() == 4


def test_archive_cannot_be_written_and_ends_with_its_block(path: Path) -> None:
    before = path.read_bytes()
    with open_archive(path) as archive:
        list(archive.revisions())
    assert path.read_bytes() == before
    with pytest.raises(ArchiveError):
        archive.count()


def test_what_cannot_be_asked_is_told(path: Path, tmp_path: Path) -> None:
    with open_archive(path) as archive:
        with pytest.raises(UsageError, match="there are: kabar, warta"):
            archive.articles(outlet="harian")
        with pytest.raises(UsageError, match="is no day"):
            archive.articles(since="Juli")
        with pytest.raises(UsageError, match="no filter '.*'; the filters are outlet, section, author"):
            archive.articles(outlett="warta")  # type: ignore[call-arg]
        with pytest.raises(UsageError, match="has no capture 99"):
            archive.read_capture(99)
        with pytest.raises(ArchiveError):
            archive.read_capture(archive.article(id_of("padi")))  # its WARC file is not there
    with pytest.raises(ArchiveError, match="there is no archive here"):
        open_archive(tmp_path / "lain.db")


def test_without_a_path_the_environment_names_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KICKCRAWL_ARCHIVE", str(path))
    with open_archive() as archive:
        assert archive.count() == 3


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        (Article, article_columns()),
        (Revision, revision_columns()),
        (StoryMember, member_columns()),
        (CaptureRow, capture_columns()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_declared_types_are_those_of_the_records(record: type, columns: tuple[Any, ...]) -> None:
    assert set(get_type_hints(record)) - {"recorded_at"} == {column.name for column in columns} - {"recorded_at"}


def test_filters_are_those_of_the_shared_choice() -> None:
    others = {"words", "article"}  # the query itself, and what article() is for
    assert set(get_type_hints(Filters)) == set(Choice.__dataclass_fields__) - others


@needs_analysis
def test_frames_have_the_same_rows_and_types(path: Path) -> None:
    import duckdb
    import polars

    with open_archive(path) as archive:
        found = archive.articles()
        frame, other, arrow = found.to_pandas(), found.to_polars(), found.to_arrow()
        relation = found.to_duckdb()
    assert [len(frame), len(other), arrow.num_rows] == [3, 3, 3]
    assert list(frame["native_id"].dropna()) == other["native_id"].drop_nulls().to_list() == ["007"]
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert (str(frame["words"].dtype), str(frame["read_share"].dtype)) == ("Int64", "Float64")
    assert isinstance(frame["tags"].iloc[0], list)
    assert other.schema["tags"] == polars.List(polars.String)
    assert duckdb.sql("SELECT count(*), max(published_at)::DATE FROM relation").fetchall() == [(3, date(2025, 8, 1))]
    assert relation.columns == frame.columns.to_list() == other.columns == arrow.column_names


@needs_analysis
def test_empty_answer_has_its_columns(path: Path) -> None:
    with open_archive(path) as archive:
        frame = archive.articles("gempa").to_pandas()
    assert (len(frame), str(frame["published_at"].dtype)) == (0, "datetime64[us, UTC]")


def test_missing_package_is_told_in_one_sentence(path: Path) -> None:
    script = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from archive import open_archive\n"
        f"open_archive({str(path)!r}).articles().to_arrow()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert "UsageError: Arrow needs the package pyarrow: run `make analysis`" in done.stderr


def test_package_stays_light() -> None:
    script = "import sys, archive; print([name for name in ('sqlite3', 'lxml', 'pyarrow') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
