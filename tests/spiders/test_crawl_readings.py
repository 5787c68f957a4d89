"""A newsroom that puts more round its articles: the crawl reports that it reads another share of their pages, once."""

import json
from pathlib import Path

import pytest

from archive.accounts.readings import READ_OTHERWISE
from tests.newsroom import serve
from tests.support.crawling import crawl, rows

pytestmark = [pytest.mark.crawl, pytest.mark.slow]


def test_outlet_whose_pages_are_read_otherwise_is_reported_once_and_its_run_is_no_failure(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=77, articles=44) as site:
        site.switch(clutter=False)
        assert crawl(archive, site.base).status == 0
        site.switch(clutter=True)
        site.publish(8)
        changed = crawl(archive, site.base)
        site.publish(8)
        after = crawl(archive, site.base)
    assert (changed.status, after.status) == (0, 0)
    assert "kicknews is read otherwise than before: of 8 new articles " in changed.out
    assert "read otherwise" not in after.out
    counts = [json.loads(row["counts"]) for row in rows(archive, "SELECT counts FROM runs ORDER BY id")]
    assert [run.get(READ_OTHERWISE) for run in counts] == [None, 1, None]
    (figures,) = rows(
        archive,
        "SELECT count(*) AS articles, count(read_share) AS shares, min(read_share) AS least, max(read_share) AS most, "
        "count(left_out) AS accounts, sum(pages_missing) AS missing FROM articles",
    )
    assert 46 < figures["articles"] == figures["shares"] == figures["accounts"]
    assert 0 <= figures["least"] < figures["most"] <= 1
    assert figures["missing"] == 0
