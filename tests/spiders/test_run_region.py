"""Outlets in trouble take nothing from the healthy ones: the press of a small region, its sick outlets among it."""

from pathlib import Path

import pytest

from tests.bench.region import compare, served
from tests.support.crawling import rows

STARTS = 5.0  # seconds by which one start may differ from another on a busy machine


@pytest.mark.crawl
@pytest.mark.slow
def test_healthy_outlets_are_complete_no_later_for_the_sick_ones(tmp_path: Path) -> None:
    with served(outlets=30, dead=4, slow=4, busy=2, hostile=5, articles=6) as outlets:
        alone, together = compare(outlets, tmp_path, beside=True)
    assert alone.complete == together.complete == 15
    assert together.seconds <= 1.2 * alone.seconds + STARTS
    ended = rows(tmp_path / "all" / "archive.db", "SELECT outcome, count(*) AS n FROM runs GROUP BY 1 ORDER BY 1")
    assert sum(row["n"] for row in ended) == 30
    assert "running" not in [row["outcome"] for row in ended]
    healthy = [outlet.slug for outlet in outlets if outlet.kind == "well"]
    outcomes = rows(tmp_path / "all" / "archive.db", "SELECT outlet, outcome FROM runs")
    assert {row["outcome"] for row in outcomes if row["outlet"] in healthy} == {"complete"}
