"""Asked days and limits: what is left out, and what comes first, by any time that is known."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier
from archive.database import Archive, open_archive
from archive.runs import start_run
from archive.seeds.span import count_newer, count_outside, named_before
from kickcrawl.article import Candidate, Moment
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET

SINCE = to_iso(NOW - timedelta(days=10))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        start_run(archive, OUTLET, {}, NOW)
        yield archive


def ago(days: float) -> Moment:
    return Moment(NOW - timedelta(days=days), 480)


def candidate(path: str, **fields: Any) -> Candidate:
    return Candidate(url=f"https://warta.example/{path}", seed="sitemap", **fields)


@pytest.mark.parametrize(
    ("fields", "is_left_out"),
    [
        pytest.param({"modified": ago(11)}, True, id="changed last before since"),
        pytest.param({"modified": ago(9)}, False, id="changed since, published whenever"),
        pytest.param({"modified": ago(11), "modified_until": ago(10.5).at}, True, id="a day before since"),
        pytest.param({"modified": ago(30), "modified_until": ago(1).at}, False, id="the month in which since is"),
        pytest.param({"published": ago(20), "modified": ago(1)}, True, id="published before, edited since"),
        pytest.param({}, False, id="nothing is known"),
    ],
)
def test_since_leaves_out_what_its_last_change_proves_older(
    archive: Archive, fields: dict[str, Any], is_left_out: bool
) -> None:
    frontier.name(archive, "warta", [candidate("kabar", **fields)], NOW)
    assert count_outside(archive, "warta", NOW, SINCE, None) == is_left_out
    assert len(frontier.lease(archive, "warta", 9, NOW, SINCE)) == (not is_left_out)


def test_last_change_proves_nothing_about_until(archive: Archive) -> None:
    frontier.name(archive, "warta", [candidate("kabar", modified=ago(1))], NOW)
    assert count_outside(archive, "warta", NOW, None, SINCE) == 0


def test_newest_come_first_by_publish_time_then_day_in_the_address_then_last_change(archive: Archive) -> None:
    named = [
        candidate("tanpa-waktu"),
        candidate("berubah-kemarin", modified=ago(1)),
        candidate("terbit-pekan-lalu", published=ago(7), modified=ago(0.1)),
        candidate(f"{ago(3).at:%Y/%m/%d}/di-alamat", modified=ago(0.2)),
        candidate(f"berita-{ago(5).at:%Y%m%d}/di-delapan-angka", modified=ago(0.2)),
        candidate("berubah-dulu", modified=ago(400)),
    ]
    frontier.name(archive, "warta", named, NOW)
    order = [due.url.rpartition("/")[2] for due in frontier.lease(archive, "warta", 9, NOW)]
    assert order == [
        "berubah-kemarin",
        "di-alamat",
        "di-delapan-angka",
        "terbit-pekan-lalu",
        "berubah-dulu",
        "tanpa-waktu",
    ]


def test_newer_candidates_are_counted_by_what_is_known(archive: Archive) -> None:
    named = [candidate("a", modified=ago(1)), candidate("b", published=ago(5)), candidate("c")]
    frontier.name(archive, "warta", named, NOW)
    counts = [count_newer(archive, "warta", NOW, to_iso(ago(days).at)) for days in (0.5, 2, 9)]
    assert counts == [0, 1, 2]
    assert count_newer(archive, "warta", NOW, to_iso(ago(9).at), to_iso(ago(5).at)) == 1  # a's publish time is open


def test_what_this_run_has_named_was_not_known_before(archive: Archive) -> None:
    frontier.name(archive, "warta", [candidate("lama")], NOW)
    frontier.name(archive, "warta", [candidate("lama"), candidate("baru")], NOW + timedelta(minutes=9))
    urls = [f"https://warta.example/{slug}" for slug in ("lama", "baru", "lain")]
    assert named_before(archive, urls, NOW + timedelta(minutes=9)) == {"https://warta.example/lama"}
