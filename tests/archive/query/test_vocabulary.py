"""The words of an archive, asked of its index."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query.vocabulary import ArchiveVocabulary
from tests.support.storing import shelf_in

WORDS = "a ab aba abab abb b ba baba bb bba 1a ω ωa 漢 漢字 berita beritanya beri pemberitaan zz".split()


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveVocabulary]:
    with shelf_in(tmp_path_factory.mktemp("vocabulary")) as shelf:
        shelf.put("kata", " ".join(WORDS), title=WORDS[0])
        yield ArchiveVocabulary(shelf.archive)


@given(st.sets(st.one_of(st.sampled_from(WORDS), st.text("abω漢字z", min_size=1, max_size=4)), max_size=12))
def test_words_are_found_by_their_beginnings(vocabulary: ArchiveVocabulary, beginnings: set[str]) -> None:
    expected = {word for word in WORDS if word.startswith(tuple(beginnings))}
    assert vocabulary.beginning_with(beginnings) == expected
    assert vocabulary.holds(beginnings) == beginnings & set(WORDS)
