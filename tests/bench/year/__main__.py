"""`python -m tests.bench.year SEED...`: live through a year for each seed, and hold the alarms against the troubles.

Prints each trouble with when it began, when it was told and by which alarm; then alarms without a trouble: those on a
crawl that failed for once (it did fail), and those where nothing was wrong at all.
"""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.bench.year.newsrooms import NEWSROOMS, ZONE, Newsroom, publish
from tests.bench.year.troubles import Trouble, draw_troubles
from tests.bench.year.world import live_a_year, with_troubles

MONTHS = 12
MIN_MISSING = 12  # articles; a day of fewer is silent by chance every month or so, in one of ten outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A row of the table alerts, with times on the outlets' clock."""

    kind: str
    outlet: str | None
    began: datetime
    evidence: str

    def tells_of(self, trouble: Trouble) -> bool:
        """Tell whether this alarm may have come of *trouble*, by any of its kinds."""
        is_there = trouble.begin <= self.began <= trouble.seen_until
        return is_there and trouble.outlet in (None, self.outlet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What became of a year: for each trouble its alarm, or None; alarms on blips; and false ones."""

    troubles: Sequence[tuple[Trouble, Alarm | None]]
    missing: Mapping[Trouble, int]  # of silent ones: articles that were kept away until it was due
    blips: Sequence[Alarm]
    false: Sequence[Alarm]

    @property
    def late(self) -> list[Trouble]:
        return [trouble for trouble, alarm in self.troubles if alarm is None or alarm.began > trouble.due]

    @property
    def unseen(self) -> list[Trouble]:
        """Those that were late, of which too little was missing within their day for anybody to see."""
        return [trouble for trouble in self.late if self.missing.get(trouble, MIN_MISSING) < MIN_MISSING]


def live(
    seed: int,
    folder: Path,
    days: int | None = None,
    *,
    is_lived: bool = False,
    newsrooms: Sequence[Newsroom] = NEWSROOMS,
) -> Year:
    """Return the year of *seed*, lived in an archive in *folder*; *is_lived*: it is there already."""
    random = Random(seed)
    slugs = [None, *(newsroom.slug for newsroom in newsrooms)]
    drawn = troubles = [trouble for trouble in draw_troubles(random) if trouble.outlet in slugs]
    path = folder / f"{seed}.db"
    end = datetime(2025, 1, 1, tzinfo=ZONE) + timedelta(days=days) if days else None
    for now in live_a_year(path, troubles, random, end, newsrooms) if not is_lived else ():
        if now.day == 1 and now.hour < 6:
            print(f"{seed}: {now:%Y-%m}", file=sys.stderr)
    if is_lived:
        end = _last_run(path)
    if end:
        troubles = [trouble for trouble in troubles if trouble.due < end]
    alarms = list(_alarms(path))
    found = []
    for trouble in troubles:
        own = [alarm for alarm in alarms if alarm.kind in trouble.kinds and alarm.tells_of(trouble)]
        found.append((trouble, min(own, key=lambda alarm: alarm.began, default=None)))
    others = [alarm for alarm in alarms if not any(alarm.tells_of(trouble) for trouble in drawn)]
    return Year(
        troubles=found,
        missing=missing_within_a_day(seed, newsrooms),
        blips=[alarm for alarm in others if alarm.kind == "failed"],
        false=[alarm for alarm in others if alarm.kind != "failed"],
    )


def _last_run(path: Path) -> datetime:
    with closing(sqlite3.connect(path)) as connection:
        (at,) = connection.execute("SELECT max(started_at) FROM runs").fetchone()
    return datetime.fromisoformat(at).astimezone(ZONE)


def missing_within_a_day(seed: int, newsrooms: Sequence[Newsroom] = NEWSROOMS) -> dict[Trouble, int]:
    """Return how many articles each silence kept away within its day: the newsrooms are drawn again."""
    random = Random(seed)
    troubles = draw_troubles(random)
    missing = {}
    for newsroom in newsrooms:
        times = publish(newsroom, random)
        with_troubles(times, newsroom.slug, troubles, random)
        for trouble in troubles:
            if trouble.outlet == newsroom.slug and trouble.sort.startswith("silent"):
                missing[trouble] = sum(trouble.begin <= at < min(trouble.due, trouble.end) for at in times)
    return missing


def _alarms(path: Path) -> Iterator[Alarm]:
    with closing(sqlite3.connect(path)) as connection:
        for kind, outlet, began, evidence in connection.execute(
            "SELECT kind, outlet, began_at, evidence FROM alerts ORDER BY id"
        ):
            yield Alarm(
                kind=kind, outlet=outlet, began=datetime.fromisoformat(began).astimezone(ZONE), evidence=evidence
            )


def tell(seed: int, year: Year) -> None:
    """Print the table of a year."""
    print(f"\nseed {seed}")
    print(f"{'trouble':12} {'of':11} {'began':16} {'told':16} {'after':>8}  by")
    for trouble, alarm in year.troubles:
        told = f"{alarm.began:%Y-%m-%d %H:%M}" if alarm else "never"
        after = f"{(alarm.began - trouble.begin) / timedelta(hours=1):.0f} h" if alarm else ""
        late = "  LATE" if trouble in year.late else ""
        if trouble in year.unseen:
            late = f"  late: {year.missing[trouble]} articles were missing by then"
        print(
            f"{trouble.sort:12} {trouble.outlet or '-':11} {trouble.begin:%Y-%m-%d %H:%M} {told:16} {after:>8}  "
            f"{alarm.kind if alarm else ''}{late}"
        )
    for name, alarms in (("on a blip", year.blips), ("FALSE", year.false)):
        for alarm in alarms:
            print(f"{name}: {alarm.began:%Y-%m-%d %H:%M} {alarm.outlet} {alarm.kind}: {alarm.evidence}")
    timely = len(year.troubles) - len(year.late)
    print(
        f"{timely} of {len(year.troubles)} told within their day; "
        f"false alarms a month: {len(year.false) / MONTHS:.2f}, on blips {len(year.blips) / MONTHS:.2f}"
    )


def main() -> None:
    """Live the years that are asked for, and sum them up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int, nargs="+")
    parser.add_argument("--days", type=int)
    parser.add_argument("--only", nargs="+", default=[one.slug for one in NEWSROOMS], help="newsrooms")
    parser.add_argument("--lived", action="store_true", help="only hold what --keep holds against the troubles")
    parser.add_argument("--keep", type=Path, help="folder in which the archives stay")
    given = parser.parse_args()
    late = told = false = unseen = 0
    chosen = [newsroom for newsroom in NEWSROOMS if newsroom.slug in given.only]
    with tempfile.TemporaryDirectory() as folder:
        for seed in given.seeds:
            year = live(seed, given.keep or Path(folder), given.days, is_lived=given.lived, newsrooms=chosen)
            tell(seed, year)
            unseen += len(year.unseen)
            late, told, false = late + len(year.late), told + len(year.troubles), false + len(year.false)
    months = MONTHS * len(given.seeds)
    within = f"{told - late} of {told} within their day ({unseen} could not be)"
    print(f"\n{len(given.seeds)} years: {within}, {false / months:.2f} false alarms a month")


if __name__ == "__main__":
    main()
