"""Status: counts of each outlet, its last run, and since when it fails."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier
from archive.accounts.status import coverage, status
from archive.articles import mark_gone
from archive.database import Archive, open_archive
from archive.runs import end_run, start_run
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET, shelf_in, url_of

COMPLAINT = {"kind": "volume", "what": "sepi", "since": "2025-07-13T01:00:00+00:00", "advice": "lihat situsnya"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def run(archive: Archive, outcome: Any, *, hours: float, complaints: Any = (), slug: str = "warta") -> int:
    """Have a run start after so many hours and end as *outcome*; "running" has no end."""
    run_id = start_run(archive, OUTLET | {"slug": slug}, {"limit": "9"}, NOW + timedelta(hours=hours))
    if outcome not in ("running", "died"):
        seeds = [{"seed": "feed", "error": None}]
        end_run(archive, run_id, outcome, NOW, counts={"stored": 3}, seeds=seeds, complaints=complaints)
    return run_id


def only(archive: Archive) -> dict[str, Any]:
    (outlet,) = status(archive)["outlets"]
    return dict(outlet)


def test_empty_archive_has_no_outlets(archive: Archive) -> None:
    assert status(archive) == {"archive": str(archive.path), "outlets": []}


def test_articles_are_counted_for_each_outlet(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Padi.", published_at=NOW - timedelta(days=9))
        shelf.put("padi", "Padi dan gabah.", published_at=NOW - timedelta(days=9))
        shelf.put("laut", "Laut.", published_at=NOW)
        shelf.put("kosong", "Tanpa tanggal.")
        shelf.put("cabai", "Cabai.", outlet="kabar")
        mark_gone(shelf.archive, url_of("laut"), to_iso(NOW))
        kabar, warta = status(shelf.archive)["outlets"]
    told = ("outlet", "articles", "revised", "gone", "oldest", "newest")
    assert [warta[name] for name in told] == [
        "warta", 3, 1, 1, to_iso(NOW - timedelta(days=9)), to_iso(NOW),
    ]  # fmt: skip
    assert [kabar[name] for name in told] == ["kabar", 1, 0, 0, None, None]


def test_frontier_is_counted_by_state_and_by_seed(archive: Archive) -> None:
    run(archive, "running", hours=0)
    named = [Candidate(url=url_of(slug), seed="rest") for slug in "abc"]
    frontier.name(archive, "warta", [*named, Candidate(url=url_of("a"), seed="feed")], NOW)
    frontier.resolve(archive, url_of("b"), "rejected", to_iso(NOW), "empty")
    frontier.resolve(archive, url_of("c"), "done", to_iso(NOW))
    assert (only(archive)["due"], only(archive)["rejected"]) == (1, 1)
    assert coverage(archive, "warta") == {"feed": 1, "rest": 3}
    assert coverage(archive, "kabar") == {}


def test_last_run_is_told_with_its_json_read(archive: Archive) -> None:
    run(archive, "complete", hours=0)
    last = run(archive, "failed", hours=1, complaints=[COMPLAINT])
    run(archive, "complete", hours=2, slug="kabar")
    told = next(outlet for outlet in status(archive)["outlets"] if outlet["outlet"] == "warta")["last_run"]
    assert (told["id"], told["outcome"], told["arguments"], told["counts"]) == (
        last, "failed", {"limit": "9"}, {"stored": 3},
    )  # fmt: skip
    assert (told["seeds"], told["complaints"]) == ([{"seed": "feed", "error": None}], [COMPLAINT])


@pytest.mark.parametrize(
    ("outcomes", "good", "failing", "complains"),
    [
        pytest.param(["running"], None, None, False, id="the first is running"),
        pytest.param(["complete"], 0, None, False, id="good"),
        pytest.param(["failed", "failed"], None, 0, True, id="never good"),
        pytest.param(["complete", "failed", "failed"], 0, 1, True, id="fails since the second"),
        pytest.param(["failed", "complete"], 1, None, False, id="good again"),
        pytest.param(["complete", "failed", "complete", "failed"], 2, 3, True, id="fails again"),
        pytest.param(["complete", "interrupted"], 0, None, False, id="stopped by hand"),
        pytest.param(["complete", "died", "running"], 0, None, False, id="killed"),
        pytest.param(["complete", "failed", "running"], 0, 1, True, id="failed, and runs again"),
    ],
)
def test_outlet_fails_since_the_first_failure_after_its_last_good_run(
    archive: Archive, outcomes: list[str], good: int | None, failing: int | None, complains: bool
) -> None:
    for hours, outcome in enumerate(outcomes):
        run(archive, outcome, hours=hours, complaints=[COMPLAINT] if outcome == "failed" else [])
    told = only(archive)

    def start(hours: int | None) -> str | None:
        return None if hours is None else to_iso(NOW + timedelta(hours=hours))

    assert (told["last_good_run"], told["failing_since"]) == (start(good), start(failing))
    assert told["complaints"] == ([COMPLAINT] if complains else [])


def test_runs_that_start_in_the_same_second_are_told_apart(archive: Archive) -> None:
    run(archive, "failed", hours=0, complaints=[COMPLAINT])
    run(archive, "complete", hours=0)
    assert only(archive)["failing_since"] is None
    run(archive, "failed", hours=0)
    assert only(archive)["failing_since"] == to_iso(NOW)
