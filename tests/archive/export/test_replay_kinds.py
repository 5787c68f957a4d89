"""Captures of every kind are shown as they were captured by pywb and by ReplayWeb.page; skipped without them."""

from pathlib import Path

import pytest

from tests.acceptance.replay import WAYBACK, replaying
from tests.acceptance.replay_kinds import make_exports, not_shown, not_shown_by_pywb
from tests.support.replay_web import IS_THERE, MISSING, replay_web
from tests.support.replayable import Wanted

Exports = tuple[Path, list[Wanted]]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder = tmp_path_factory.mktemp("kinds")
    return folder, make_exports(folder, 10)


@pytest.mark.skipif(WAYBACK is None, reason="pywb is not installed: make replay")
def test_pywb_shows_what_was_captured(exports: Exports) -> None:
    folder, wanted = exports
    with replaying(folder / "semua.warc.gz") as base:
        assert not_shown_by_pywb(base, wanted) == []


@pytest.mark.skipif(not IS_THERE, reason=MISSING)
def test_replay_web_page_shows_what_was_captured(exports: Exports) -> None:
    folder, wanted = exports
    with replay_web(folder / "semua.wacz") as reader:
        reader.open()
        assert not_shown(wanted, reader.texts((one.stamp, one.url) for one in wanted)) == []
        assert reader.foreign == []


@pytest.mark.skipif(not IS_THERE, reason=MISSING)
def test_page_is_found_by_a_reader_that_has_read_no_part_of_the_index(tmp_path: Path) -> None:
    wanted = make_exports(tmp_path, 900, ["bare"])  # several blocks of the index
    with replay_web(tmp_path / "semua.wacz") as reader:
        reader.open()
        few = wanted[::45]
        assert not_shown(few, reader.texts([(one.stamp, one.url) for one in few], fresh=True)) == []
