"""The full-text index: it holds what the articles hold, through edits, deletions and VACUUM; no input breaks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.query.choice import Choice
from kickcrawl.errors import ArchiveError
from tests.support.searching import search
from tests.support.storing import Shelf, id_of, shelf_in

MODES = pytest.mark.parametrize("mode", ["stem", "exact"])


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi di Sukarara.", title="Panen padi")
        shelf.put("cabai", "Harga cabai di pasar Praya turun.", title="Harga cabai")
        shelf.put("laut", "Nelayan Tanjung Luar tidak melaut karena badai.", title="Badai di laut")
        yield shelf


def found(shelf: Shelf, query: str, mode: str = "exact") -> list[str]:
    return [hit.url.rsplit("/", 1)[1] for hit in search(shelf.archive, Choice(words=query, exact=mode == "exact"))]


def check(shelf: Shelf) -> None:
    """Have FTS5 compare its index with the articles; raises ArchiveError where they differ."""
    shelf.archive.write("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


def test_check_of_the_index_finds_a_row_that_is_not_indexed(shelf: Shelf) -> None:
    shelf.archive.write("DROP TRIGGER articles_fts_update")
    shelf.archive.write("UPDATE articles SET title = 'Gabah' WHERE id = :id", {"id": id_of("padi")})
    with pytest.raises(ArchiveError, match="malformed"):
        check(shelf)


NASTY = {
    "an operator alone": "OR",
    "operators": "padi AND NOT cabai NEAR laut",
    "near": "NEAR(padi cabai, 5)",
    "a column": "title:padi",
    "another column": "rahasia:padi",
    "brackets": "(padi",
    "a prefix": "pad*",
    "a caret": "^padi",
    "a minus": "-cabai -laut",
    "a plus": "padi+cabai",
    "an open phrase": '"padi di',
    "an empty phrase": '""',
    "quotation marks": '"""padi""',
    "an apostrophe": "padi' OR 1=1 --",
    "a semicolon": "padi; DROP TABLE articles",
    "a null byte": "padi\0cabai",
    "half a surrogate pair": "padi\ud83c",
    "an emoji": "🌾",
    "marks without a letter": "\u0301\u0302",
    "a very long word": "p" * 50_000,
    "very many words": "padi " * 2_000,
    "parentheses in parentheses": "".join(f"w{number} (x{number} OR " for number in range(100)) + "padi",
    "many that must not be there": "padi " + " ".join(f"-kata{number}" for number in range(900)),
    "white space": " \t\n\u00a0\u2003",
    "nothing": "",
}


@MODES
@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_no_input_is_an_error_or_an_operator(shelf: Shelf, query: str, mode: str) -> None:
    assert set(found(shelf, query, mode)) <= {"padi"}
    check(shelf)


@MODES
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ('"harga cabai"', ["cabai"]),
        ('"cabai harga"', []),
        ('"pasar praya"', ["cabai"]),
        ('"padi di sukarara" panen', ["padi"]),
        ('"padi di sukarara" cabai', []),
    ],
)
def test_phrase_is_found_in_its_order_only(shelf: Shelf, query: str, slugs: list[str], mode: str) -> None:
    assert found(shelf, query, mode) == slugs


@MODES
def test_word_in_the_title_weighs_more_than_several_in_the_text(shelf: Shelf, mode: str) -> None:
    shelf.put("isi", "Bendungan itu penuh. Warga melihat bendungan dari bukit di sana.", title="Kabar pagi dari desa")
    shelf.put("judul", "Air sudah penuh sejak kemarin. Warga melihat dari atas bukit.", title="Bendungan penuh di desa")
    assert found(shelf, "bendungan", mode) == ["judul", "isi"]


@MODES
def test_index_follows_an_edit_of_title_and_text(shelf: Shelf, mode: str) -> None:
    shelf.put("padi", "Gudang bulog penuh.", title="Gabah menumpuk")
    assert found(shelf, "panen", mode) == found(shelf, "sukarara", mode) == []
    assert found(shelf, "gabah", mode) == found(shelf, "bulog", mode) == ["padi"]
    check(shelf)


@MODES
def test_index_follows_a_deletion(shelf: Shelf, mode: str) -> None:
    archive, given = shelf.archive, {"id": id_of("padi")}
    key = archive.value("SELECT key FROM articles WHERE id = :id", given)
    for table in ("near_keys", "near_sketches"):
        archive.write(f"DELETE FROM {table} WHERE article_key = :key", {"key": key})
    for table in ("revisions_kept", "article_urls"):
        archive.write(f"DELETE FROM {table} WHERE article_id = :id", given)
    archive.write("DELETE FROM articles WHERE id = :id", given)
    assert found(shelf, "padi", mode) == []
    check(shelf)


def test_touch_does_not_index_an_article_again(shelf: Shelf) -> None:
    before = shelf.archive.value("SELECT count(*) FROM articles_fts_data")
    shelf.archive.write("UPDATE articles SET last_seen_at = '2025-07-15T00:00:00+00:00'")
    assert shelf.archive.value("SELECT count(*) FROM articles_fts_data") == before
    shelf.archive.write("UPDATE articles SET title = title || '!' WHERE id = :id", {"id": id_of("padi")})
    assert shelf.archive.value("SELECT count(*) FROM articles_fts_data") > before


@MODES
def test_search_is_right_after_a_vacuum(shelf: Shelf, mode: str) -> None:
    archive = shelf.archive
    for number in range(30):  # holes in the rows, which a VACUUM would close if their numbers were not fixed
        shelf.put(f"n{number}", f"Kabar ke-{number}.", title=f"Sementara {number}")
    archive.write("PRAGMA foreign_keys = OFF")
    archive.write("DELETE FROM articles WHERE title LIKE 'Sementara %' OR id = :id", {"id": id_of("padi")})
    shelf.put("jagung", "Petani menjual jagung di Sukarara.", title="Panen jagung")
    keys = [tuple(row) for row in archive.rows("SELECT key, id FROM articles ORDER BY key")]
    archive.write("VACUUM")
    assert [tuple(row) for row in archive.rows("SELECT key, id FROM articles ORDER BY key")] == keys
    assert found(shelf, "jagung", mode) == found(shelf, "petani", mode) == ["jagung"]
    assert found(shelf, "badai", mode) == ["laut"]
    check(shelf)
