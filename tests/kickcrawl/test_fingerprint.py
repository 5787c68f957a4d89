"""Digests: the same words give the same digest, other words another, and an id outlives a rebuild."""

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kickcrawl.fingerprint import ID_LENGTH, article_id, bytes_digest, text_digest

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789éü", min_size=1, max_size=8), min_size=1, max_size=12)
MARKS = st.sampled_from([" ", "\n\n", " – ", ", ", "” ”", "\u00a0", " (", ". "])


def test_id_of_an_article_is_the_head_of_its_addresss_sha256() -> None:
    url = "https://warta.example/panen-raya-jagung"
    assert article_id(url) == hashlib.sha256(url.encode()).hexdigest()[:ID_LENGTH]


@given(st.text(), st.text())
def test_ids_of_two_addresses_differ(one: str, other: str) -> None:
    assume(one != other)
    assert len(article_id(one)) == ID_LENGTH
    assert article_id(one) != article_id(other)


@given(st.binary())
def test_digest_of_bytes_names_its_kind(body: bytes) -> None:
    assert bytes_digest(body) == "sha256:" + hashlib.sha256(body).hexdigest()


@given(WORDS, st.data())
def test_case_quotes_and_white_space_do_not_change_the_digest(words: list[str], data: st.DataObject) -> None:
    dressed = "".join(word.upper() + data.draw(MARKS) for word in words)
    assert text_digest("Judul", dressed) == text_digest("JUDUL", " ".join(words))


@given(WORDS, WORDS)
def test_other_words_give_another_digest(one: list[str], other: list[str]) -> None:
    assume(one != other)
    assert text_digest("Judul", " ".join(one)) != text_digest("Judul", " ".join(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("”Airnya jernih,” kata Inaq Sahni.", '"Airnya jernih," kata Inaq Sahni.', True, id="quotes"),
        pytest.param("eﬁsien", "efisien", True, id="ligature"),
        pytest.param("cafe\u0301 desa", "caf\u00e9 desa", True, id="composed and decomposed letters"),
        pytest.param("Rp 5.000", "Rp 5000", False, id="another figure"),
        pytest.param("tidak naik", "naik", False, id="a word less"),
    ],
)
def test_digest_tells_words_from_typography(one: str, other: str, same: bool) -> None:
    assert (text_digest("Judul", one) == text_digest("Judul", other)) is same
