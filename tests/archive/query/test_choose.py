"""A choice is the same articles everywhere: in every order, in the count, in the timeline, and as other tools count."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.export.tables import table_of
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order, choose, count, timeline
from spiders.cli import main
from tests.support.searching import search
from tests.support.storing import Shelf, shelf_in

COPY = """Banjir melanda tiga desa di Bima sejak Senin malam setelah hujan deras turun selama enam jam di hulu sungai.

Warga mengungsi ke masjid dan sekolah, kata kepala desa kepada wartawan yang datang pada Selasa pagi bersama petugas.

Pemerintah kabupaten mengirim perahu karet, selimut, beras dan air minum untuk dua ratus keluarga di tiga desa itu.

Jalan raya menuju pelabuhan masih tertutup lumpur tebal, sehingga truk harus berputar lewat jalur utara yang sempit."""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("banjir", COPY, published_at=at(1, 15, 59), sections=("Bencana", "Bima"), authors=("Ani",))
        shelf.put("salinan", COPY, published_at=at(1, 16), outlet="kabar", authors=("ani", "Budi"))
        shelf.put(
            "rumah", "Rumah kebanjiran, warga membersihkan lumpur.", published_at=at(31, 16), sections=("bencana",)
        )
        shelf.put("panen", "Panen padi di Sukarara.", title="Bukan banjir", published_at=at(20), authors=("Ani Sari",))
        shelf.put("undated", "Gempa dan banjir.", title="Gempa")
        yield shelf


def at(day: int, hour: int = 3, minute: int = 0) -> datetime:
    return datetime(2025, 7, day, hour, minute, tzinfo=UTC)


def slugs(shelf: Shelf, order: Order = "oldest", limit: int | None = None, **asked: Any) -> list[str]:
    rows = {row["key"]: row["url"] for row in shelf.archive.rows("SELECT key, url FROM articles")}
    keys = choose(shelf.archive, Choice(**asked), order=order, limit=limit)
    return [rows[key].rsplit("/", 1)[1] for key in keys]


CHOICES: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"banjir", "salinan", "rumah", "panen", "undated"}),
    ({"words": "banjir"}, {"banjir", "salinan", "rumah", "panen", "undated"}),
    ({"words": "banjir", "exact": True}, {"banjir", "salinan", "panen", "undated"}),
    ({"words": "banjir NOT gempa"}, {"banjir", "salinan", "rumah", "panen"}),
    ({"words": "NOT banjir"}, set()),
    ({"words": "NOT mengungsi", "outlet": "warta"}, {"rumah", "panen", "undated"}),
    ({"words": "judul:banjir"}, {"banjir", "panen"}),
    ({"words": "title:banjir -panen"}, {"banjir"}),
    ({"words": "lumpur -hujan OR panen"}, {"rumah", "panen"}),
    ({"words": "sukar*"}, {"panen"}),
    ({"words": '"kepala desa"'}, {"banjir", "salinan"}),
    ({"words": "bersih"}, {"rumah"}),
    ({"words": "mengungsi", "originals": True}, {"banjir"}),
    ({"originals": True}, {"banjir", "rumah", "panen", "undated"}),
    ({"originals": True, "outlet": "kabar"}, set()),
    ({"section": "bencana"}, {"banjir", "rumah"}),
    ({"section": "Bima"}, {"banjir"}),
    ({"author": "Ani"}, {"banjir", "salinan"}),
    ({"since": date(2025, 7, 2), "until": date(2025, 7, 2)}, {"salinan"}),
    ({"since": date(2025, 8, 1)}, {"rumah"}),
    ({"until": date(2025, 7, 1)}, {"banjir"}),
    ({"since": date(2025, 7, 31), "utc": True}, {"rumah"}),
]
EACH = pytest.mark.parametrize(
    ("asked", "expected"), CHOICES, ids=[" ".join(map(str, asked.items())) for asked, _ in CHOICES]
)


@EACH
def test_choice_is_the_same_articles_in_every_order_count_and_timeline(
    shelf: Shelf, asked: dict[str, Any], expected: set[str]
) -> None:
    orders: tuple[Order, ...] = ("oldest", "newest", "relevance")
    for order in orders:
        found = slugs(shelf, order, **asked)
        assert (set(found), len(found)) == (expected, len(expected))
    choice = Choice(**asked)
    assert count(shelf.archive, choice) == len(expected)
    buckets: tuple[Bucket, ...] = ("day", "month", "outlet")
    for by in buckets:
        assert sum(found for _, found in timeline(shelf.archive, choice, by)) == len(expected)
    assert len(list(table_of("articles", shelf.archive, choice))) == len(expected)
    assert len(search(shelf.archive, choice, limit=None)) == len(expected)


@EACH
def test_command_line_counts_the_same(shelf: Shelf, asked: dict[str, Any], expected: set[str]) -> None:
    words = [asked["words"]] if "words" in asked else []
    options = [f"--{name}={value}" for name, value in asked.items() if name != "words" and value is not True]
    flags = [f"--{name}" for name, value in asked.items() if value is True]
    command = ["search", *options, *flags, "--archive", str(shelf.archive.path), "--json", "--count", "--", *words]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"articles": len(expected)})


@pytest.mark.parametrize("words", ["banjir", "gempa", "panen padi", "mengungsi"])
def test_sqlite_utils_finds_what_exact_search_finds(shelf: Shelf, words: str) -> None:
    table = Database(shelf.archive.connection)["articles"]
    table.rebuild_fts()  # as people do, and nothing is lost
    found = {row["id"] for row in table.search(words)}
    assert found == {hit.id for hit in search(shelf.archive, Choice(words=words, exact=True), limit=None)}
    assert table.detect_fts() == "articles_fts"


def test_order_is_by_time_or_by_how_well_the_words_fit(shelf: Shelf) -> None:
    assert slugs(shelf) == ["undated", "banjir", "salinan", "panen", "rumah"]
    assert slugs(shelf, "newest") == ["rumah", "panen", "salinan", "banjir", "undated"]
    assert slugs(shelf, "newest", limit=2) == ["rumah", "panen"]
    assert slugs(shelf, "relevance") == slugs(shelf, "newest")
    assert slugs(shelf, "relevance", words="gempa OR sukarara") == ["undated", "panen"]
    assert slugs(shelf, "relevance", words="banjir", limit=0) == []


def test_rare_form_of_a_word_does_not_come_before_the_word_itself(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for number in range(30):
            shelf.put(f"b{number}", f"Banjir di desa {number}, dan hujan di sana.", title=f"Kabar {number}")
            for kind in ("cuaca", "pasar"):
                shelf.put(f"{kind}{number}", f"Kabar {kind} di desa {number} baik sekali hari itu.", title=kind)
        text = "Pendukung membanjiri stadion sejak pagi di kota itu untuk melihat pertandingan terakhir tahun ini."
        shelf.put("pendukung", text, title="Pertandingan besar")
        shelf.put("utama", "Banjir di desa, banjir di kota, banjir di pasar.", title="Banjir besar")
        found = slugs(shelf, "relevance", words="banjir")
        assert (found[0], len(found)) == ("utama", 32)
        assert found[-1] == "pendukung"


def test_timeline_has_days_and_months_of_the_outlets_clock(shelf: Shelf) -> None:
    days = [("2025-07-01", 1), ("2025-07-02", 1), ("2025-07-20", 1), ("2025-08-01", 1), ("undated", 1)]
    assert timeline(shelf.archive, Choice(), "day") == days
    assert timeline(shelf.archive, Choice(), "month") == [("2025-07", 3), ("2025-08", 1), ("undated", 1)]
    assert timeline(shelf.archive, Choice(utc=True), "month") == [("2025-07", 4), ("undated", 1)]
    assert timeline(shelf.archive, Choice(words="mengungsi"), "outlet") == [("kabar", 1), ("warta", 1)]
    assert timeline(shelf.archive, Choice(words="durian"), "day") == []


def test_timeline_on_the_command_line(shelf: Shelf) -> None:
    command = ["search", "--timeline", "month", "--archive", str(shelf.archive.path)]
    assert CliRunner().invoke(main, command).stdout.split() == ["2025-07", "3", "2025-08", "1", "undated", "1"]
    told = json.loads(CliRunner().invoke(main, [*command, "--json", "mengungsi"]).stdout)
    assert told == [{"month": "2025-07", "articles": 2}]


def test_command_says_how_many_it_does_not_list(shelf: Shelf) -> None:
    done = CliRunner().invoke(
        main, ["search", "banjir", "--limit", "2", "--json", "--archive", str(shelf.archive.path)]
    )
    assert len(json.loads(done.stdout)) == 2
    assert "2 of 5 articles are listed; more with --limit 5" in done.stderr


_WORDS = st.sampled_from(
    ["banjir", "panen", "gempa", '"kepala desa"', "judul:banjir", "lum*", "AND", "OR", "NOT", "(", ")", "-"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=9).map(" ".join))
def test_what_a_question_does_not_find_its_denial_finds(shelf: Shelf, words: str) -> None:
    if not words.count("(") and not words.count(")"):
        words = f"({words})"
        found, rest = set(slugs(shelf, words=words)), set(slugs(shelf, words=f"NOT {words}"))
        assert found | rest in ({"banjir", "salinan", "rumah", "panen", "undated"}, set())
        assert found.isdisjoint(rest)
    assert count(shelf.archive, Choice(words=words)) == len(slugs(shelf, words=words))
