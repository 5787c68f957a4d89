"""Rejected candidates are due again where a person asks for them, or where what rejected them has changed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive import frontier
from archive.commands.retry import retry
from archive.database import Archive, open_archive
from archive.doubts.notes import note_doubt
from archive.doubts.retry import retry_if_changed, retry_rejected
from archive.runs import start_run
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.outlet import Outlet
from tests.support.storing import NOW, OUTLET

URLS = [f"https://warta.example/{name}" for name in ("kosong", "daftar", "menunggu", "selesai")]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive with two rejected candidates, one that waits, and one that is done."""
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        start_run(archive, OUTLET, {}, NOW)
        frontier.name(archive, "warta", [Candidate(url=url, seed="sitemap") for url in URLS], NOW)
        frontier.resolve(archive, URLS[0], "rejected", to_iso(NOW), "empty")
        frontier.resolve(archive, URLS[1], "rejected", to_iso(NOW + timedelta(days=2)), "list-page")
        note_doubt(archive, URLS[2], "empty", to_iso(NOW), is_known=False, standing="named")
        frontier.resolve(archive, URLS[3], "done", to_iso(NOW))
        yield archive


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param({}, 3, id="all"),
        pytest.param({"outlet": "warta"}, 3, id="of the outlet"),
        pytest.param({"outlet": "kabar"}, 0, id="of another"),
        pytest.param({"reason": "empty"}, 2, id="for a reason"),
        pytest.param({"since": date(2025, 7, 16)}, 1, id="since a day"),
        pytest.param({"since": date(2025, 7, 14)}, 3, id="since a day that began before UTC's"),
        pytest.param({"since": date(2025, 7, 17)}, 0, id="since a later day"),
    ],
)
def test_what_was_rejected_or_waits_is_due_again(archive: Archive, asked: dict[str, Any], count: int) -> None:
    assert frontier.count_due(archive, "warta", NOW) == 0
    assert retry_rejected(archive, NOW, **asked) == count
    assert frontier.count_due(archive, "warta", NOW) == count
    assert archive.value("SELECT state FROM frontier WHERE url = :url", {"url": URLS[3]}) == "done"


def test_changed_outlet_file_makes_rejected_pages_due(archive: Archive) -> None:
    outlet = Outlet.model_validate({key: value for key, value in OUTLET.items() if value is not None})
    changed = outlet.model_copy(update={"name": "Warta Baru"})
    assert [retry_if_changed(archive, each, NOW) for each in (outlet, outlet, changed, changed)] == [0, 0, 3, 0]


def test_command_says_how_many(archive: Archive) -> None:
    done = CliRunner().invoke(retry, ["warta", "--reason", "list-page", "--archive", str(archive.path)])
    assert done.output == "1 page is due again; the next crawl asks for them\n"
