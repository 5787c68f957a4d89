"""Addresses that rules leave out, and sitemaps that list no articles: what is remembered of them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive import frontier
from archive.database import Archive, open_archive
from archive.runs import start_run
from archive.seeds.children import recall_children, remember_children
from archive.seeds.excluded import exclude, readmit
from kickcrawl.article import Candidate
from kickcrawl.discovery.children import ChildMemory
from kickcrawl.robots import disallowed
from tests.support.storing import NOW, OUTLET

PHOTO, RULE = "https://warta.example/foto/panen-raya-sukarara", "exclude ^/foto/"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        start_run(archive, OUTLET, {}, NOW)
        yield archive


def state(archive: Archive) -> tuple[str, str | None]:
    row = archive.row("SELECT state, reason FROM frontier WHERE url = :url", {"url": PHOTO})
    assert row is not None
    return row["state"], row["reason"]


def test_address_that_a_rule_leaves_out_is_noted_and_never_fetched(archive: Archive) -> None:
    exclude(archive, "warta", "sitemap", [(PHOTO, RULE)], NOW)
    exclude(archive, "warta", "sitemap", [(PHOTO, "exclude ^/f")], NOW + timedelta(hours=1))
    assert state(archive) == ("excluded", "rule: exclude ^/f")
    assert frontier.lease(archive, "warta", 9, NOW) == []
    assert archive.value("SELECT count(*) FROM frontier_seeds WHERE seed = 'sitemap'") == 1


def test_rule_that_is_gone_lets_its_addresses_in(archive: Archive) -> None:
    exclude(archive, "warta", "sitemap", [(PHOTO, RULE)], NOW)
    frontier.name(archive, "warta", [Candidate(url=PHOTO, seed="sitemap")], NOW)
    assert [due.url for due in frontier.lease(archive, "warta", 9, NOW)] == [PHOTO]


@pytest.mark.parametrize(
    ("reason", "is_allowed", "due"),
    [
        (disallowed("warta.example"), True, [PHOTO]),
        (disallowed("warta.example"), False, []),
        (disallowed("foto.example"), True, []),  # of another host's file, nothing was read
        ("noarchive", True, []),
    ],
)
def test_what_robots_txt_forbade_is_due_once_it_is_allowed(
    archive: Archive, reason: str, is_allowed: bool, due: list[str]
) -> None:
    frontier.name(archive, "warta", [Candidate(url=PHOTO, seed="sitemap")], NOW)
    frontier.resolve(archive, PHOTO, "excluded", NOW.isoformat(), reason)
    assert readmit(archive, "warta", "warta.example", lambda url: is_allowed, NOW) == len(due)
    assert [candidate.url for candidate in frontier.lease(archive, "warta", 9, NOW)] == due


@pytest.mark.parametrize("before", ["due", "done", "rejected", "locked"])
def test_rule_changes_nothing_of_what_another_seed_made_of_an_address(archive: Archive, before: str) -> None:
    frontier.name(archive, "warta", [Candidate(url=PHOTO, seed="rest", protected=before == "locked")], NOW)
    if before in ("done", "rejected"):
        archive.write("UPDATE frontier SET state = :state, reason = 'robots.txt'", {"state": before})
    was = state(archive)
    exclude(archive, "warta", "sitemap", [(PHOTO, RULE)], NOW)
    assert state(archive) == was


def test_sitemaps_are_remembered_beside_those_of_earlier_runs(archive: Archive) -> None:
    first = {"https://warta.example/page-sitemap.xml": ChildMemory(read_at=NOW, articles=0)}
    second = {"https://warta.example/author-sitemap.xml": ChildMemory(read_at=NOW + timedelta(days=3), articles=2)}
    assert recall_children(archive, "warta") == {}
    remember_children(archive, "warta", first)
    remember_children(archive, "warta", second)
    assert recall_children(archive, "warta") == first | second
