"""What a list shows of a text in which nothing was searched for."""

import pytest

from archive.query.hits import MAX_OPENING, opening


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Panen raya.\n\nHarga turun.", "Panen raya. Harga turun."),
        ("", ""),
        ("kabar " * 40, f"{'kabar ' * 26}…"),
        ("米" * 300, f"{'米' * MAX_OPENING} …"),
        ("a " + "米" * 300, f"a {'米' * (MAX_OPENING - 2)} …"),
    ],
)
def test_opening_ends_with_a_word(text: str, shown: str) -> None:
    assert opening(text) == shown
