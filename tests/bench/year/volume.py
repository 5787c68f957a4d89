"""`python -m tests.bench.year.volume SEED...`: the same years, judged for silence and decline only, without an archive.

Twenty seconds of CPU a year in place of ten minutes: the limits in kickcrawl/alerts were set with it, on seeds 1 to 6.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from kickcrawl.alerts.calendar import quiet_days
from kickcrawl.alerts.decline import find_decline
from kickcrawl.alerts.pace import Past
from kickcrawl.alerts.silence import find_silence
from tests.bench.year.__main__ import MONTHS, Alarm, Year, missing_within_a_day, tell
from tests.bench.year.newsrooms import BEGIN, END, FIRST_DAY, NEWSROOMS, ZONE, publish
from tests.bench.year.troubles import Trouble, draw_troubles
from tests.bench.year.world import EVERY, with_troubles

BLINDING = ("down", "feed-gone", "wall")  # while these last no run says what is new


def judge_year(seed: int) -> Year:
    """Return the year of *seed* with its silences and declines, as runs every few hours see them."""
    random = Random(seed)
    troubles = draw_troubles(random)
    alarms: list[Alarm] = []
    for newsroom in NEWSROOMS:
        times = with_troubles(publish(newsroom, random), newsroom.slug, troubles, random)
        own = [trouble for trouble in troubles if trouble.outlet == newsroom.slug]
        alarms += _alarms(newsroom.slug, times, own)
    judged = [trouble for trouble in troubles if {"silence", "decline"} & set(trouble.kinds)]
    found = [(trouble, _first(trouble, alarms)) for trouble in judged]
    false = [alarm for alarm in alarms if not any(alarm.tells_of(trouble) for trouble in troubles)]
    return Year(troubles=found, missing=missing_within_a_day(seed), blips=[], false=false)


def _first(trouble: Trouble, alarms: Sequence[Alarm]) -> Alarm | None:
    own = [alarm for alarm in alarms if alarm.kind in trouble.kinds and alarm.tells_of(trouble)]
    return min(own, key=lambda alarm: alarm.began, default=None)


def _alarms(slug: str, times: Sequence[datetime], own: Sequence[Trouble]) -> Iterator[Alarm]:
    quiet = quiet_days("ID-NB", [FIRST_DAY.year, BEGIN.year])
    hours: Counter[int] = Counter()
    days: Counter[int] = Counter()
    silent: set[date] = set()
    lasting: tuple[str, datetime] | None = None
    now, seen = datetime.combine(BEGIN, datetime.min.time(), ZONE) + timedelta(hours=5), 0
    while now < datetime.combine(END, datetime.min.time(), ZONE):
        for at in times[seen:]:
            if at > now:
                break
            hours[_hour(at)] += 1
            days[at.toordinal()] += 1
            seen += 1
        if not any(trouble.sort in BLINDING and trouble.lasts_at(now) for trouble in own):
            past = Past(hours=hours, days=days, first=FIRST_DAY, quiet=quiet, silent=silent)
            found = find_silence(past, _hour(now)) or find_decline(past, _hour(now))
            kind = None if found is None else "silence" if hasattr(found, "hours") else "decline"
            if lasting is not None and lasting[0] != kind:
                if lasting[0] == "silence":
                    silent |= {(lasting[1] + timedelta(days=n)).date() for n in range((now - lasting[1]).days + 1)}
                lasting = None
            if found is not None and kind is not None and lasting is None and found.is_fault:
                lasting = (kind, now - timedelta(days=1))
                yield Alarm(kind=kind, outlet=slug, began=now, evidence=str(found))
        now += EVERY


def _hour(at: datetime) -> int:
    return 24 * at.toordinal() + at.hour


def main() -> None:
    """Judge the years of the seeds that are given, and sum them up."""
    late = unseen = told = false = 0
    for seed in map(int, sys.argv[1:]):
        year = judge_year(seed)
        tell(seed, year)
        late, unseen = late + len(year.late), unseen + len(year.unseen)
        told, false = told + len(year.troubles), false + len(year.false)
    within = f"{told - late} of {told} within their day ({unseen} could not be)"
    print(f"\n{within}, {false / MONTHS / max(1, len(sys.argv) - 1):.2f} false alarms a month")


if __name__ == "__main__":
    main()
