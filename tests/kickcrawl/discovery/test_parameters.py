"""Parameters that tell articles apart, and those that are noise."""

import pytest

from kickcrawl.discovery.parameters import (
    MAX_NAMES,
    MIN_SAME,
    Observation,
    Parameters,
    Votes,
    judge,
    learn,
    telling_in_list,
)

HOST = "https://warta.example"


def seen(*pairs: tuple[str, str]) -> list[Observation]:
    return [Observation(url=HOST + path, identity=identity) for path, identity in pairs]


def judged(*pairs: tuple[str, str]) -> Parameters:
    return judge(learn({}, seen(*pairs)))


@pytest.mark.parametrize(
    ("pairs", "telling"),
    [
        pytest.param([("/baca?sid=1", "a"), ("/baca?sid=2", "b")], {"sid"}, id="a number"),
        pytest.param([("/baca?ref=401", "a"), ("/baca?ref=402", "b")], {"ref"}, id="whatever it means elsewhere"),
        pytest.param([("/baca", "a"), ("/baca?id=2", "b")], {"id"}, id="with it and without"),
        pytest.param([("/baca?SID=1", "a"), ("/baca?sid=2", "b")], {"sid"}, id="in capitals"),
        pytest.param([("/baca?id=1&x=7", "a"), ("/baca?id=2&x=7", "b")], {"id"}, id="beside one that stays"),
        pytest.param(
            [("/baca?id=1&x=7", "a"), ("/baca?id=2&x=7", "b"), ("/baca?id=2&x=8", "b")], {"id"}, id="beside noise"
        ),
        pytest.param([("/baca?id=1&x=7", "a"), ("/baca?id=2&x=8", "b")], {"id", "x"}, id="which of two nobody knows"),
        pytest.param([("/baca?id=1&utm_source=7", "a"), ("/baca?id=2&utm_source=8", "b")], {"id"}, id="beside a mark"),
        pytest.param([("/baca?k=a&id=1", "a"), ("/baca?k=b&id=1", "b")], {"k"}, id="the section beside the number"),
        pytest.param([("/a?x=1", "a"), ("/b?x=2", "b")], set(), id="the path told them apart"),
        pytest.param([("/a?x=1", "a"), ("/a?x=2", "a")], set(), id="one article"),
        pytest.param([("/a?x=1", "a")], set(), id="one address"),
    ],
)
def test_parameter_is_telling_if_its_values_lead_to_different_articles(
    pairs: list[tuple[str, str]], telling: set[str]
) -> None:
    assert judged(*pairs).telling == telling


def test_parameter_is_noise_once_its_values_made_no_difference_often_enough() -> None:
    pairs = [(f"/panen-{n}{mark}", f"a{n}") for n in range(MIN_SAME) for mark in ("", "?xtor=RSS-1&dari=rss")]
    assert judged(*pairs) == Parameters(noise=frozenset({"xtor", "dari"}))
    assert judged(*pairs[:-2]) == Parameters()


def test_token_that_changes_daily_is_noise_over_the_days() -> None:
    memory: dict[str, Votes] = {}
    for day in range(MIN_SAME):
        memory = learn(memory, seen((f"/panen?t={day}", "a"), (f"/panen?t={day + 1}", "a")))
    assert judge(memory).noise == {"t"}


def test_one_other_article_outweighs_all_same_ones() -> None:
    assert judge({"x": Votes(same=99, different=1)}) == Parameters(telling=frozenset({"x"}))


def test_names_without_end_are_not_remembered() -> None:
    pairs = [(f"/{n}{mark}", "a") for n in range(MAX_NAMES + 50) for mark in ("", f"?x{n}=1")]
    assert len(learn({}, seen(*pairs))) == MAX_NAMES


@pytest.mark.parametrize(
    ("entries", "telling"),
    [
        pytest.param([("/baca.php?sid=401", "Panen"), ("/baca.php?sid=402", "Tanam")], {"sid"}, id="two headlines"),
        pytest.param([("/baca.php?sid=401", "Panen"), ("/baca.php?sid=402", " panen ")], set(), id="one headline"),
        pytest.param([("/baca.php?sid=401", None), ("/baca.php?sid=402", None)], {"sid"}, id="no headlines in it"),
        pytest.param([("/baca.php?sid=401", ""), ("/baca.php?sid=402", "")], set(), id="no headline on either"),
        pytest.param([("/a?ref=rss", "Panen"), ("/b?ref=rss", "Tanam")], set(), id="a mark on each"),
    ],
)
def test_list_tells_which_parameters_it_needs(entries: list[tuple[str, str | None]], telling: set[str]) -> None:
    assert telling_in_list([(HOST + path, title) for path, title in entries]) == telling
