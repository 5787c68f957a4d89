"""The certificate after real crawls of the bundled newsroom: its figures are those of the truth, day by day."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import Newsroom, serve
from tests.newsroom.forgetting import Forgetting
from tests.support.crawling import crawl, kickcrawl

pytestmark = pytest.mark.crawl

ARTICLES = 40


def certificate(archive: Path, *options: str) -> dict[str, Any]:
    """Return what ``kickcrawl coverage`` says of the one outlet."""
    done = kickcrawl("coverage", "kicknews", "--archive", archive, "--json", *options)
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)
    return dict(found)


def published(site: Newsroom) -> Counter[str]:
    """Return how many public articles the newsroom published on each of its days."""
    return by_day(post for post in site.truth() if post["archive"])


def by_day(posts: Iterable[dict[str, Any]]) -> Counter[str]:
    return Counter(post["published"][:10] for post in posts)


def told(found: dict[str, Any], name: str) -> Counter[str]:
    return Counter({row["label"]: row[name] for row in found["rows"] if row[name]})


def days_in(found: dict[str, Any], *states: str) -> set[str]:
    return {row["label"] for row in found["rows"] if row["state"] in states}


def test_every_day_of_an_outlet_that_counts_its_posts_is_complete(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=61, articles=ARTICLES) as site:
        assert crawl(archive, site.base).status == 0
        truth = published(site)
        locked = by_day(post for post in site.truth() if post["status"] == "password")
        everything = sum(post["status"] in ("publish", "password") for post in site.truth())
    found = certificate(archive)
    assert told(found, "archived") == told(found, "named") == truth
    assert told(found, "excluded") == locked
    assert found["recall"]["of_named"] == found["recall"]["of_counted"] == 1
    [counted] = found["counted"]
    assert (counted["seed"], counted["total"], counted["beyond_all_named"]) == ("rest", everything, 0)
    assert days_in(found, "complete") == {row["label"] for row in found["rows"][:-1]}
    assert found["rows"][-1]["state"] == "partly"  # the day on which it was read is not over


@pytest.mark.slow
def test_articles_that_no_seed_names_are_counted_and_no_day_of_their_years_is_complete(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=62, articles=ARTICLES, kind=Forgetting) as site:
        public = sorted((post for post in site.truth() if post["archive"]), key=lambda post: post["published"])
        hidden = public[3:5]
        years = {int(post["published"][:4]) for post in hidden}
        site.forget = dict.fromkeys(("rest", "sitemap", "feed", "listing"), {post["id"] for post in hidden})
        assert crawl(archive, site.base).status == 0
        truth = published(site) - by_day(hidden)
    found = certificate(archive)
    assert told(found, "archived") == told(found, "named") == truth
    [counted] = found["counted"]
    assert (counted["beyond_all_named"], set(counted["years_beyond"])) == (len(hidden), years)
    assert sum(counted["years"].values()) == counted["total"]
    assert found["recall"]["of_counted"] == truth.total() / (truth.total() + len(hidden))
    complete = {int(day[:4]) for day in days_in(found, "complete")}
    assert complete
    assert complete & years == set()


def test_what_one_seed_leaves_out_and_another_names_is_no_gap(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=63, articles=ARTICLES, kind=Forgetting) as site:
        public = sorted(post["id"] for post in site.truth() if post["archive"])
        site.forget = {"rest": set(public[5:8])}
        assert crawl(archive, site.base).status == 0
        truth = published(site)
    found = certificate(archive)
    assert told(found, "archived") == truth
    assert [one["beyond_all_named"] for one in found["counted"]] == [0]
    assert found["recall"]["of_counted"] == 1


@pytest.mark.slow
def test_what_could_not_be_fetched_is_missing_on_its_day_with_its_reason(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=64, articles=ARTICLES) as site:
        public = [post for post in site.truth() if post["archive"] and post["flags"]["pages"] == 1]
        gone, down = public[4], public[9]
        site.fail_next(gone["url"], 50, 404)
        site.fail_next(down["url"], 50, 503)
        crawl(archive, site.base)
        truth = published(site)
    found = certificate(archive)
    assert told(found, "named") == truth
    assert told(found, "archived") == truth - by_day([gone, down])
    assert told(found, "gone") == by_day([gone])
    assert told(found, "waiting") == by_day([down])
    reasons = found["total"]["reasons"]
    assert (reasons["gone"], reasons["waiting"]) == ({"HTTP 404": 1}, {"HTTP 503": 1})
    assert days_in(found, "missing") == set(by_day([gone, down]))
    assert found["recall"]["of_named"] == (truth.total() - 2) / truth.total()


@pytest.mark.slow
def test_days_before_the_reach_of_a_run_are_unknown_and_known_once_a_whole_run_has_ended(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=65, articles=ARTICLES) as site:
        site.switch(rest="404", sitemap="off")
        crawl(archive, site.base, arguments={"limit": 5})
        truth = published(site)
        first = certificate(archive, "--since", min(truth))
        whole_days = sorted(truth)[-4:]  # the feed's first page names ten articles
        assert first["rows"][0]["state"] == "unknown"
        assert {day: told(first, "named")[day] for day in whole_days} == {day: truth[day] for day in whole_days}
        assert days_in(first, "named", "missing") >= set(whole_days)
        assert first["total"]["archived"] == 5
        assert crawl(archive, site.base).status == 0
    second = certificate(archive)
    assert told(second, "archived") == truth
    assert days_in(second, "unknown") == set()


@pytest.mark.slow
def test_estimate_of_two_seeds_that_forget_holds_what_the_newsroom_published(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=66, articles=120, kind=Forgetting) as site:
        public = [post for post in site.truth() if post["archive"]]
        ids = [post["id"] for post in sorted(public, key=lambda post: post["published"])]
        site.forget = {"sitemap": set(ids[::5]), "feed": set(ids[::7]), "listing": set(ids)}
        site.switch(rest="404", sitemap="off")
        crawl(archive, site.base)  # the feed is read to its end where nothing else covers the outlet
        site.switch(sitemap="core")
        crawl(archive, site.base)
    found = certificate(archive)
    assert found["total"]["archived"] == len(set(ids) - set(ids[::35]))
    assert found["estimate"]["told"]
    assert found["estimate"]["seeds"] == ["feed", "sitemap"]
    assert found["estimate"]["low"] <= len(public) <= found["estimate"]["high"]
    assert days_in(found, "complete") == set()
