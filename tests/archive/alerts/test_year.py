"""Some weeks of the simulated year (tests/bench/year), with one newsroom: each trouble is told once, within its day."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from archive.alerts.keep import kept_alerts
from archive.database import open_archive
from tests.bench.year.newsrooms import BEGIN, NEWSROOMS, ZONE
from tests.bench.year.troubles import Trouble
from tests.bench.year.world import live_a_year

pytestmark = pytest.mark.slow
NEWSROOM = NEWSROOMS[6]


def trouble(sort: str, day: float, hours: float) -> Trouble:
    begin = datetime.combine(BEGIN, datetime.min.time(), ZONE) + timedelta(days=day)
    return Trouble(sort=sort, outlet=NEWSROOM.slug, begin=begin, end=begin + timedelta(hours=hours))


def test_each_trouble_is_told_once_within_its_day(tmp_path: Path) -> None:
    troubles = [
        trouble("down", 2.3, 40),
        trouble("robots", 5.1, 90),
        trouble("robots", 9.1, 900),
        trouble("relaunch", 7.2, 80),
        trouble("silent", 19.1, 50),
    ]
    end = datetime.combine(BEGIN, datetime.min.time(), ZONE) + timedelta(days=23)
    for _ in live_a_year(tmp_path / "year.db", troubles, Random(9), end, [NEWSROOM]):
        pass
    archive = open_archive(tmp_path / "year.db")
    began = {kept.alert.kind: [] for kept in kept_alerts(archive)}  # type: dict[str, list[datetime]]
    for kept in kept_alerts(archive):
        began[kept.alert.kind].append(kept.began_at)
    archive.close()
    for wanted in troubles:
        kind = wanted.kinds[0]
        told = [at for at in began[kind] if wanted.begin <= at <= wanted.due]
        assert len(told) == 1, (wanted, began)
    assert {kind: len(times) for kind, times in began.items() if kind != "failed"} == {
        "robots": 2, "fields": 1, "silence": 1,
    }  # fmt: skip
