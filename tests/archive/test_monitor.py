"""The state of an archive for Prometheus and as a page: whole files, that stand for themselves."""

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from prometheus_client.parser import text_string_to_metric_families

from archive.alerts.tell import tell_alerts
from archive.commands.status import status
from archive.database import open_archive
from archive.runs import end_run, start_run
from tests.support.storing import NOW, OUTLET, shelf_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an archive of one outlet with some articles, that fails now and was well for a time in between."""
    with shelf_in(tmp_path) as shelf:
        for number in range(30):
            at = NOW - timedelta(days=number)
            shelf.put(f"kabar-{number}", f"Kabar {number}.", title="<b>Padi</b>", published_at=at)
        shelf.archive.write("UPDATE runs SET outcome = 'complete'")
        for hour, outcome in enumerate(("failed", "complete", "failed"), 1):
            at = NOW + timedelta(hours=hour)
            run_id = start_run(shelf.archive, OUTLET | {"name": "Warta <Uji>"}, {}, at)
            reason = "warta: out of reach (HTTP 503)" if outcome == "failed" else None
            end_run(shelf.archive, run_id, outcome, at, reason=reason, counts={}, seeds=[])  # type: ignore[arg-type]
            tell_alerts(shelf.archive, at, ())
        return shelf.archive.path


def test_prometheus_reads_the_state(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "state.prom"
    assert CliRunner().invoke(status, ["--archive", str(path), "--prometheus", str(target)]).exit_code == 0
    found = {
        (sample.name, sample.labels.get("outlet"), sample.labels.get("kind")): sample.value
        for family in text_string_to_metric_families(target.read_text())
        for sample in family.samples
    }
    assert found["kickcrawl_articles", "warta", None] == 30
    assert found["kickcrawl_alert", "warta", "failed"] == 1
    assert found["kickcrawl_last_run_timestamp_seconds", "warta", None] == (NOW + timedelta(hours=3)).timestamp()


def test_page_says_what_is_wrong_and_needs_nothing_else(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "status.html"
    assert CliRunner().invoke(status, ["--archive", str(path), "--html", str(target)]).exit_code == 0
    page = target.read_text()
    assert not re.search(r"<script|https?://|src=|@import", page)
    tree = html.fromstring(page)
    assert "out of reach (HTTP 503)" in tree.text_content()
    assert "Warta <Uji>" in tree.text_content()
    assert len(tree.xpath("//table//tbody/tr")) == 1
    [plot] = tree.xpath("//svg")
    assert "articles in 56 days" in plot.get("aria-label")
    assert tree.get("lang") == "en"
    assert {part.name for part in tmp_path.iterdir() if "part" in part.name} == set()


@pytest.mark.parametrize("option", ["--prometheus", "--html"])
def test_file_that_cannot_be_written_leaves_nothing(path: Path, tmp_path: Path, option: str) -> None:
    for target in (tmp_path, tmp_path / "nowhere" / "file", path):
        done = CliRunner().invoke(status, ["--archive", str(path), option, str(target)])
        assert done.exit_code != 0
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("archive.db")] == []
    with closing(open_archive(path, read_only=True)) as archive:
        assert archive.count("SELECT count(*) FROM articles") == 30
