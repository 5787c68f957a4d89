"""What FTS5 has counted: articles and words, whatever became of them."""

from pathlib import Path

from archive.query.totals import count_articles, count_words, varints
from tests.support.storing import shelf_in


def test_totals_follow_what_is_stored_edited_and_deleted(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        assert (count_articles(shelf.archive), count_words(shelf.archive)) == (0, 0)
        for number in range(300):  # more than one byte holds
            shelf.put(f"a-{number}", "Dua kata.", title="Judul")
        assert (count_articles(shelf.archive), count_words(shelf.archive)) == (300, 900)
        shelf.put("a-7", "Empat kata di sini.", title="Judul")
        assert (count_articles(shelf.archive), count_words(shelf.archive)) == (300, 902)
        shelf.archive.write("PRAGMA foreign_keys = OFF")
        shelf.archive.write("DELETE FROM articles WHERE title = 'Judul' AND text <> 'Dua kata.'")
        assert (count_articles(shelf.archive), count_words(shelf.archive)) == (299, 897)


def test_longest_varint_has_eight_bits_in_its_last_byte() -> None:
    assert list(varints(bytes([0xFF] * 9 + [1]))) == [2**64 - 1, 1]
