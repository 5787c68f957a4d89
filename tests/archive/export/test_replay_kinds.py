"""Captures of every kind are shown as they were captured by pywb and by ReplayWeb.page; skipped without them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.replay import TOOLS, WAYBACK, replaying, replaying_warc
from tests.acceptance.replay_kinds import FOUND, make_exports, not_shown, not_shown_by_pywb
from tests.support.replay_web import IS_THERE, MISSING, replay_web
from tests.support.replayable import Wanted

WB_MANAGER = shutil.which("wb-manager", path=TOOLS) or shutil.which("wb-manager")
Exports = tuple[Path, list[Wanted]]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder = tmp_path_factory.mktemp("kinds")
    return folder, make_exports(folder, 10)


@pytest.mark.skipif(WAYBACK is None, reason="pywb is not installed: make replay")
def test_pywb_shows_what_was_captured(exports: Exports) -> None:
    folder, wanted = exports
    with replaying_warc(folder / "semua.warc.gz") as base:
        assert not_shown_by_pywb(base, wanted) == []


@pytest.mark.skipif(WB_MANAGER is None, reason="pywb is not installed: make replay")
def test_pywb_finds_the_same_by_the_index_of_the_wacz(exports: Exports, tmp_path: Path) -> None:
    folder, wanted = exports
    assert WB_MANAGER is not None
    for words in (["init", "arsip"], ["add", "--unpack-wacz", "arsip", str(folder / "semua.wacz")]):
        subprocess.run([WB_MANAGER, *words], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    with replaying(tmp_path, "framed_replay: false\n") as base:
        assert not_shown_by_pywb(base, wanted) == []


@pytest.mark.slow
@pytest.mark.skipif(not IS_THERE, reason=MISSING)
def test_replay_web_page_shows_what_was_captured(exports: Exports) -> None:
    folder, wanted = exports
    with replay_web(folder / "semua.wacz") as reader:
        reader.open()
        assert not_shown(wanted, reader.texts((one.stamp, one.url) for one in wanted)) == []
        assert reader.foreign == []


@pytest.mark.slow
@pytest.mark.skipif(not IS_THERE, reason=MISSING)
def test_page_is_found_by_a_reader_that_has_read_no_part_of_the_index(tmp_path: Path) -> None:
    wanted = make_exports(tmp_path, 300, FOUND)  # several blocks of the index
    with replay_web(tmp_path / "semua.wacz") as reader:
        reader.open()
        few = wanted[::47]  # some of each kind, with and without the last slash
        assert not_shown(few, reader.texts([(one.stamp, one.url) for one in few], fresh=True)) == []
