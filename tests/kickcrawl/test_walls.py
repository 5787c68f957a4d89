"""Walls: told by what they lack, and by one text at several addresses; in no one's words."""

import pytest

from kickcrawl.walls import Judgement, Vouchers, judge_vouchers, vouchers_of, wall_digest

URL = "https://warta.example/kabar/17-panen-padi-di-sukarara"


def has(*, headline: bool = False, time: bool = False, authors: bool = False) -> Vouchers:
    return Vouchers(has_headline=headline, has_time=time, has_authors=authors)


@pytest.mark.parametrize(
    ("url", "asked", "title", "expected"),
    [
        pytest.param(URL, None, "Panen padi di Sukarara lebih awal", True, id="words of the address"),
        pytest.param(URL, None, "Satu soal kecil sebelum membaca", False, id="none of the address"),
        pytest.param("https://warta.example/17", "Panen padi", "Panen padi lebih awal", True, id="as its seed says"),
        pytest.param("https://warta.example/17", "Panen padi", "Sebentar", False, id="not as its seed says"),
        pytest.param("https://warta.example/17", None, "17", False, id="a number is no headline"),
        pytest.param("https://warta.example/sebentar", None, "Sebentar", False, id="one word says nothing"),
    ],
)
def test_headline_vouches_where_it_agrees_with_what_was_asked_for(
    url: str, asked: str | None, title: str, expected: bool
) -> None:
    assert vouchers_of(url, asked, [title], {}).has_headline is expected


def test_time_vouches_only_where_the_page_itself_states_it() -> None:
    assert vouchers_of(URL, None, [], {"published_at": "markup", "authors": "byline"}) == has(time=True, authors=True)
    assert vouchers_of(URL, None, [], {"published_at": "sitemap", "authors": "feed"}) == has()


@pytest.mark.parametrize(
    ("found", "usual", "expected"),
    [
        pytest.param(has(), [has(time=True)] * 5, "odd", id="no time where all have one"),
        pytest.param(has(authors=True), [has(time=True, authors=True)] * 5, "vouched", id="one of two"),
        pytest.param(has(headline=True), [has(time=True)] * 5, "vouched", id="its headline agrees"),
        pytest.param(has(), [has()] * 5, "vouched", id="nothing where nothing is usual"),
        pytest.param(has(), [has(time=True)] * 3 + [has()] * 2, "vouched", id="three of five are not usual"),
        pytest.param(has(), [has(time=True)] * 2, "unknown", id="too few are known"),
        pytest.param(has(time=True), [], "vouched", id="a time at an outlet that is not known"),
    ],
)
def test_page_is_judged_by_what_its_outlets_articles_have(
    found: Vouchers, usual: list[Vouchers], expected: Judgement
) -> None:
    assert judge_vouchers(found, usual) == expected


def test_wall_is_the_same_whatever_its_token_is() -> None:
    assert wall_digest("Berhenti", "Nomor: 4f1c-77d1.") == wall_digest("BERHENTI", "Nomor:  9a0e-12b7")
    assert wall_digest("Berhenti", "Nomor") != wall_digest("Berhenti", "Nama")
