"""What is exported can be replayed in a browser by pywb, and is read by the field's own tools; skipped without them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.replay import CHROMIUM, KICKCRAWL, TOOLS, WAYBACK, look, make_export, replaying_warc

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(WAYBACK is None, reason="pywb is not installed: make replay"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[str, str, tuple[str, ...]]]]:
    return make_export(tmp_path_factory.mktemp("replay"))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium")
def test_article_redirect_and_feed_are_replayed_in_a_browser(
    made: tuple[Path, dict[str, tuple[str, str, tuple[str, ...]]]], tmp_path: Path
) -> None:
    warc, wanted = made
    with replaying_warc(warc) as base:
        shown = look(base, wanted, tmp_path)
    assert [str(one) for one in shown if not one.ok] == []
    assert {file.name for file in tmp_path.iterdir()} == {"article.png", "redirect.png", "feed.png"}


def test_index_is_the_one_that_the_fields_own_indexer_makes(made: tuple[Path, object]) -> None:
    indexer = shutil.which("cdxj-indexer", path=TOOLS)
    if indexer is None:
        pytest.skip("cdxj-indexer is not installed: make replay")
    warc, _ = made
    command = [indexer, "--sort", "--digest-records", "--post-append", warc]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    index = warc.with_name("semua.cdxj").read_text()
    assert [entry(line) for line in index.splitlines()] == [entry(line) for line in done.stdout.splitlines()]


def entry(line: str) -> tuple[str, dict[str, str]]:
    key, _, fields = line.partition(" {")
    return key, json.loads("{" + fields)


def test_wacz_is_valid_for_the_fields_own_tool(made: tuple[Path, object]) -> None:
    tool = shutil.which("wacz", path=TOOLS)
    if tool is None:
        pytest.skip("wacz is not installed: make replay")
    warc, _ = made
    output = warc.with_name("semua.wacz")
    command = [KICKCRAWL, "export", "--archive", warc.with_name("archive.db"), "--wacz", output]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([tool, "validate", "-f", output], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
    assert "the passed WACZ is valid" in done.stdout
