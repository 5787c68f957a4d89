"""By which rules a site without an outlet file is read today: as its last run came to know it."""

from contextlib import closing
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.replay.todays_rules import todays_rules
from archive.warc.owner import warc_folder
from archive.warc.runs import Report, TakenDown, find_segments
from tests.newsroom import serve
from tests.support.crawling import crawl

pytestmark = pytest.mark.crawl


def test_site_without_a_file_is_read_as_its_last_run_describes_it_last(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with serve(seed=41, articles=8) as site:
        for _ in range(2):
            done = crawl(path, spider="news", arguments={"url": site.base})
            assert done.status == 0, done.err
    files = sorted(warc_folder(path).glob("*.warc.gz"))
    segments = [segment for file in files for segment in find_segments(file, Report(), TakenDown())]
    described = segments[-1].outlet
    assert described is not None
    with closing(open_archive(path, read_only=True)) as archive:
        assert todays_rules(archive) == {described.slug: described.rules}
    assert described.rules.language == "id", "what the site proved to be, not what was known before it was asked"
