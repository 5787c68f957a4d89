"""kickcrawl/compare/diff.py: how one state of a text became the next."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.compare.diff import Piece, word_diff


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("sama", "sama", [Piece("same", "sama")]),
        ("", "baru", [Piece("added", "baru")]),
        ("lama", "", [Piece("removed", "lama")]),
        (
            "Harga beras naik lagi.",
            "Harga beras turun lagi.",
            [
                Piece("same", "Harga beras "),
                Piece("removed", "naik"),
                Piece("added", "turun"),
                Piece("same", " lagi."),
            ],
        ),
        (
            "Satu dua tiga",
            "Empat lima tiga",
            [Piece("removed", "Satu dua"), Piece("added", "Empat lima"), Piece("same", " tiga")],
        ),
        (
            "Alinea satu.\n\nAlinea dua.",
            "Alinea satu.\n\nSisipan.\n\nAlinea dua.",
            [
                Piece("same", "Alinea satu.\n\n"),
                Piece("added", "Sisipan.\n\n"),
                Piece("same", "Alinea dua."),
            ],
        ),
    ],
    ids=["nothing", "same", "all new", "all gone", "one word", "two words are one change", "a paragraph put in"],
)
def test_words_that_changed_are_named(old: str, new: str, pieces: list[Piece]) -> None:
    assert word_diff(old, new) == pieces


WORDS = st.lists(st.sampled_from(["harga", "naik", "turun", ",", "\n\n", "\n", " ", "é", "["]), max_size=30).map(
    "".join
)


@given(WORDS | st.text(), WORDS | st.text())
def test_both_states_can_be_read_off_the_pieces(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_a_rewritten_long_text_is_compared_in_good_time() -> None:
    old = " ".join(f"kata{n % 97}" for n in range(20_000))
    new = " ".join(f"kata{n % 89}" for n in range(20_000))
    begin = time.process_time()
    word_diff(old, new)
    assert time.process_time() - begin < 5  # seconds of CPU
