"""An address as long as the archive takes them is asked for as any other."""

from pathlib import Path

import pytest

from kickcrawl.urls import MAX_URL
from tests.support.crawling import crawl, value
from tests.support.scripted import newsroom, nothing, scripted, story

pytestmark = pytest.mark.crawl


def test_longest_address_is_fetched(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    path = "/panen-" + "bawang-" * 500
    assert 3000 < len(path) < MAX_URL - 100
    stories = {one: lambda _turn, one=one: story(f"Panen di {one[:20]}") for one in ("/panen-cabai-di-bayan", path)}
    with scripted(newsroom(stories, nothing)) as site:
        done = crawl(archive, site.base, timeout=60)
        assert path in site.paths()
    assert done.status == 0, done.err
    assert value(archive, "SELECT count(*) FROM frontier WHERE state = 'leased'") == 0
