"""By which words of a question articles are ranked: all, unless too many articles have them."""

from hypothesis import given
from hypothesis import strategies as st

from archive.query.bm25 import MAX_READ, Census, any_of, telling, too_common

RARE, COMMON, OTHER = ('"beras"',), ('"dan"', '"dengan"'), ('title : "kata" *',)


def census(articles: int, **found: int) -> Census:
    """Return a census in which each form of a term has as many articles as the term."""
    terms = {RARE: found["rare"], COMMON: found["common"], OTHER: found["other"]}
    forms = {form: number for term, number in terms.items() for form in term}
    return Census(articles=articles, words=articles, found=forms | {any_of(term): terms[term] for term in terms})


def test_all_words_rank_where_they_are_quickly_read() -> None:
    counted = census(100_000, rare=40, common=99_000, other=98_000)
    assert telling([RARE, COMMON, OTHER], counted) == (RARE, COMMON, OTHER)
    assert too_common([RARE, COMMON, OTHER], counted) == ()


def test_words_that_too_many_articles_have_do_not_rank() -> None:
    counted = census(1_000_000, rare=9_000, common=900_000, other=480_000)
    assert telling([RARE, COMMON, OTHER], counted) == (RARE,)
    assert too_common([RARE, COMMON, OTHER], counted) == ("dan", "title:kata*")


def test_words_as_common_as_one_another_rank_all_or_none() -> None:
    counted = census(1_000_000, rare=300_000, common=140_000, other=299_000)
    assert telling([RARE, OTHER], counted) == ()
    assert telling([RARE], counted) == (RARE,)


@given(st.integers(1, 10**7), st.lists(st.integers(0, 10**7), min_size=1, max_size=12))
def test_what_is_read_is_bounded(articles: int, numbers: list[int]) -> None:
    terms = [(f'"{number}"',) for number in range(len(numbers))]
    found = {f'"{at}"': min(number, articles) for at, number in enumerate(numbers)}
    counted = Census(articles=articles, words=1, found=found | {any_of((form,)): found[form] for form in found})
    ranked_by = telling(terms, counted)
    assert sum(found[form] for term in ranked_by for form in term) <= MAX_READ
    least = min((found[form] for (form,) in terms if (form,) not in ranked_by), default=articles)
    assert all(found[form] <= least for term in ranked_by for form in term)
