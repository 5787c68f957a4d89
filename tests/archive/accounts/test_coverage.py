"""The certificate of an archive: its items are those that seeds named, each on its day, and history stays."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive import frontier
from archive.accounts.coverage import read_certificate, read_span
from archive.articles import mark_gone
from archive.database import Archive
from archive.outlets import write_outlet
from archive.runs import SeedMemory, end_run, remember_seed, start_run
from archive.seeds.excluded import exclude
from archive.seeds.reach import back_to, read_reaches
from archive.seeds.recheck import count_named, recheck_unnamed
from kickcrawl.article import Candidate, Moment, PostsName, SeedKind
from kickcrawl.coverage.certificate import Certificate
from kickcrawl.coverage.rows import Row
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET, shelf_in, url_of

REST = PostsName("rest")
TODAY = date(2025, 7, 14)  # of NOW, in Mataram


def name(archive: Archive, seed: SeedKind, *slugs: str, at: datetime = NOW, days: int | None = 0, **more: Any) -> None:
    """Let *seed* name articles, published so many *days* before NOW; None: it does not say when."""
    published = None if days is None else Moment(NOW - timedelta(days=days), None)
    found = [Candidate(url=url_of(slug), seed=seed, published=published, **more) for slug in slugs]
    frontier.name(archive, "warta", found, at)


def read_seed(archive: Archive, seed: str, since: str, at: datetime) -> None:
    """Let a run read *seed* back to *since*, '' being the first article."""
    run_id = start_run(archive, OUTLET, {}, at)
    end_run(archive, run_id, "complete", at, counts={}, seeds=[{"seed": seed, "reach": since, "read_at": to_iso(at)}])


def fail(archive: Archive, at: datetime) -> None:
    """Let a run fail before it read anything."""
    run_id = start_run(archive, OUTLET, {}, at)
    end_run(archive, run_id, "failed", at, reason="out of reach", counts={}, seeds=[])


def certificate(archive: Archive, **span: date) -> Certificate:
    found = read_certificate(archive, "warta", **span)
    assert found is not None
    return found


def row_of(found: Certificate, day: date) -> Row:
    return next(row for row in found.days if row.label == day.isoformat())


def test_each_address_is_one_item_in_the_state_that_it_is_in(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        for slug in ("padi", "cabai", "laut"):
            shelf.put(slug, f"{slug} dijual di pasar.", published_at=NOW)
        name(archive, "sitemap", "padi", "cabai", "laut", "hilang", "dinding", "daftar", "kunci", "antre")
        mark_gone(archive, url_of("laut"), to_iso(NOW))
        frontier.resolve(archive, url_of("laut"), "gone", to_iso(NOW), "HTTP 404")  # archived before it went
        frontier.resolve(archive, url_of("hilang"), "gone", to_iso(NOW), "HTTP 410")
        frontier.resolve(archive, url_of("dinding"), "rejected", to_iso(NOW), "block-page")
        frontier.resolve(archive, url_of("daftar"), "rejected", to_iso(NOW), "list-page")
        frontier.resolve(archive, url_of("kunci"), "excluded", to_iso(NOW), "password")
        exclude(archive, "warta", "sitemap", [(url_of("tag/beras"), "/tag/")], NOW)
        found = certificate(archive)
    assert dict(found.total.states) == {
        "archived": 3, "gone": 1, "rejected": 1, "other": 1, "excluded": 1, "waiting": 1,
    }  # fmt: skip
    assert {state: dict(reasons) for state, reasons in found.total.reasons.items() if reasons} == {
        "gone": {"HTTP 410": 1}, "rejected": {"block-page": 1}, "other": {"list-page": 1},
        "excluded": {"password": 1}, "waiting": {"not fetched yet": 1},
    }  # fmt: skip
    assert (found.total.wanted, found.total.missing, found.ruled_out) == (6, 3, 1)
    assert [row.label for row in found.days] == [TODAY.isoformat()]


def test_article_with_several_addresses_is_one_item(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", native_id="7", published_at=NOW)
        name(archive, "sitemap", "padi")
        name(archive, REST, "padi-lama", native_id="7")  # under an address that was never fetched
        name(archive, REST, "laut-1", "laut-2", native_id="8")
        found = certificate(archive)
    assert dict(found.total.states) == {"archived": 1, "waiting": 1}


def test_day_is_the_newsrooms_and_articles_without_any_time_stand_where_they_were_named(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        night = datetime(2025, 7, 11, 16, 30, tzinfo=UTC)  # the 12th in Mataram
        shelf.put("malam", "Malam di pasar.", published_at=night)
        shelf.put("tanpa", "Tanpa waktu.")
        name(shelf.archive, "sitemap", "malam", "tanpa", days=None)
        name(shelf.archive, "sitemap", "2025/07/13/hujan", days=None)
        found = certificate(shelf.archive)
    assert {row.label: row.wanted for row in found.days} == {"2025-07-12": 1, "2025-07-13": 1, "2025-07-14": 1}
    assert found.dated_by == {"article": 1, "address": 1, "first named": 1}


def test_days_that_no_seed_reached_stay_unknown_when_seeds_failed_in_between(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=9))
        read_seed(archive, "feed", to_iso(NOW - timedelta(days=9, hours=2)), NOW - timedelta(days=6))
        read_seed(archive, "feed", to_iso(NOW - timedelta(days=2)), NOW)  # it was down, and has moved on
        found = certificate(archive)
    states = {row.label[-2:]: row.state for row in found.days}
    assert states == {
        "05": "partly", "06": "named", "07": "named", "08": "partly", "09": "unknown", "10": "unknown",
        "11": "unknown", "12": "partly", "13": "named", "14": "partly",
    }  # fmt: skip


def test_day_that_was_complete_stays_so_when_its_seed_no_longer_reaches_back(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=3))
        name(archive, REST, "padi", days=3)
        frontier.resolve(archive, url_of("padi"), "done", to_iso(NOW))
        remember_seed(archive, "warta", REST, SeedMemory(total=1, unnamed=0, counted_at=to_iso(NOW)))
        read_seed(archive, "rest", "", NOW)
        day = TODAY - timedelta(days=3)
        assert row_of(certificate(archive), day).state == "complete"
        later = NOW + timedelta(days=400)
        assert recheck_unnamed(archive, "warta", REST, to_iso(later)) == 1  # the list has been cut
        read_seed(archive, "feed", to_iso(later - timedelta(days=1)), later)
        assert count_named(archive, "warta", REST) == 0
        after = row_of(certificate(archive), day)
        assert recheck_unnamed(archive, "warta", REST, to_iso(later)) == 0  # it is told once
    assert (after.state, after.told_by, after.archived) == ("complete", ("rest",), 1)


def test_candidate_that_is_named_again_is_no_longer_dropped(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        start_run(archive, OUTLET, {}, NOW)
        name(archive, "sitemap", "padi")
        frontier.resolve(archive, url_of("padi"), "done", to_iso(NOW))
        recheck_unnamed(archive, "warta", "sitemap", to_iso(NOW + timedelta(hours=1)))
        assert count_named(archive, "warta", "sitemap") == 0
        name(archive, "sitemap", "padi", at=NOW + timedelta(hours=2))
        assert count_named(archive, "warta", "sitemap") == 1


def test_no_day_is_complete_that_a_missing_article_without_a_day_may_be_of(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=2))
        name(archive, REST, "padi", days=2)
        remember_seed(archive, "warta", REST, SeedMemory(total=1, unnamed=0, counted_at=to_iso(NOW)))
        read_seed(archive, "rest", "", NOW + timedelta(days=3))
        assert [row.state for row in certificate(archive).days[:2]] == ["complete", "complete"]
        name(archive, "sitemap", "hilang", days=None)
        found = certificate(archive)
    assert [row.state for row in found.days] == ["named", "named", "missing", "complete", "complete", "partly"]
    assert found.undated == 1


def test_missing_article_of_a_known_month_leaves_other_months_complete(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=80))
        name(archive, REST, "padi", days=80)
        remember_seed(archive, "warta", REST, SeedMemory(total=1, unnamed=0, counted_at=to_iso(NOW)))
        read_seed(archive, "rest", "", NOW)
        name(archive, "sitemap", "2025/05/hilang", days=None)
        found = certificate(archive)
        june = certificate(archive, since=date(2025, 6, 1))
    by_month: dict[str, set[str]] = {}
    for row in found.days:
        by_month.setdefault(row.label[:7], set()).add(row.state)
    assert by_month == {
        "2025-04": {"complete"}, "2025-05": {"named", "missing"}, "2025-06": {"complete"},
        "2025-07": {"complete", "partly"},
    }  # fmt: skip
    assert row_of(found, date(2025, 5, 31)).missing == 1
    assert (found.undated, june.undated) == (1, 0)


def test_asked_days_have_the_rows_that_all_days_have(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        for days in range(6):
            shelf.put(f"padi-{days}", f"Padi {days} dijual.", published_at=NOW - timedelta(days=days))
            name(archive, "sitemap", f"padi-{days}", f"laut-{days}", days=days)
        read_seed(archive, "sitemap", "", NOW)
        since, until = TODAY - timedelta(days=3), TODAY - timedelta(days=1)
        everything, some = certificate(archive), certificate(archive, since=since, until=until)
    assert some.days == tuple(row for row in everything.days if str(since) <= row.label <= str(until))
    assert (some.first, some.last, some.total.wanted) == (since, until, 6)


def test_what_a_seed_counts_beyond_all_that_was_named_is_told_of_all_days(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW)
        name(archive, REST, "padi")
        read_seed(archive, "rest", "", NOW + timedelta(days=2))
        remember_seed(archive, "warta", REST, SeedMemory(total=4, unnamed=3, counted_at=to_iso(NOW)))
        assert certificate(archive).beyond == 3
        assert row_of(certificate(archive), TODAY).state == "named"
        name(archive, "sitemap", "laut")  # one of the three, perhaps
        found = certificate(archive, since=TODAY + timedelta(days=1))
        assert found.beyond == 2


def test_years_of_which_all_was_named_are_complete_though_of_others_some_was_not(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        for slug, days in (("padi", 1), ("lama", 365)):
            shelf.put(slug, f"{slug} dijual di pasar.", published_at=NOW - timedelta(days=days))
            name(archive, REST, slug, days=days)
        read_seed(archive, "rest", "", NOW)
        told = SeedMemory(total=3, unnamed=1, years='{"2024": 2, "2025": 1}', counted_at=to_iso(NOW))
        remember_seed(archive, "warta", REST, told)
        found = certificate(archive)
        since_2025 = certificate(archive, since=date(2025, 1, 1))
    assert found.unnamed[0].years == {2024}
    assert (found.beyond, since_2025.beyond) == (1, 0)
    assert {row.label[:4]: row.state for row in found.days[:-1]} == {"2024": "named", "2025": "complete"}


def test_list_without_times_reaches_back_to_what_is_known_of_its_last_entries(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=3))
        name(archive, "listing", "padi", "baru", days=None)
        name(archive, "listing", "cabai", days=5)
        urls = [url_of(slug) for slug in ("padi", "cabai", "baru")]
        assert back_to(archive, urls, NOW) == to_iso(NOW - timedelta(days=3))
        assert back_to(archive, urls, NOW + timedelta(hours=1)) == to_iso(NOW)  # "baru" was named before that
        assert back_to(archive, [url_of("tak-dikenal")], NOW) is None


def test_run_whose_named_articles_are_not_all_known_any_more_vouches_for_no_day(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        run_id = start_run(shelf.archive, OUTLET, {}, NOW)
        seeds = [{"seed": "rest", "reach": "", "read_at": to_iso(NOW)}, {"seed": "feed", "named": 3}]
        end_run(shelf.archive, run_id, "complete", NOW, counts={}, seeds=seeds, vouches=False)
        assert read_reaches(shelf.archive, "warta") == []
        end_run(shelf.archive, run_id, "complete", NOW, counts={}, seeds=seeds)
        assert [reach.seed for reach in read_reaches(shelf.archive, "warta")] == ["rest"]


def test_spans_that_touch_are_one_row(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for days in (9, 8, 3, 2):
            at = NOW - timedelta(days=days)
            read_seed(shelf.archive, "feed", to_iso(at - timedelta(days=1)), at)
        spans = [(reach.since, reach.until) for reach in read_reaches(shelf.archive, "warta")]
    day = timedelta(days=1)
    assert spans == [(NOW - 10 * day, NOW - 8 * day), (NOW - 4 * day, NOW - 2 * day)]


def test_outlet_that_was_never_crawled_has_no_certificate(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        write_outlet(shelf.archive, OUTLET)
        assert read_certificate(shelf.archive, "warta") is None
        assert read_span(shelf.archive, "warta") is None


def test_days_of_runs_that_failed_are_unknown_and_told(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        fail(archive, NOW)
        assert [(row.label, row.state) for row in certificate(archive).days] == [("2025-07-14", "unknown")]
        read_seed(archive, "sitemap", "", NOW + timedelta(days=1))
        fail(archive, NOW + timedelta(days=3))
        found = certificate(archive)
    assert [(row.label[-2:], row.state) for row in found.days] == [
        ("14", "named"), ("15", "partly"), ("16", "unknown"), ("17", "unknown"),
    ]  # fmt: skip


def test_article_whose_number_another_one_bears_is_still_missing(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", native_id="7", published_at=NOW)
        name(archive, "feed", "laut", native_id="7", title="Laut tenang", days=3)
        name(archive, "feed", "kopi", native_id="8", days=4)
        name(archive, "feed", "cabai", native_id="8", days=5)
        found = certificate(archive)
    assert dict(found.total.states) == {"archived": 1, "waiting": 3}


def test_of_the_addresses_of_an_article_the_one_that_may_still_be_had_tells_its_state(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        start_run(archive, OUTLET, {}, NOW)
        name(archive, REST, "a-lama", native_id="7")
        frontier.resolve(archive, url_of("a-lama"), "gone", to_iso(NOW), "HTTP 404")
        name(archive, REST, "z-baru", native_id="7", at=NOW + timedelta(hours=1))
        found = certificate(archive)
    assert dict(found.total.states) == {"waiting": 1}


def test_day_that_an_article_is_about_is_not_taken_for_its_own(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        start_run(shelf.archive, OUTLET, {}, NOW)
        name(shelf.archive, "sitemap", "upacara-17-08-2024", "2029/12/25/natal", days=None)
        found = certificate(shelf.archive)
    assert {row.label: row.wanted for row in found.days} == {"2025-07-14": 2}
    assert found.undated == 2


@pytest.mark.parametrize("wrong", [datetime(1993, 1, 1, tzinfo=UTC), NOW + timedelta(days=300)])
def test_asked_days_have_articles_whose_own_time_cannot_be(tmp_path: Path, wrong: datetime) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=wrong)
        name(archive, "feed", "padi", days=2)
        read_seed(archive, "feed", "", NOW)
        day = TODAY - timedelta(days=2)
        assert row_of(certificate(archive), day).archived == 1
        assert row_of(certificate(archive, since=day, until=day), day).archived == 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({"until": date(2020, 1, 1)}, date(2020, 1, 1), date(2020, 1, 1)),
        ({"since": date(2025, 9, 1), "until": date(2025, 9, 2)}, date(2025, 9, 1), date(2025, 9, 2)),
        ({"since": date.min, "until": date(1995, 1, 2)}, date(1995, 1, 1), date(1995, 1, 2)),
        ({"since": date(2025, 9, 1)}, date(2025, 9, 1), date(2025, 9, 1)),
    ],
)
def test_days_before_and_after_all_that_is_known_are_unknown(
    tmp_path: Path, asked: dict[str, date], first: date, last: date
) -> None:
    with shelf_in(tmp_path) as shelf:
        read_seed(shelf.archive, "sitemap", to_iso(NOW - timedelta(days=3)), NOW)
        name(shelf.archive, "sitemap", "padi")
        found = certificate(shelf.archive, **asked)
    assert (found.first, found.last, found.total.wanted) == (first, last, 0)
    assert {row.state for row in found.days} == {"unknown"}


def test_days_that_have_not_come_are_not_certified(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        read_seed(shelf.archive, "sitemap", "", NOW)
        today = datetime.now(ZoneInfo("Asia/Makassar")).date()
        assert certificate(shelf.archive, since=today, until=date.max).last <= today + timedelta(days=1)
        assert read_certificate(shelf.archive, "warta", since=today + timedelta(days=3)) is None


def test_span_is_that_of_the_certificate_of_all_days(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive = shelf.archive
        shelf.put("padi", "Padi dijual di pasar.", published_at=NOW - timedelta(days=40))
        assert (whole := certificate(archive)) is not None
        assert read_span(archive, "warta") == (whole.first, whole.last)
        for slug, days in (
            ("hilang", 400),
            ("2023/02/01/lama", None),
            ("upacara-17-08-2021", None),
            ("2022/03/hujan", None),
        ):
            name(archive, "sitemap", slug, days=days)
            whole = certificate(archive)
            assert read_span(archive, "warta") == (whole.first, whole.last)
    assert whole.first == date(2022, 3, 31)
