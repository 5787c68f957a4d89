"""Layouts through whole crawls: archived with their dates, trusted by the next run, given up with the old site."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.layouts import trusted
from kickcrawl.body.learned_layouts import MIN_AGREEING_PAGES
from kickcrawl.settings import ITEM_PIPELINES
from tests.acceptance.check import check_archive
from tests.newsroom import serve
from tests.support.crawling import crawl, rows
from tests.support.slow_reading import AGREEING, FOLDER

pytestmark = [pytest.mark.crawl, pytest.mark.slow]
LAYOUTS = "SELECT body, since, until, why FROM layouts ORDER BY id"


def counted(archive: Path) -> list[dict[str, int]]:
    """Return the counts of each run."""
    return [json.loads(row["counts"]) for row in rows(archive, "SELECT counts FROM runs ORDER BY id")]


def learned(archive: Path) -> list[dict[str, int]]:
    """Return, for each run, how many layouts it learned and dropped."""
    return [{name: n for name, n in run.items() if name.startswith("layout/")} for run in counted(archive)]


def test_a_layout_is_kept_from_run_to_run_until_the_site_is_rebuilt(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=131, articles=40) as site:
        assert crawl(archive, site.base).status == 0
        [first] = rows(archive, LAYOUTS)
        site.modify(8)
        assert crawl(archive, site.base).status == 0
        assert rows(archive, LAYOUTS) == [first]
        site.switch(content_class="teks-berita")
        site.modify(12)
        rebuilt = crawl(archive, site.base)
        revised = sum(run.get("revised", 0) for run in counted(archive))
        findings = check_archive(archive, site.truth(), revised=revised)
    assert rebuilt.status == 0
    assert first["body"].endswith("/div.entry-content")
    assert first["until"] is None
    old, new = rows(archive, LAYOUTS)
    assert old["until"] is not None
    assert "the last 3 pages were built otherwise" in old["why"]
    assert new["body"].endswith("/div.teks-berita")
    assert "its layout changed" in rebuilt.err
    assert learned(archive) == [{"layout/learned": 1}, {}, {"layout/drift": 1, "layout/learned": 1}]
    assert [str(finding) for finding in findings if not finding.ok] == []
    with closing(open_archive(archive)) as opened:
        for at, layout in ((old["since"], old), (new["since"], new), (None, new)):
            assert [held.body for held in trusted(opened, "kicknews", at)] == [layout["body"]]
        assert trusted(opened, "kicknews", "2020-01-01T00:00:00+00:00") == []


def test_no_more_pages_are_read_in_full_than_it_takes_to_learn_a_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    slow = {**ITEM_PIPELINES, "tests.support.slow_reading.SlowExtract": 100, "pipelines.extract.ExtractPipeline": None}
    with serve(seed=131, articles=20) as site:
        done = crawl(tmp_path / "archive.db", site.base, settings={"ITEM_PIPELINES": json.dumps(slow)})
    assert done.status == 0, done.err
    assert learned(tmp_path / "archive.db") == [{"layout/learned": 1}]
    assert len((tmp_path / AGREEING).read_text().splitlines()) == MIN_AGREEING_PAGES
