"""Health: what is unusual for an outlet is complained of, what is usual or too little to tell is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.article import Article
from kickcrawl.health import ArticleFigures, Complaint, History, RunFigures, chance_of, judge
from kickcrawl.quality import why_broken

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
ALL = frozenset(("authors", "section", "published_at"))


def run(*, days: float = 0, partial: bool = False, good: bool = True, **counts: int) -> RunFigures:
    """Return a run of *days* ago; ``front_page=3`` counts rejections."""
    names = {"front_page": "rejected/front-page", "password": "rejected/password"}
    return RunFigures(
        started_at=NOW - timedelta(days=days),
        is_good=good,
        is_partial=partial,
        counts={names.get(name, name): count for name, count in counts.items()},
        seeds=[{"seed": "rest", "named": 100, "error": None}],
    )


def article(filled: frozenset[str] = ALL, words: int = 300, days: float = 0) -> ArticleFigures:
    return ArticleFigures(filled=filled, words=words, first_seen_at=NOW - timedelta(days=days))


def history(
    *,
    runs: Sequence[RunFigures] | None = None,
    articles: Sequence[ArticleFigures] | None = None,
    quiet: float = 0,
    a_day: float = 10,
    days: int = 40,
) -> History:
    """Return six good runs and forty days of ten articles a day, the last of them *quiet* days ago."""
    news = [NOW - timedelta(days=quiet + number / a_day) for number in range(int(days * a_day))]
    return History(
        runs=runs if runs is not None else [run(days=day, stored=10) for day in range(1, 7)],
        articles=articles if articles is not None else [article(days=quiet + 0.5)] * 100,
        news=news,
    )


def kinds(complaints: Sequence[Complaint]) -> list[str]:
    return [complaint.kind for complaint in complaints]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (run(front_page=4), ["rejections"]),
        (run(front_page=30, stored=20), ["rejections"]),
        (run(front_page=2), []),
        (run(front_page=4, stored=6), []),
        (run(password=9), []),
        (run(front_page=4, partial=True), ["rejections"]),
    ],
    ids=["all rejected", "most rejected", "too few to tell", "most read", "locked posts", "all of a partial run"],
)
def test_rejections_far_above_the_usual_share_are_complained_of(now: RunFigures, expected: list[str]) -> None:
    assert kinds(judge(now, history())) == expected


def test_rejections_one_by_one_add_up_over_runs() -> None:
    bad = [run(days=day / 24, front_page=1, good=True) for day in (1, 2)]
    good = [run(days=day, stored=10) for day in range(1, 7)]
    [complaint] = judge(run(front_page=1), history(runs=[*bad, *good]))
    assert complaint.kind == "rejections"
    assert complaint.since == NOW - timedelta(hours=2)


def test_outlet_whose_lists_always_name_many_other_pages_is_healthy() -> None:
    usual = [run(days=day, stored=5, front_page=5) for day in range(1, 7)]
    assert judge(run(front_page=6, stored=3), history(runs=usual)) == []


@pytest.mark.parametrize("field", ["authors", "section", "published_at", "text"])
def test_field_that_new_articles_lack_is_complained_of(field: str) -> None:
    worse = article(words=60) if field == "text" else article(ALL - {field})
    now = replace(run(stored=5), articles=[worse] * 4 + [article()])
    [complaint] = judge(now, history())
    assert complaint.kind == "fields"
    assert field in complaint.what


def test_field_that_was_never_reliable_is_not_complained_of() -> None:
    mixed = [article(), article(ALL - {"authors"})] * 50
    now = replace(run(stored=5), articles=[article(ALL - {"authors"})] * 5)
    assert judge(now, history(articles=mixed)) == []


def test_one_bad_article_at_a_time_is_noticed_at_the_third() -> None:
    bad = article(frozenset(), words=20)
    now = replace(run(stored=1), articles=[bad])
    assert judge(now, history(articles=[bad, *[article()] * 100])) == []
    complaints = judge(now, history(articles=[bad, bad, *[article()] * 100]))
    assert kinds(complaints) == ["fields"]


@pytest.mark.parametrize(
    ("quiet", "a_day", "expected"),
    [(10, 10, ["silence"]), (2.5, 10, []), (3.5, 10, ["silence"]), (10, 1, []), (25, 1, ["silence"])],
    ids=["ten days of ten", "a long week-end", "longer than that", "ten days of one", "25 days of one"],
)
def test_silence_is_complained_of_where_many_articles_were_usual(
    quiet: float, a_day: float, expected: list[str]
) -> None:
    assert kinds(judge(run(), history(quiet=quiet, a_day=a_day))) == expected


def test_holidays_are_no_silence() -> None:
    feast = [(NOW - timedelta(days=number)).date() for number in range(5)]
    assert kinds(judge(run(), history(quiet=7))) == ["silence"]
    assert judge(run(), replace(history(quiet=7), quiet=feast)) == []


def test_silence_is_not_judged_of_partial_runs_nor_against_them() -> None:
    partial = [run(days=day, stored=10, partial=True) for day in range(1, 7)]
    assert judge(run(partial=True), history(quiet=10)) == []
    assert judge(run(), history(quiet=10, runs=partial)) == []


def test_pause_that_was_there_before_is_no_silence() -> None:
    before = history(quiet=10)
    holiday = [at for at in before.news if not NOW - timedelta(days=20) < at < NOW - timedelta(days=14)]
    assert judge(run(), replace(before, news=holiday)) == []


def test_outlet_that_brings_something_new_is_not_silent() -> None:
    assert judge(run(stored=1), history(quiet=10)) == []


@pytest.mark.parametrize(("earlier", "expected"), [(0, []), (1, ["silence"]), (4, ["silence"])])
def test_only_silence_is_judged_before_five_good_runs(earlier: int, expected: list[str]) -> None:
    few = [run(days=day, stored=10) for day in range(1, earlier + 1)] + [run(days=9, good=False)] * 5
    bad = replace(run(front_page=50), articles=[article(frozenset(), words=3)] * 9)
    assert kinds(judge(bad, history(runs=few, quiet=10))) == expected


def test_complaint_keeps_the_time_since_when_it_is_made() -> None:
    first = NOW - timedelta(days=3)
    made = Complaint(kind="rejections", what="4 of 4", since=first, advice="look")
    failed = replace(run(days=1, front_page=4, good=False), complaints=[made])
    good = [run(days=day, stored=10) for day in range(4, 10)]
    [complaint] = judge(run(front_page=4), history(runs=[failed, *good]))
    assert complaint.since == first
    assert str(complaint).endswith("fetched again")
    assert "2026-11-17 06:00 UTC" in str(complaint)


def test_chance_is_the_binomial_tail_also_for_very_many() -> None:
    assert chance_of(0, 7, 0.3) == pytest.approx(1)
    assert chance_of(2, 2, 0.5) == pytest.approx(0.25)
    assert chance_of(30_000, 60_000, 0.02) < 1e-100


STATED = {"authors": "json-ld", "sections": "json-ld", "published_at": "rest"}


@pytest.mark.parametrize(
    ("words", "origins", "is_broken"),
    [
        (20, {"title": "markup"}, True),
        (20, {"authors": "rest", "sections": "rest", "published_at": "rest"}, True),
        (20, STATED, False),
        (80, {"title": "markup"}, False),
    ],
    ids=["nothing said", "only the seed says it", "cut short by an editor", "a new layout"],
)
def test_half_a_page_may_not_replace_a_revision(words: int, origins: dict[str, str], is_broken: bool) -> None:
    found = Article(url="https://warta.example/a", title="Panen", text="kata " * words, origins=origins)
    rejection = why_broken(100, STATED, found)
    assert (rejection is not None) == is_broken
    assert rejection is None or rejection.reason == "broken-page"
