"""Articles that a feed has left out are looked at again, once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from archive import frontier
from archive.seeds.gaps import recheck_gaps
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, Shelf, shelf_in, url_of

SLUGS = [f"kabar-{day}" for day in range(6)]


def feed(shelf: Shelf, slugs: list[str], hours: float, seed: Any = "feed") -> None:
    found = [Candidate(url=url_of(slug), seed=seed) for slug in slugs]
    frontier.name(shelf.archive, "warta", found, NOW + timedelta(hours=hours))


def states(shelf: Shelf) -> dict[str, str]:
    return {row["url"].rsplit("/", 1)[1]: row["state"] for row in shelf.archive.rows("SELECT url, state FROM frontier")}


def filled(shelf: Shelf) -> None:
    """Archive six articles, one a day, that a feed named."""
    for day, slug in enumerate(SLUGS):
        shelf.put(slug, f"Kabar {slug} dari pasar.", published_at=NOW - timedelta(days=day))
    feed(shelf, SLUGS, 0)
    for slug in SLUGS:
        frontier.resolve(shelf.archive, url_of(slug), "done", to_iso(NOW))


def test_article_left_out_between_others_is_due_once(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        filled(shelf)
        feed(shelf, [slug for slug in SLUGS if slug != "kabar-2"], 1)
        assert recheck_gaps(shelf.archive, "warta", "feed", to_iso(NOW + timedelta(hours=1))) == 1
        assert [slug for slug, state in states(shelf).items() if state == "due"] == ["kabar-2"]
        frontier.resolve(shelf.archive, url_of("kabar-2"), "done", to_iso(NOW))
        assert recheck_gaps(shelf.archive, "warta", "feed", to_iso(NOW + timedelta(hours=1))) == 0
        feed(shelf, SLUGS, 2)  # it stands there again, and goes again
        feed(shelf, [slug for slug in SLUGS if slug != "kabar-2"], 3)
        assert recheck_gaps(shelf.archive, "warta", "feed", to_iso(NOW + timedelta(hours=3))) == 1


def test_article_that_has_left_the_window_or_another_kind_of_list_is_not_due(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        filled(shelf)
        feed(shelf, SLUGS[:4], 1)
        feed(shelf, SLUGS, 0, seed="listing")
        read_at = to_iso(NOW + timedelta(hours=1))
        assert recheck_gaps(shelf.archive, "warta", "feed", read_at) == 0
        assert recheck_gaps(shelf.archive, "warta", "listing", read_at) == 0
        assert set(states(shelf).values()) == {"done"}


def test_list_that_was_read_to_its_end_has_a_gap_where_an_article_without_a_time_was(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for slug in SLUGS:
            shelf.put(slug, f"Kabar {slug} dari pasar.", published_at=None)
        feed(shelf, SLUGS, 0, seed="listing")
        for slug in SLUGS:
            frontier.resolve(shelf.archive, url_of(slug), "done", to_iso(NOW))
        feed(shelf, SLUGS[:5], 1, seed="listing")
        read_at = to_iso(NOW + timedelta(hours=1))
        assert recheck_gaps(shelf.archive, "warta", "listing", read_at) == 0
        assert recheck_gaps(shelf.archive, "warta", "listing", read_at, to_end=True) == 1
        assert states(shelf)[SLUGS[5]] == "due"
