"""Captures: one row for each fetch, with every field as it was given."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.runs import start_run
from kickcrawl.errors import ArchiveError
from tests.support.storing import KEPT, NOW, OUTLET

BARE = Capture(
    run_id=1,
    url="https://warta.example/padi", fetched_at="2025-07-14T01:00:00+00:00",
    **KEPT | {"digest": "sha256:00ff", "length": 2048},
)  # fmt: skip
HEADERS = {
    "content_type": "text/html; charset=utf-8",
    "etag": 'W/"a"',
    "last_modified": "Sun, 13 Jul 2025 22:00:00 GMT",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        assert start_run(archive, OUTLET, {}, NOW) == BARE.run_id
        yield archive


@pytest.mark.parametrize(
    "capture",
    [
        pytest.param(BARE, id="without headers"),
        pytest.param(replace(BARE, **HEADERS), id="with validators"),
        pytest.param(replace(BARE, status=301, location="https://warta.example/padi-baru", length=0), id="redirect"),
        pytest.param(replace(BARE, status=304, length=0), id="not modified"),
    ],
)
def test_fetch_is_kept_field_by_field(archive: Archive, capture: Capture) -> None:
    capture_id = store_capture(archive, capture)
    row = archive.row("SELECT * FROM captures WHERE id = :id", {"id": capture_id})
    assert row is not None
    assert dict(row) == {"id": capture_id} | asdict(capture)


def test_every_fetch_of_an_address_has_a_row_of_its_own(archive: Archive) -> None:
    first, second = store_capture(archive, BARE), store_capture(archive, BARE)
    assert first != second
    assert archive.value("SELECT count(*) FROM captures WHERE url = :url", {"url": BARE.url}) == 2


def test_fetch_of_no_run_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="FOREIGN KEY"):
        store_capture(archive, replace(BARE, run_id=99))
    assert archive.value("SELECT count(*) FROM captures") == 0
