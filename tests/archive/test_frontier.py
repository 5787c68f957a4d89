"""The frontier: what is due, who takes it, and what becomes of it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier
from archive.database import Archive, open_archive
from archive.frontier import BACKOFF_HOURS, Named
from archive.runs import start_run
from archive.seeds.recheck import count_named, recheck_by_age, recheck_unnamed
from kickcrawl.article import Article, Candidate, Claim, Moment, SeedKind
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET, id_of, shelf_in

EARLIER = to_iso(NOW - timedelta(hours=3))
URL = "https://warta.example/panen-padi"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        for slug in ("warta", "kabar"):
            start_run(archive, OUTLET | {"slug": slug}, {}, NOW)
        yield archive


def candidate(slug: str = "panen-padi", seed: SeedKind = "rest", **fields: Any) -> Candidate:
    return Candidate(url=f"https://warta.example/{slug}", seed=seed, **fields)


def moment(hours: float = 0) -> Moment:
    return Moment(NOW + timedelta(hours=hours), 480)


def name(archive: Archive, *candidates: Candidate, now: datetime = NOW, outlet: str = "warta") -> Named:
    return frontier.name(archive, outlet, candidates, now)


def lease(archive: Archive, count: int = 99, now: datetime = NOW, **span: Any) -> list[str]:
    """Take candidates and return their slugs."""
    return [due.url.rsplit("/", 1)[1] for due in frontier.lease(archive, "warta", count, now, **span)]


def test_held_page_has_its_turn_at_the_end_unless_only_the_newest_few_are_wanted(archive: Archive) -> None:
    name(archive, candidate("lama", published=moment(-9)), candidate("baru", published=moment(-1)))
    url = "https://warta.example/baru"
    frontier.defer(archive, url, "held", NOW)
    archive.write("UPDATE frontier SET doubt = 'held' WHERE url = :url", {"url": url})
    assert lease(archive, 1) == ["lama"]
    frontier.release(archive, "warta")
    assert lease(archive, 1, is_limited=True) == ["baru"]


def settle(archive: Archive, slug: str, state: Any = "done", checked: datetime = NOW) -> None:
    frontier.resolve(archive, f"https://warta.example/{slug}", state, to_iso(checked))


def row(archive: Archive, slug: str = "panen-padi") -> dict[str, Any]:
    found = archive.row("SELECT * FROM frontier WHERE url = :url", {"url": f"https://warta.example/{slug}"})
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("seed", ["rest", "sitemap"])
@pytest.mark.parametrize(
    ("known", "modified", "due"),
    [
        pytest.param(None, None, True, id="never named"),
        pytest.param({"state": "due"}, None, True, id="still due"),
        pytest.param({"state": "leased"}, None, True, id="taken"),
        pytest.param({"state": "gone"}, None, True, id="gone, and named again"),
        pytest.param({"state": "done"}, None, False, id="done, no time"),
        pytest.param({"state": "rejected"}, None, False, id="rejected, no time"),
        pytest.param({"state": "done"}, 0, True, id="done, nothing known of its times"),
        pytest.param({"state": "done", "modified_at": EARLIER}, -3, False, id="done, the same time"),
        pytest.param({"state": "done", "modified_at": EARLIER}, -4, False, id="done, an earlier time"),
        pytest.param({"state": "done", "modified_at": EARLIER}, -2.9, True, id="done, a later time"),
        pytest.param({"state": "rejected", "modified_at": EARLIER}, -2.9, True, id="rejected, a later time"),
        pytest.param({"state": "done", "checked_at": EARLIER}, -4, False, id="changed before it was fetched"),
        pytest.param({"state": "done", "checked_at": EARLIER}, -2, True, id="changed after it was fetched"),
        pytest.param(
            {"state": "done", "modified_at": EARLIER, "checked_at": to_iso(NOW)},
            -2,
            True,
            id="named time outranks ours",
        ),
    ],
)
def test_candidate_is_due_when_its_seed_says_something_new(
    seed: SeedKind, known: dict[str, Any] | None, modified: float | None, due: bool
) -> None:
    named = candidate(seed=seed, modified=None if modified is None else moment(modified))
    stored = (
        None if known is None else {"reason": None, "modified_at": None, "checked_at": None, "claims": "[]"} | known
    )
    assert frontier.is_due(named, stored, NOW) is due
    assert frontier.is_due(replace(named, protected=True), stored, NOW) is False


@pytest.mark.parametrize(("protected", "due"), [(False, True), (None, False), (True, False)])
def test_only_a_seed_that_knows_of_passwords_can_say_that_one_has_gone(protected: bool | None, due: bool) -> None:
    excluded = {"state": "excluded", "reason": None, "modified_at": None, "checked_at": None, "claims": "[]"}
    assert frontier.is_due(candidate(protected=protected), excluded, NOW) is due


@pytest.mark.parametrize(
    ("seed", "before", "now", "due"),
    [
        pytest.param("rest", ("Politik",), ("Daerah",), True, id="another category"),
        pytest.param("rest", ("Politik",), (), True, id="none any more"),
        pytest.param("rest", (), ("Politik",), True, id="the first"),
        pytest.param("rest", ("Politik",), ("Politik",), False, id="the same"),
        pytest.param("rest", None, ("Politik",), False, id="not known before"),
        pytest.param("feed", ("Politik",), ("Daerah",), False, id="a feed, which lists what it likes"),
    ],
)
def test_list_of_all_posts_that_says_something_else_makes_a_post_due_without_a_later_time(
    archive: Archive, seed: SeedKind, before: tuple[str, ...] | None, now: tuple[str, ...], due: bool
) -> None:
    def named(value: tuple[str, ...] | None) -> Candidate:
        claims = () if value is None else (Claim(field="sections", source="rest", value=value),)
        return candidate(seed=seed, modified=moment(-5), claims=claims)

    name(archive, named(before))
    settle(archive, "panen-padi")
    assert name(archive, named(now)).edited == due
    assert lease(archive) == (["panen-padi"] if due else [])


def test_naming_tells_new_edited_and_known(archive: Archive) -> None:
    assert name(archive, candidate("a"), candidate("b", modified=moment(-5))) == Named(new=2, edited=0, known=0)
    assert name(archive, candidate("a")) == Named(new=0, edited=0, known=1)
    lease(archive)
    settle(archive, "a")
    settle(archive, "b")
    again = [candidate("a"), candidate("b", modified=moment(-1)), candidate("c")]
    assert name(archive, *again) == Named(new=1, edited=1, known=1)
    assert sorted(lease(archive)) == ["b", "c"]
    assert row(archive, "a")["state"] == "done"


def test_leased_candidate_tells_whether_an_answer_has_resolved_it_before(archive: Archive) -> None:
    name(archive, candidate("a"), candidate("b"))
    settle(archive, "a")
    name(archive, candidate("a", modified=moment(1)))
    frontier.defer(archive, "https://warta.example/b", "HTTP 503", NOW)
    leased = frontier.lease(archive, "warta", 9, NOW + timedelta(hours=2))
    assert {due.url[-1]: due.was_checked for due in leased} == {"a": True, "b": False}


def test_newest_are_leased_first_and_those_without_a_date_last(archive: Archive) -> None:
    name(archive, candidate("undated"), candidate("old", published=moment(-90)), candidate("new", published=moment(-1)))
    name(archive, candidate("newer", published=moment(-0.5)), now=NOW + timedelta(minutes=5))
    assert lease(archive, 2, NOW + timedelta(hours=1)) == ["newer", "new"]
    assert lease(archive, 9, NOW + timedelta(hours=1)) == ["old", "undated"]


def test_candidate_is_leased_once(archive: Archive) -> None:
    name(archive, candidate("a"), candidate("b"), candidate("c"))
    taken = [slug for _ in range(3) for slug in lease(archive, 2)]
    assert sorted(taken) == ["a", "b", "c"]
    name(archive, candidate("a", modified=moment(5)))  # named again while it is being fetched
    assert lease(archive) == []


def test_outlets_take_only_their_own(archive: Archive) -> None:
    name(archive, candidate("a"))
    assert frontier.lease(archive, "kabar", 9, NOW) == []
    assert frontier.count_due(archive, "kabar", NOW) == 0
    assert lease(archive) == ["a"]


@pytest.mark.parametrize(
    ("span", "slugs"),
    [
        pytest.param({}, {"h-48", "h-24", "h0", "undated"}, id="all"),
        pytest.param({"since": to_iso(NOW - timedelta(hours=24))}, {"h-24", "h0", "undated"}, id="since, inclusive"),
        pytest.param({"until": to_iso(NOW)}, {"h-48", "h-24", "undated"}, id="until, exclusive"),
        pytest.param(
            {"since": to_iso(NOW - timedelta(hours=30)), "until": to_iso(NOW - timedelta(hours=1))},
            {"h-24", "undated"},
            id="both",
        ),
    ],
)
def test_what_is_known_to_be_of_another_time_stays(archive: Archive, span: dict[str, str], slugs: set[str]) -> None:
    name(archive, candidate("undated"), *(candidate(f"h{h}", published=moment(h)) for h in (-48, -24, 0)))
    assert frontier.count_due(archive, "warta", NOW, **span) == len(slugs)
    assert set(lease(archive, **span)) == slugs
    assert set(lease(archive)) == {"h-48", "h-24", "h0", "undated"} - slugs  # the rest is due still


def test_candidate_that_proved_to_be_of_another_time_is_given_back_with_its_date(archive: Archive) -> None:
    name(archive, candidate())
    lease(archive)
    article = Article(url=URL, title="Panen", text="Padi.", published_at=NOW - timedelta(hours=3))
    frontier.date(archive, URL, article)
    assert (row(archive)["state"], row(archive)["published_at"]) == ("due", EARLIER)
    assert lease(archive, since=to_iso(NOW)) == []
    assert lease(archive) == ["panen-padi"]


def test_lease_tells_what_seeds_said_and_whether_the_story_is_archived(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("lama", "Padi.", title="Panen lama", native_id="17")
        claims = (
            Claim(field="tags", source="rest", value=("padi", "gabah")),
            Claim(field="published_at", source="rest", value=moment()),
            Claim(field="title", source="rest", value="Panen baru"),
        )
        name(
            shelf.archive,
            candidate("baru", published=moment(), title="Panen baru", native_id="18", claims=claims),
            candidate("lama", seed="listing", published=moment(-1)),
        )
        new, known = frontier.lease(shelf.archive, "warta", 9, NOW + timedelta(hours=1))
        assert (new.is_known, new.title, new.native_id, new.claims) == (False, "Panen baru", "18", claims)
        assert (known.is_known, known.title, known.native_id, known.claims) == (True, "Panen lama", "17", ())


@pytest.mark.parametrize("state", ["done", "rejected", "excluded", "gone"])
def test_settled_candidate_is_due_no_more(archive: Archive, state: Any) -> None:
    name(archive, candidate())
    lease(archive)
    frontier.defer(archive, URL, "HTTP 503", NOW)
    frontier.resolve(archive, URL, state, EARLIER, "alasan")
    found = row(archive)
    assert (found["state"], found["attempts"], found["checked_at"], found["reason"]) == (state, 0, EARLIER, "alasan")
    assert lease(archive, now=NOW + timedelta(days=30)) == []


def test_unknown_address_is_settled_without_a_trace(archive: Archive) -> None:
    frontier.resolve(archive, "https://warta.example/tidak-dikenal", "done", EARLIER)
    assert archive.value("SELECT count(*) FROM frontier") == 0


def test_pause_after_failures_grows_and_begins_anew_after_success(archive: Archive) -> None:
    name(archive, candidate())
    now, pauses = NOW, []
    for failure in range(len(BACKOFF_HOURS) + 2):
        assert lease(archive, now=now) == ["panen-padi"]
        frontier.defer(archive, URL, f"HTTP 50{failure}", now)
        due_at = datetime.fromisoformat(row(archive)["due_at"])
        assert failure == 0 or lease(archive, now=due_at - timedelta(seconds=1)) == []
        pauses.append((due_at - now) / timedelta(hours=1))
        now = due_at
    assert pauses == [*BACKOFF_HOURS, BACKOFF_HOURS[-1], BACKOFF_HOURS[-1]]
    assert sorted(BACKOFF_HOURS) == list(BACKOFF_HOURS)
    assert (row(archive)["attempts"], row(archive)["reason"]) == (
        len(BACKOFF_HOURS) + 2,
        f"HTTP 50{len(BACKOFF_HOURS) + 1}",
    )
    settle(archive, "panen-padi")
    name(archive, candidate(modified=moment(9)), now=now)
    frontier.defer(archive, URL, "HTTP 503", now)
    assert row(archive)["due_at"] == to_iso(now + timedelta(hours=BACKOFF_HOURS[0]))


def test_naming_a_deferred_candidate_does_not_shorten_its_pause(archive: Archive) -> None:
    name(archive, candidate())
    frontier.defer(archive, URL, "HTTP 503", NOW)
    frontier.defer(archive, URL, "HTTP 503", NOW)
    name(archive, candidate(modified=moment(1)), now=NOW + timedelta(minutes=1))
    assert lease(archive, now=NOW + timedelta(minutes=2)) == []
    assert lease(archive, now=NOW + timedelta(hours=BACKOFF_HOURS[1])) == ["panen-padi"]


def test_what_failed_once_comes_last_in_the_same_run(archive: Archive) -> None:
    name(archive, candidate("a", published=moment(2)), candidate("b", published=moment(1)))
    frontier.defer(archive, "https://warta.example/a", "HTTP 503", NOW)
    assert lease(archive, now=NOW) == ["b", "a"]


def test_leases_are_given_back_some_or_all(archive: Archive) -> None:
    name(archive, candidate("a"), candidate("b"), candidate("c"), candidate("d"))
    lease(archive)
    settle(archive, "d")
    frontier.release(archive, "warta", ["https://warta.example/a", "https://warta.example/d"])
    assert lease(archive) == ["a"]
    frontier.release(archive, "kabar")
    assert lease(archive) == []
    frontier.release(archive, "warta")
    assert sorted(lease(archive)) == ["a", "b", "c"]


def test_post_behind_a_password_is_never_leased_until_rest_says_that_it_is_open(archive: Archive) -> None:
    name(archive, candidate(protected=True))
    assert (row(archive)["state"], row(archive)["reason"]) == ("excluded", "password, as REST says")
    for seed in ("sitemap", "feed", "listing"):
        name(archive, candidate(seed=seed))
    assert lease(archive) == []
    assert name(archive, candidate(protected=False)) == Named(new=0, edited=1, known=0)
    assert lease(archive) == ["panen-padi"]


def test_post_that_is_locked_after_it_was_named_is_leased_no_more(archive: Archive) -> None:
    name(archive, candidate("due"), candidate("done"))
    lease(archive, 1)
    settle(archive, "done")
    frontier.release(archive, "warta")
    name(archive, candidate("due", protected=True), candidate("done", protected=True, modified=moment(9)))
    assert lease(archive, now=NOW + timedelta(days=9)) == []
    assert row(archive, "due")["state"] == row(archive, "done")["state"] == "excluded"


def test_seed_that_knows_no_passwords_does_not_reopen_a_locked_post_by_its_time(archive: Archive) -> None:
    name(archive, candidate(protected=True))
    name(archive, candidate(seed="sitemap", modified=moment(1)))
    assert lease(archive, now=NOW + timedelta(hours=2)) == []


def test_what_several_seeds_say_is_merged(archive: Archive) -> None:
    by_rest = (
        Claim(field="title", source="rest", value="Panen padi"),
        Claim(field="tags", source="rest", value=("padi",)),
    )
    by_feed = (Claim(field="title", source="feed", value="Panen Padi!"),)
    name(archive, candidate(seed="sitemap", published=moment(-1), is_post=True))
    name(archive, candidate(claims=by_rest, title="Panen padi", native_id="17", modified=moment(-2)))
    name(archive, candidate(seed="feed", claims=by_feed, modified=moment(-3)))
    renewed = Claim(field="title", source="rest", value="Panen padi naik")
    name(archive, candidate(claims=(renewed,)), now=NOW + timedelta(hours=1))
    (due,) = frontier.lease(archive, "warta", 9, NOW + timedelta(hours=1))
    assert set(due.claims) == {renewed, by_rest[1], *by_feed}
    assert len(due.claims) == 3
    found = row(archive)
    assert (found["title"], found["native_id"], found["is_post"]) == ("Panen padi", "17", 1)
    assert found["modified_at"] == to_iso(moment(-2).at)  # the latest that was named
    assert found["published_at"] == to_iso(moment(-1).at)
    assert (found["first_named_at"], found["last_named_at"]) == (to_iso(NOW), to_iso(NOW + timedelta(hours=1)))
    seeds = archive.rows("SELECT seed, named_at FROM frontier_seeds ORDER BY seed")
    assert [tuple(seed) for seed in seeds] == [
        ("feed", to_iso(NOW)), ("rest", to_iso(NOW + timedelta(hours=1))), ("sitemap", to_iso(NOW)),
    ]  # fmt: skip


def test_story_that_a_seed_names_unchanged_was_seen_today(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        archive, later = shelf.archive, NOW + timedelta(days=2)
        for slug in ("tetap", "diedit", "hilang"):
            shelf.put(slug, "Padi.")
            name(archive, candidate(slug, modified=moment(-9)))
            settle(archive, slug)
        archive.write("UPDATE articles SET gone_at = last_seen_at WHERE id = :id", {"id": id_of("hilang")})
        before = {row["id"]: row["last_seen_at"] for row in archive.rows("SELECT id, last_seen_at FROM articles")}
        named = [candidate("tetap", modified=moment(-9)), candidate("diedit", modified=moment(5)), candidate("hilang")]
        name(archive, *named, now=later)
        after = {row["id"]: row["last_seen_at"] for row in archive.rows("SELECT id, last_seen_at FROM articles")}
        assert after == before | {id_of("tetap"): to_iso(later)}


def test_what_a_sweep_no_longer_names_is_looked_at_again(archive: Archive) -> None:
    sweep = NOW + timedelta(days=1)
    named = [candidate(slug) for slug in ("tetap", "ditarik", "ditolak")]
    name(archive, *named, candidate("disitus", seed="sitemap"))
    lease(archive)
    for slug, state in (("tetap", "done"), ("ditarik", "done"), ("ditolak", "rejected"), ("disitus", "done")):
        settle(archive, slug, state)
    name(archive, candidate("tetap"), now=sweep)
    assert count_named(archive, "warta", "rest") == 3
    assert recheck_unnamed(archive, "warta", "rest", to_iso(sweep)) == 1
    assert recheck_unnamed(archive, "warta", "rest", to_iso(sweep)) == 0  # asked for once
    assert lease(archive, now=sweep) == ["ditarik"]
    assert count_named(archive, "warta", "rest") == 2


@pytest.mark.parametrize(
    ("age", "since_check", "due"),
    [
        pytest.param(1, 0.9, False, id="young, looked at today"),
        pytest.param(1, 1.1, True, id="young, looked at yesterday"),
        pytest.param(40, 9, False, id="40 days old, 9 days ago"),
        pytest.param(40, 11, True, id="40 days old, 11 days ago"),
        pytest.param(4000, 179, False, id="old, less than half a year ago"),
        pytest.param(4000, 181, True, id="old, more than half a year ago"),
    ],
)
@pytest.mark.parametrize("dated", [True, False], ids=["published", "first named"])
def test_the_older_an_article_the_more_rarely_it_is_looked_at(
    archive: Archive, age: float, since_check: float, due: bool, dated: bool
) -> None:
    published = Moment(NOW - timedelta(days=age), None) if dated else None
    named_at = NOW - timedelta(days=age if not dated else 0)
    name(archive, candidate(seed="listing", published=published), now=named_at)
    lease(archive)
    settle(archive, "panen-padi", checked=NOW - timedelta(days=since_check))
    assert recheck_by_age(archive, "warta", NOW) == due
    assert lease(archive) == (["panen-padi"] if due else [])


def test_counts_are_those_of_the_outlet_and_the_seed(archive: Archive) -> None:
    name(archive, candidate("a"), candidate("b"), candidate("c", seed="feed"), candidate("d", protected=True))
    for _ in range(2):
        frontier.defer(archive, "https://warta.example/b", "HTTP 503", NOW)
    settle(archive, "c", "gone")
    assert frontier.count_due(archive, "warta", NOW) == 1
    assert frontier.count_due(archive, "warta", NOW + timedelta(hours=1)) == 2
    assert count_named(archive, "warta", "rest") == 3
    assert count_named(archive, "warta", "feed") == 0  # gone
    assert count_named(archive, "kabar", "rest") == 0


def worded(wording: str | None) -> Candidate:
    claims = () if wording is None else (Claim(field="wording", value=wording, source="feed"),)
    return candidate(seed="feed", claims=claims)


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [("aa", "aa", 0), ("aa", "bb", 1), (None, "bb", 0), ("aa", None, 0)],
)
def test_article_is_due_again_when_its_feed_gives_another_text(
    archive: Archive, before: str | None, after: str | None, edited: int
) -> None:
    name(archive, worded(before))
    lease(archive)
    settle(archive, "panen-padi")
    later = NOW + timedelta(hours=1)
    assert frontier.preview(archive, "warta", [worded(after)], later).edited == edited
    assert name(archive, worded(after), now=later).edited == edited
    assert lease(archive, now=later) == ["panen-padi"] * edited
    settle(archive, "panen-padi", checked=later)
    assert name(archive, worded(after), now=later + timedelta(hours=1)).edited == 0
