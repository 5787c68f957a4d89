"""A day of one outlet, crawled by `kickcrawl run` whenever it is due: how soon is what is new archived, at what cost?

    python -m tests.bench.day [--articles 40] [--edits 5] [--every 0] [--days 1] [--seed 7]

A real WordPress-like newsroom, the real command, its real requests; only the clocks are set: each run is started under
faketime at the minute at which the run before it said that the outlet is due (with --every 5: at the next full five
minutes, as a timer does). Four weeks of articles stand in the archive before the day begins.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from kickcrawl import CHECKOUT
from kickcrawl.dates import to_iso
from tests.newsroom import Newsroom, serve
from tests.support.crawling import KICKCRAWL, rows
from tests.support.outlets import Region

# How many of a day's articles come out in each hour of the newsroom's clock (UTC+8), in relation.
HOURS = (0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 6, 5, 3, 4, 5, 5, 4, 4, 3, 3, 2, 2, 1, 0)
EAST = timedelta(hours=8)
HISTORY = timedelta(days=28)
EDITS = ("word", "paragraph", "title", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a newsroom does at a time: publish an article, or edit one that is not a day old."""

    at: datetime
    is_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a day of crawling brought. Waits in minutes, from the change to its archiving; *missed*: not archived."""

    articles: list[float]
    edits: list[float]
    missed: int
    requests: int
    runs: int


def changes(rng: Random, begin: datetime, days: int, articles: int, edits: int) -> list[Change]:
    """Return what happens in *days* from *begin*, a midnight of the newsroom's clock; edits later in their day."""
    found = [Change(at=_time(rng, begin, day, HOURS), is_edit=False) for day in range(days) for _ in range(articles)]
    late = tuple(weight if hour >= 10 else 0 for hour, weight in enumerate(HOURS))
    found += [Change(at=_time(rng, begin, day, late), is_edit=True) for day in range(days) for _ in range(edits)]
    return sorted(found, key=lambda change: change.at)


def _time(rng: Random, begin: datetime, day: int, weights: tuple[int, ...]) -> datetime:
    hour = rng.choices(range(24), weights)[0]
    return begin + timedelta(days=day, hours=hour, seconds=rng.randrange(3600))


class Rig:
    """A newsroom and an archive whose clocks are set."""

    def __init__(self, site: Newsroom, folder: Path, rng: Random) -> None:
        self._site, self._rng = site, rng
        self.region = Region(folder=folder)
        self.region.add("warta", site)
        self.done: list[tuple[Change, dict[str, Any]]] = []  # with what the newsroom tells of the article
        self._now = datetime.now(UTC)
        site.clock = lambda: self._now.timestamp()

    def apply(self, change: Change) -> None:
        """Let the newsroom do *change* at its time."""
        self._now = change.at
        if change.is_edit:
            news = [told for one, told in self.done if change.at - timedelta(days=1) < one.at and not one.is_edit]
            told = self._rng.choice(news)
            self._site.edit(told["id"], self._rng.choice(EDITS))
        else:
            [told] = self._site.publish(1)
        self.done.append((change, told))

    def run(self, at: datetime) -> datetime:
        """Run the command at that time; return when the outlet is due again."""
        self._now = at
        command = ["faketime", "-f", f"@{at:%Y-%m-%d %H:%M:%S}", str(KICKCRAWL), "run", "warta", "--json"]
        environment = self.region.environment | {"TZ": "UTC"}
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
        report = json.loads(done.stdout)
        [outlet] = report["outlets"] or report["waiting"]
        if done.returncode:
            raise SystemExit(done.stderr)
        brought = (
            f"{outlet.get('new', 0)} new, {outlet.get('revised', 0)} revised, {outlet.get('requests', 0)} requests"
        )
        print(f"{at:%d %H:%M} UTC: {brought}; next {outlet['next_due'][8:16]} ({outlet['why']})", flush=True)
        return datetime.fromisoformat(outlet["next_due"])

    def waits(self, since: datetime) -> Iterator[tuple[Change, float | None]]:
        """Yield each change since then with the minutes until it was archived; None where it is not."""
        revisions: dict[str, list[str]] = {}
        for row in rows(self.region.archive, _RECORDED):
            revisions.setdefault(row["url"], []).append(row["recorded_at"])
        for change, told in self.done:
            if change.at >= since:
                times = revisions.get(told["url"], [])[1 if change.is_edit else 0 :]
                later = [datetime.fromisoformat(time) for time in times if time >= to_iso(change.at)]
                yield change, (min(later) - change.at) / timedelta(minutes=1) if later else None


_RECORDED = """
    SELECT u.url, v.recorded_at FROM article_urls u JOIN revisions v ON v.article_id = u.article_id ORDER BY v.number
"""


def simulate(folder: Path, *, articles: int, edits: int, every: int = 0, days: int = 1, seed: int = 7) -> Day:
    """Return what the last of *days* brought; the days before it are to learn what runs cost."""
    rng = Random(seed)
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = today + timedelta(days=2) - EAST  # no run may be before kickcrawl was made
    with serve(seed=seed, articles=20) as site:
        rig = Rig(site, folder, rng)
        for change in changes(rng, begin - HISTORY, HISTORY.days, articles, edits):
            rig.apply(change)
        due, runs, last_day = rig.run(begin), 0, begin + timedelta(days=days - 1)
        first = len(site.hits)  # requests for what was published before
        last = Change(at=last_day + timedelta(days=1), is_edit=False)
        for change in [*changes(rng, begin, days, articles, edits), last]:
            while (at := _rounded(due, every)) <= change.at:
                due = rig.run(at)
                runs += at >= last_day
            rig.apply(change)
        rig.run(last.at + timedelta(minutes=30))  # what came in the last minutes is late, not missed
        waits = [(change, wait) for change, wait in rig.waits(last_day) if change.at < last.at]
        hits = [hit for hit in site.hits[first:] if last_day.timestamp() <= hit.at < last.at.timestamp()]
    return Day(
        articles=[wait for change, wait in waits if wait is not None and not change.is_edit],
        edits=[wait for change, wait in waits if wait is not None and change.is_edit],
        missed=sum(wait is None for _, wait in waits),
        requests=len(hits),
        runs=runs,
    )


def _rounded(at: datetime, minutes: int) -> datetime:
    if not minutes:
        return at
    step = timedelta(minutes=minutes)
    return at + (-(at - datetime.min.replace(tzinfo=UTC)) % step)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.day", description=__doc__)
    for name, value in {"articles": 40, "edits": 5, "every": 0, "days": 1, "seed": 7}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    if shutil.which("faketime") is None:
        raise SystemExit("no faketime is installed: apt-get install faketime")
    with tempfile.TemporaryDirectory() as folder:
        day = simulate(Path(folder), **vars(parser.parse_args()))
    print(f"{day.runs} runs, {day.requests} requests; {day.missed} changes missed")
    for name, waits in (("articles", day.articles), ("edits", day.edits)):
        print(f"{len(waits)} {name}: median {statistics.median(waits):.1f} minutes, at most {max(waits):.1f}")


if __name__ == "__main__":
    main()
