"""Words that were read in another encoding than they were written in."""

import pytest

from kickcrawl.claims.mojibake import mended


@pytest.mark.parametrize("text", ["Siti Rahma", "José Silva", "Ándrés Ñandú", "Müller–Lüdenscheid", "\u00c2", "“Padi”"])
def test_words_as_they_were_written_are_read_as_they_were_meant(text: str) -> None:
    assert mended(text) == text
    for encoding in ("cp1252", "latin-1"):
        try:
            broken = text.encode().decode(encoding)
        except UnicodeDecodeError:
            continue
        assert mended(broken) == text


def test_words_with_lost_signs_are_not_taken() -> None:
    assert mended("Jos\ufffd Silva") is None
