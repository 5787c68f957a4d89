"""The query language: what is typed means what its rules say, and any input is safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.search import as_typed
from archive.query.language import MAX_QUERY, read
from archive.query.match import MAX_WORDS_IN_ALL_FORMS, match_as_written, match_in_forms


@pytest.mark.parametrize(
    ("asked", "expression"),
    [
        ("banjir", '("banjir")'),
        ("banjir bima", '(("banjir") AND ("bima"))'),
        ("banjir AND bima", '(("banjir") AND ("bima"))'),
        ("banjir and bima or", '(("banjir") AND ("and") AND ("bima") AND ("or"))'),
        ("banjir OR longsor", '(("banjir") OR ("longsor"))'),
        ("bima banjir OR longsor", '((("bima") AND ("banjir")) OR ("longsor"))'),
        ("bima (banjir OR longsor)", '(("bima") AND (("banjir") OR ("longsor")))'),
        ("banjir NOT bima", '(("banjir") NOT ("bima"))'),
        ("banjir AND NOT bima", '(("banjir") NOT ("bima"))'),
        ("banjir -bima -dompu", '(("banjir") NOT (("bima") OR ("dompu")))'),
        ("NOT NOT banjir", '("banjir")'),
        ('"kepala desa"', '("kepala desa")'),
        ('-"kepala desa" camat', '(("camat") NOT ("kepala desa"))'),
        ("judul:banjir", '(title : "banjir")'),
        ('Title:"kepala desa"', '(title : "kepala desa")'),
        ("judul:(banjir OR longsor)", '((title : "banjir") OR (title : "longsor"))'),
        ("penulis:ahmad", '(("penulis") AND ("ahmad"))'),
        ("banj*", '("banj" *)'),
        ("judul:banj*", '(title : "banj" *)'),
        ("anak-anak", '("anak")'),
        ("tolong-menolong", '(("tolong") AND ("menolong"))'),
        ("5.000", '("5 000")'),
        ("covid-19", '("covid 19")'),
        ("banjir banjir", '("banjir")'),
    ],
)
def test_question_becomes_an_expression(asked: str, expression: str) -> None:
    found = match_as_written(asked)
    assert found is not None
    assert (found.expression, found.is_complement) == (expression, False)


@pytest.mark.parametrize(
    ("asked", "expression"),
    [
        ("NOT banjir", '("banjir")'),
        ("-banjir -longsor", '(("banjir") OR ("longsor"))'),
        ("gempa OR NOT banjir", '(("banjir") NOT ("gempa"))'),
        ("NOT banjir OR NOT gempa", '(("banjir") AND ("gempa"))'),
        ("NOT (banjir OR longsor)", '(("banjir") OR ("longsor"))'),
    ],
)
def test_question_for_what_is_not_there_is_all_but_what_is(asked: str, expression: str) -> None:
    found = match_as_written(asked)
    assert found is not None
    assert (found.expression, found.is_complement) == (expression, True)


@pytest.mark.parametrize(
    ("asked", "same_as"),
    [
        ("OR", "or"), ("AND NOT", "and not"), ("banjir OR", "banjir or"), ("OR banjir", "or banjir"),
        ('"banjir bima', '"banjir bima"'), ("(banjir OR longsor", "banjir OR longsor"), (")banjir(", "banjir"),
        ("((banjir)", "banjir"), ("banjir ) bima", "banjir bima"), ("banjir () bima", "banjir bima"),
        ("judul: banjir", "judul banjir"), ("* banjir", "banjir"), ('"" banjir', "banjir"),
        ("banjir NOT", "banjir not"), ("- banjir", "banjir"), ("banjir && bima", "banjir bima"),
        ("(((((((((((((((banjir)))))))))))))))", "banjir"),
    ],
)  # fmt: skip
def test_what_is_left_open_or_stands_alone_is_forgiven(asked: str, same_as: str) -> None:
    found, expected = match_as_written(asked), match_as_written(same_as)
    assert found is not None
    assert expected is not None
    assert found.expression.casefold() == expected.expression.casefold()


@pytest.mark.parametrize("asked", ["", " ", "...", '""', "*", "()", "-", "🌾", "(" * 5_000])
def test_question_without_a_word_asks_for_nothing(asked: str) -> None:
    assert read(asked) is None
    assert match_as_written(asked) is None


def test_words_get_their_forms_but_not_phrases_and_prefixes() -> None:
    found = match_in_forms('tulis "tulis" tulis*', lambda word: {word, f"{word}an"})
    assert found is not None
    assert found.expression == '(("tulis" OR "tulisan") AND ("tulis") AND ("tulis" *))'
    assert found.terms == (('"tulis"', '"tulisan"'), ('"tulis"',), ('"tulis" *',))


def test_very_many_words_are_all_searched_for_the_last_ones_as_written() -> None:
    words = [f"kata{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}" for number in range(60)]
    found = match_in_forms(" ".join(words), lambda word: {f"{word}nya"})
    assert found is not None
    assert len(found.terms) == 60
    assert sum(len(term) == 2 for term in found.terms) == MAX_WORDS_IN_ALL_FORMS


@given(st.one_of(st.text(), st.text('"*^:(){}+-ANDORNTadn judul:\0\n', max_size=60)))
def test_any_text_is_read(text: str) -> None:
    found = match_as_written(text)
    assert found is None or found.expression
    assert read(text * 300) is None or len(text * 300) >= 1
    assert MAX_QUERY > 1000


@pytest.mark.parametrize(
    ("argument", "typed"),
    [
        ("banjir", "banjir"), ("kepala desa", '"kepala desa"'), ("banjir OR longsor", "banjir OR longsor"),
        ("judul:banjir bima", "judul:banjir bima"), ('"kepala desa" camat', '"kepala desa" camat'),
        ("banj* bima", "banj* bima"), ("banjir -bima", "banjir -bima"), ("Andi OReilly", '"Andi OReilly"'),
    ],
)  # fmt: skip
def test_argument_with_blanks_is_a_phrase_unless_it_is_an_expression(argument: str, typed: str) -> None:
    assert as_typed(argument) == typed
