"""What a run tells by itself: an outlet of which nothing is archived is unhealthy from its first run on."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from kickcrawl.account import UNFETCHED, Account, AddressGroup, AddressState
from kickcrawl.health import Complaint, RunFigures
from kickcrawl.outlet import Outlet, Seeds
from kickcrawl.wholeness import Whole, judge_whole, unread_seeds

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
READ = {"stored": 60}


def run(*, partial: bool = False, good: bool = True, counts: Any = None) -> RunFigures:
    return RunFigures(started_at=NOW, is_good=good, is_partial=partial, counts=counts or {})


def account(*groups: tuple[AddressState, int, str | None]) -> Account:
    found = tuple(AddressGroup(state=state, addresses=number, reason=reason) for state, number, reason in groups)
    return Account(named=sum(group.addresses for group in found), groups=found)


def judge(
    found: Account,
    *,
    has_articles: bool = False,
    partial: bool = False,
    runs: Sequence[RunFigures] = (),
    browser: int = 0,
    counts: Any = None,
) -> list[Complaint]:
    whole = Whole(account=found, has_articles=has_articles, needs_browser=browser)
    return judge_whole(run(partial=partial, counts=counts), whole, runs)


@pytest.mark.parametrize(
    ("found", "what", "advice"),
    [
        (account(), "its seeds named no article", "correct the seeds"),
        (account(("waiting", 10, "block-page")), "none of the 10 addresses", "ask the newsroom"),
        (account(("rejected", 1, "list-page")), "(list-page 1)", "open one of them"),
        (account(("waiting", 2, "empty"), ("rejected", 1, "list-page")), "(empty 2, list-page 1)", "render = true"),
        (account(("excluded", 4, "forbidden by robots.txt")), "(forbidden by robots.txt 4)", "robots.txt"),
        (account(("waiting", 3, "HTTP 503")), "(HTTP 503 3)", "asked for again"),
        (account(("gone", 3, "HTTP 404")), "(HTTP 404 3)", "open one of them"),
    ],
)
def test_outlet_of_which_nothing_is_archived_is_unhealthy_in_its_first_run(
    found: Account, what: str, advice: str
) -> None:
    [complaint] = judge(found)
    assert complaint.kind == "nothing"
    assert what in complaint.what
    assert advice in complaint.advice


@pytest.mark.parametrize(
    "found",
    [
        account(("archived", 1, None), ("waiting", 9, "block-page")),
        account(("alias", 1, None), ("rejected", 9, "block-page")),
        account(("outside", 5, None), ("rejected", 1, "list-page")),
        account(("waiting", 5, UNFETCHED)),
    ],
)
def test_outlet_with_something_archived_outside_the_days_or_not_fetched_is_not_complained_of(found: Account) -> None:
    assert judge(found) == []


def test_run_that_asks_for_days_on_which_nothing_was_named_is_healthy() -> None:
    assert judge(account(), partial=True) == []
    assert judge(account(), has_articles=True) == []


@pytest.mark.parametrize(
    ("bad", "counts", "complains"),
    [(3, READ, True), (2, READ, False), (3, {"stored": 5, "rejected/list-page": 5}, False), (3, {}, False)],
    ids=["three of three after sixty read well", "two may be chance", "half was usual", "nothing is usual yet"],
)
def test_outlet_with_an_archive_is_judged_by_what_was_usual(bad: int, counts: Any, complains: bool) -> None:
    found = account(("waiting", bad, "block-page"), ("excluded", 4, "password"))
    said = judge(found, has_articles=True, runs=[run(counts=counts)])
    assert [complaint.kind for complaint in said] == ["nothing"] * complains


def test_pages_that_are_frames_for_javascript_need_a_browser_and_the_sentence_says_so() -> None:
    [complaint] = judge(account(("waiting", 6, "block-page")), browser=6)
    assert "write `render = true` in its file" in complaint.advice


def test_what_waits_for_a_mistake_of_ours_is_complained_of() -> None:
    [complaint] = judge(account(("archived", 9, None), ("waiting", 1, "reader-failed")))
    assert complaint.kind == "ours"
    assert "reader-failed" in complaint.what


OUTLET = Outlet(
    slug="warta",
    name="Warta",
    home="https://warta.example/",
    seeds=Seeds(sitemaps=("/peta.xml",), feeds=("/umpan?a=1",), sections=("/", "/kota/")),
)


def seed(kind: str, path: str, error: str | None = None, *, covers: bool = False) -> dict[str, Any]:
    return {"seed": kind, "url": f"https://warta.example{path}", "error": error, "covers": covers}


SITEMAP = seed("sitemap", "/peta.xml", covers=True)


@pytest.mark.parametrize(
    ("seeds", "counts", "unread"),
    [
        ([SITEMAP, seed("feed", "/umpan?a=1")], {}, 0),
        ([SITEMAP, seed("feed", "/umpan?a=1", "HTTP 503")], {}, 1),
        ([SITEMAP, seed("feed", "/umpan?a=1", "HTTP 404")], {}, 0),
        ([SITEMAP, seed("feed", "/umpan?a=1", "the feed is no feed: <html>")], {}, 0),
        ([seed("feed", "/umpan?a=1", "HTTP 404")], {}, 1),
        ([SITEMAP, seed("sitemap", "/lain.xml", "HTTP 500")], {}, 0),
        ([SITEMAP, seed("listing", "/kota/", "timeout")], {}, 1),
        ([SITEMAP], {"sitemap/unread": 2}, 1),
        ([seed("rest", "/wp-json", covers=True)], {"sitemap/unread": 2}, 0),
    ],
    ids=[
        "all read", "in trouble", "not there, others know", "no feed", "not there, no other", "not stated", "a section",
        "a sitemap's child", "a list of all posts knows more",
    ],
)  # fmt: skip
def test_stated_seeds_that_were_not_read_are_said(seeds: Any, counts: Any, unread: int) -> None:
    said = unread_seeds(OUTLET, seeds, counts)
    assert len(said) == unread
    whole = Whole(account=account(("archived", 1, None)), has_articles=True, unread=said)
    assert [complaint.kind for complaint in judge_whole(run(), whole, ())] == ["seeds"] * bool(unread)


def test_run_in_which_far_more_addresses_than_usual_show_something_else_is_unhealthy() -> None:
    usual, counts = [run(counts=READ)], {"stored": 3, "rejected/block-page": 4}
    walled = account(("archived", 3, None), ("waiting", 4, "block-page"))
    [complaint] = judge(walled, has_articles=True, runs=usual, counts=counts)
    assert (complaint.kind, complaint.what) == (
        "rejections", "4 of 7 addresses did not show their articles (block-page)"
    )  # fmt: skip
    first = account(("archived", 1, None), ("waiting", 14, "block-page"))
    told = judge(first, counts={"stored": 1, "rejected/block-page": 14})
    assert [complaint.kind for complaint in told] == ["rejections"]
    few = account(("archived", 1, None), ("waiting", 2, "block-page"))
    assert not judge(few, has_articles=True, runs=usual, counts={"stored": 1, "rejected/block-page": 2})
    busy = account(("archived", 3, None), ("waiting", 4, "HTTP 503"))
    assert not judge(busy, has_articles=True, runs=usual, counts={"stored": 3})


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param({}, id="they wait since an earlier run, and none was asked for"),
        pytest.param({"stored": 9, "rejected/front-page": 4}, id="most pages were read well"),
    ],
)
def test_single_addresses_that_wait_are_no_trouble_of_the_whole_site(counts: Any) -> None:
    waiting = account(("archived", 9, None), ("waiting", 4, "front-page"))
    assert not judge(waiting, has_articles=True, runs=[run(counts=READ)], counts=counts)
