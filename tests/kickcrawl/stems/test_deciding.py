"""The forms that several vocabularies have of a word together are known from the few words that decide about them."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kickcrawl.stems.deciding import WordList, deciding, made_of, untold
from kickcrawl.stems.family import Families
from tests.kickcrawl.stems.measure import read_pairs, words_of
from tests.kickcrawl.stems.words import Words

WORDS = sorted({word for name in ("pairs", "strangers") for pair in read_pairs(name) for word in words_of([pair])})
TOGETHER = Families(Words(WORDS))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WORDS), st.integers(2, 5), st.integers())
def test_two_steps_tell_all_that_decides(word: str, parts: int, seed: int) -> None:
    random = Random(seed)
    share = [random.randrange(parts) for _ in WORDS]
    vocabularies = [Words(w for w, at in zip(WORDS, share, strict=True) if at == part) for part in range(parts)]
    told = [deciding(vocabulary, [word]) for vocabulary in vocabularies]
    words = frozenset(w for one in told for w in one.words)
    words |= frozenset(w for vocabulary in vocabularies for w in made_of(vocabulary, untold(told)))
    assert Families(WordList(words)).forms_of(word) == TOGETHER.forms_of(word)
    assert words <= set(WORDS)


@pytest.mark.parametrize("word", ["menangkap", "berita", "5000", "covid-19"])
def test_one_vocabulary_leaves_nothing_untold(word: str) -> None:
    told = deciding(Words(WORDS), [word])
    assert untold([told]) == frozenset()
    assert len(told.words) < 50
    assert Families(WordList(told.words)).forms_of(word) == TOGETHER.forms_of(word)
