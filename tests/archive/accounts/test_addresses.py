"""Every address that a seed named is counted once, in the state that it is in."""

from datetime import timedelta
from pathlib import Path

from archive import frontier
from archive.accounts.addresses import _GROUPS, account_of_outlet, account_of_run
from archive.articles import mark_gone
from archive.runs import start_run
from kickcrawl.account import STATES, UNFETCHED, Account
from kickcrawl.article import Candidate, Moment
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET, Shelf, shelf_in, url_of

LATER = NOW + timedelta(days=1)
DONE, GONE = ("padi", "cabai", "tomat"), ("laut",)
REJECTED, EXCLUDED, WAITING, UNASKED = ("daftar",), ("kunci", "tag"), ("dinding", "galat"), ("antre",)
NAMED = (*DONE, *GONE, *REJECTED, *EXCLUDED, *WAITING, *UNASKED)


def fill(shelf: Shelf) -> None:
    """Put addresses of warta into all states there are."""
    archive = shelf.archive
    for slug in (*DONE, *GONE):
        shelf.put(slug, f"{slug} dijual di pasar.")
    frontier.name(archive, "warta", [Candidate(url=url_of(slug), seed="sitemap") for slug in NAMED], NOW)
    for slug in DONE:
        frontier.resolve(archive, url_of(slug), "done", to_iso(NOW))
    mark_gone(archive, url_of("laut"), to_iso(NOW))
    frontier.resolve(archive, url_of("laut"), "gone", to_iso(NOW), "HTTP 404")
    frontier.resolve(archive, url_of("daftar"), "rejected", to_iso(NOW), "list-page")
    frontier.resolve(archive, url_of("kunci"), "excluded", to_iso(NOW), "password")
    frontier.resolve(archive, url_of("tag"), "excluded", to_iso(NOW))
    archive.write(
        "UPDATE frontier SET doubt = 'block-page', doubts = 2, due_at = :at WHERE url = :url",
        {"url": url_of("dinding"), "at": to_iso(LATER)},
    )
    frontier.defer(archive, url_of("galat"), "HTTP 503", NOW)
    archive.write("UPDATE articles SET url = :new WHERE url = :old", {"old": url_of("tomat"), "new": url_of("tomat-2")})


def told(account: Account) -> dict[str, int]:
    return {state: count for state in STATES if (count := account.count(state))}


def test_every_address_of_an_outlet_is_in_one_state(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        fill(shelf)
        account = account_of_outlet(shelf.archive, "warta")
    assert account.is_even
    assert account.named == len(NAMED)
    assert told(account) == {
        "archived": 2, "alias": 1, "gone": 1, "waiting": 3, "rejected": 1, "excluded": 2,
    }  # fmt: skip
    assert account.reasons("waiting") == {"HTTP 503": 1, "block-page": 1, UNFETCHED: 1}
    assert account.reasons("excluded") == {"password": 1, "taken down": 1}
    [wall] = [group for group in account.groups if group.reason == "block-page"]
    assert (wall.times, wall.until) == (2, to_iso(LATER))


def test_run_counts_what_was_named_in_it_and_tells_new_from_unchanged(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        fill(shelf)
        first = account_of_run(shelf.archive, 1, len(NAMED))
        run_id = start_run(shelf.archive, OUTLET, {}, LATER)
        again = [Candidate(url=url_of(slug), seed="feed") for slug in ("padi", "cabai", "daftar")]
        frontier.name(shelf.archive, "warta", again, LATER)
        second = account_of_run(shelf.archive, run_id, 3)
        third = account_of_run(shelf.archive, run_id, 4)
    assert first.is_even
    assert first.count("archived") == 2
    assert second.is_even
    assert (second.count("unchanged"), second.count("archived"), second.count("rejected")) == (2, 0, 1)
    assert not third.is_even


def test_revisions_of_a_run_are_not_all_read_for_each_of_its_addresses(tmp_path: Path) -> None:
    given = dict.fromkeys(("outlet", "named_at", "since", "until", "run", "unfetched", "incomplete"))
    with shelf_in(tmp_path) as shelf:
        plan = [row["detail"] for row in shelf.archive.rows(f"EXPLAIN QUERY PLAN {_GROUPS}", given)]
    assert not any("revisions_by_run" in step for step in plan), plan


def test_addresses_outside_of_the_asked_days_are_told_apart_from_those_that_wait(tmp_path: Path) -> None:
    days = {"lama": -40, "baru": -3, "kini": -1}
    with shelf_in(tmp_path) as shelf:
        run_id = start_run(shelf.archive, OUTLET, {}, NOW)
        for slug, day in days.items():
            at = Moment(NOW + timedelta(days=day), 480)
            frontier.name(shelf.archive, "warta", [Candidate(url=url_of(slug), seed="feed", published=at)], NOW)
        # Changed on a day that begins before the span and ends in it: a lease would give it out.
        began, until = Moment(NOW - timedelta(days=9, hours=5), 480), NOW - timedelta(days=8, hours=5)
        whole_day = Candidate(url=url_of("sehari"), seed="sitemap", modified=began, modified_until=until)
        frontier.name(shelf.archive, "warta", [whole_day], NOW)
        span = to_iso(NOW - timedelta(days=9)), to_iso(NOW - timedelta(days=2))
        account = account_of_run(shelf.archive, run_id, 4, *span)
        leased = frontier.lease(shelf.archive, "warta", 9, NOW, *span)
    assert account.is_even
    assert (account.count("outside"), account.count("waiting")) == (2, 2)
    assert sorted(due.url for due in leased) == [url_of("baru"), url_of("sehari")]
