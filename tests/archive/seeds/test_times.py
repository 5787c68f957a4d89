"""Times of change: which of an outlet's seeds are believed, after its articles were fetched again."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive import frontier
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.runs import SeedMemory, recall_seed, remember_seed, start_run
from archive.seeds.recheck import recheck_by_age
from archive.seeds.times import learn_times, read_trust
from archive.visits import store_visits
from kickcrawl.article import Article, Candidate, Claim, Moment, Page, PageSource, SeedKind, SiteRules, Visit
from kickcrawl.dates import to_iso
from tests.support.storing import KEPT, NOW, OUTLET

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
URLS = [f"https://warta.example/kabar-{number}" for number in range(12)]
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        store_capture(archive, Capture(run_id=run_id, url=URLS[0], fetched_at=to_iso(NOW), **KEPT))
        yield archive


def name(
    archive: Archive,
    day: float,
    changed: float | None,
    *,
    seed: SeedKind = "sitemap",
    until: float | None = None,
    urls: Sequence[str] = URLS,
) -> frontier.Named:
    """Name *urls* on a *day* counted from NOW, as changed on the day *changed*."""
    moment = None if changed is None else Moment(NOW + changed * DAY, 480)
    claims = (Claim(field="modified_at", value=moment, source="sitemap"),) if moment else ()
    candidates = [
        Candidate(
            url=url,
            seed=seed,
            published=Moment(NOW - 40 * DAY, 480),
            modified=moment,
            modified_until=None if until is None else NOW + until * DAY,
            claims=claims,
        )
        for url in urls
    ]
    return frontier.name(archive, "warta", candidates, NOW + day * DAY)


def fetch(archive: Archive, day: float, *, changed: Sequence[str] = (), most: int = 99) -> list[str]:
    """Fetch what is due; the text of *changed* is another on that day. Return the addresses."""
    due = [one.url for one in frontier.lease(archive, "warta", most, NOW + day * DAY)]
    store_visits(archive, [_visit(url, day, f"Ralat {day}." if url in changed else "") for url in due])
    return due


def _visit(url: str, day: float, addition: str) -> Visit:
    number = url.rpartition("-")[2]
    at = to_iso(NOW + day * DAY)
    article = Article(
        url=url,
        title=f"Panen padi nomor {number}",
        text=f"Petani di desa nomor {number} memanen padi lebih awal tahun ini. {addition}",
        published_at=NOW - 40 * DAY,
    )
    page = Page(requested_url=url, sources=(PageSource(url=url, body=b""),), site=SITE, title=article.title)
    return Visit(
        page=page, outlet="warta", run_id=1, capture_id=1, fetched_at=at, checked_at=at, result=article
    )  # fmt: skip


def test_list_that_is_always_now_is_believed_twice_and_no_more(archive: Archive) -> None:
    fetched = []
    for day in range(5):
        name(archive, day, day)
        fetched.append(len(fetch(archive, day)))
    assert fetched == [12, 12, 12, 0, 0]
    trust = read_trust(archive, "warta", "sitemap")
    assert (trust.edits, trust.silence) == (False, False)
    assert name(archive, 5, 5).edited == 0
    row = archive.row("SELECT * FROM frontier_seeds WHERE url = :url", {"url": URLS[0]})
    assert row is not None
    assert row["modified_at"] == to_iso(NOW + 5 * DAY)  # what it says is kept, though it is not believed


def test_what_is_still_due_is_put_back_once_its_list_is_found_out(archive: Archive) -> None:
    for day in (0, 1):
        name(archive, day, day)
        fetch(archive, day)
    name(archive, 2, 2)
    name(archive, 2, None, seed="listing", urls=["https://warta.example/kabar-99"])
    assert len(fetch(archive, 2, most=8)) == 8
    assert fetch(archive, 2) == ["https://warta.example/kabar-99"]


def test_articles_of_a_list_that_is_not_believed_are_fetched_again_by_age_and_teach_on(archive: Archive) -> None:
    for day in range(4):
        name(archive, day, day)
        fetch(archive, day)
    name(archive, 20, 20)
    assert recheck_by_age(archive, "warta", NOW + 20 * DAY) == 12
    assert len(fetch(archive, 20, changed=URLS[:9])) == 12
    assert read_trust(archive, "warta", "sitemap").edits  # the list was mended, and its times were true


def test_another_seed_tells_edits_beside_a_list_that_is_not_believed(archive: Archive) -> None:
    for day in range(4):
        name(archive, day, day)
        name(archive, day, -1, seed="feed")
        fetch(archive, day)
    name(archive, 5, 5)
    name(archive, 5, 4.5, seed="feed", urls=URLS[3:4])
    assert fetch(archive, 5, changed=URLS[3:4]) == URLS[3:4]
    assert read_trust(archive, "warta", "feed").edits


def test_times_that_are_not_believed_are_no_claims_either(archive: Archive) -> None:
    for day in range(4):
        name(archive, day, day)
        fetch(archive, day)
    new = "https://warta.example/kabar-baru"
    name(archive, 5, 5, urls=[new])
    (due,) = frontier.lease(archive, "warta", 9, NOW + 5 * DAY)
    assert (due.url, due.claims) == (new, ())


def test_newsroom_that_saved_everything_anew_once_is_believed_on(archive: Archive) -> None:
    name(archive, 0, -1)
    fetch(archive, 0)
    name(archive, 1, 0.5)
    assert len(fetch(archive, 1)) == 12
    name(archive, 2, 0.5)
    name(archive, 2, 1.5, urls=URLS[:2])
    assert sorted(fetch(archive, 2, changed=URLS[:2])) == URLS[:2]
    assert read_trust(archive, "warta", "sitemap").edits


def test_edits_under_an_unchanged_time_are_found_by_age_and_silence_is_believed_no_more(archive: Archive) -> None:
    name(archive, 0, -1)
    fetch(archive, 0)
    assert name(archive, 14, -1).edited == 0
    assert read_trust(archive, "warta", "sitemap").silence
    assert recheck_by_age(archive, "warta", NOW + 14 * DAY, most=5) == 5
    due = fetch(archive, 14, changed=URLS)
    assert len(due) == 5
    trust = read_trust(archive, "warta", "sitemap")
    assert (trust.edits, trust.silence) == (True, False)


def test_list_that_gives_nothing_but_the_publish_time_is_found_out_beside_its_articles(archive: Archive) -> None:
    name(archive, 0, -40)
    fetch(archive, 0)
    assert not learn_times(archive, "warta", "sitemap").silence
    name(archive, 3, 2, urls=URLS[:1])
    assert learn_times(archive, "warta", "sitemap").silence  # one differs


def test_lists_of_all_posts_are_always_believed(archive: Archive) -> None:
    for day in range(5):
        name(archive, day, day, seed="rest")
        assert len(fetch(archive, day)) == 12
    assert read_trust(archive, "warta", "rest").edits
    assert learn_times(archive, "warta", "rest").silence


def test_day_makes_an_article_due_once_when_it_is_over(archive: Archive) -> None:
    name(archive, 0, -0.4, until=0.6)
    assert len(fetch(archive, 0)) == 12
    assert name(archive, 0.3, -0.4, until=0.6).edited == 0
    assert name(archive, 0.7, -0.4, until=0.6).edited == 12
    assert len(fetch(archive, 0.7, changed=URLS[:1])) == 12
    assert name(archive, 0.8, -0.4, until=0.6).edited == 0
    assert read_trust(archive, "warta", "sitemap").edits  # within its day nothing is known of it


def test_what_is_learned_outlives_what_is_remembered_of_a_sweep(archive: Archive) -> None:
    for day in range(4):
        name(archive, day, day)
        fetch(archive, day)
    remember_seed(archive, "warta", "sitemap", SeedMemory(swept_at=to_iso(NOW)))
    assert not read_trust(archive, "warta", "sitemap").edits
    assert recall_seed(archive, "warta", "sitemap") == SeedMemory(swept_at=to_iso(NOW))
