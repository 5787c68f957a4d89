"""What goes wrong in a year: outages, relaunches, walls, a decline, and a machine that is off or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.bench.year.newsrooms import BEGIN, FEAST, HOLIDAYS, NEWSROOMS, ZONE

DAY = timedelta(days=1)
# Hours that each lasts, and which alarms may tell of it.
SORTS = {
    "silent": ((30, 54), ("silence",)),  # all answers, nothing new: a frozen cache, a lost login of the desk
    "silent-long": ((80, 120), ("silence",)),
    "down": ((20, 60), ("failed",)),
    "feed-gone": ((30, 90), ("seeds",)),
    "relaunch": ((90, 150), ("fields",)),  # authors, sections and times are no longer found
    "wall": ((168, 168), ("wall", "rejections")),
    "robots": ((200, 400), ("robots",)),
    "terms": ((200, 400), ("terms",)),
    "decline": ((24 * 84, 24 * 84), ("decline", "silence")),
    "certificate": ((24 * 10, 24 * 10), ("certificate",)),
    "domain": ((24 * 20, 24 * 20), ("domain",)),
    "off": ((40, 60), ("overdue",)),  # of the machine's timer
    "clock": ((20, 40), ("clock",)),  # of the machine
}
DECLINE_WEEKLY = 0.08  # that is lost a week
DECLINE_LOST = 0.45  # of the usual: from then on it is a fault that must be told
WEEKS_OF_DECLINE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong with *outlet* (None: this machine), from *begin* to *end*; *due*: told by then."""

    sort: str
    outlet: str | None
    begin: datetime
    end: datetime

    @property
    def due(self) -> datetime:
        """A day after it began; of a decline, after the week in which so much was lost that it is one."""
        if self.sort == "decline":
            weeks = next(n for n in range(99) if 1 - (1 - DECLINE_WEEKLY) ** n >= DECLINE_LOST)
            return self.begin + timedelta(weeks=weeks + 1)
        return self.begin + DAY

    @property
    def seen_until(self) -> datetime:
        """Until when alarms may be of it: also of its backlog; from a decline none recovers."""
        return self.end + (timedelta(days=366) if self.sort == "decline" else timedelta(days=8))

    @property
    def kinds(self) -> tuple[str, ...]:
        return SORTS[self.sort][1]

    def lasts_at(self, at: datetime) -> bool:
        return self.begin <= at < self.end


def draw_troubles(random: Random) -> list[Trouble]:
    """Return the troubles of a year. Two of one outlet are a fortnight apart.

    None that keeps articles away begins where nobody would see it: around the feast and on holidays.
    """
    large, middle, small = NEWSROOMS[:3], NEWSROOMS[3:7], NEWSROOMS[7:]
    wanted = [("decline", middle), ("wall", NEWSROOMS[:7]), ("wall", large)]
    wanted += [("silent", large)] * 2 + [("silent", middle)] * 2 + [("silent-long", small)] * 2
    wanted += [(sort, NEWSROOMS) for sort in ("down", "down", "down", "feed-gone", "feed-gone", "relaunch", "relaunch")]
    wanted += [(sort, NEWSROOMS) for sort in ("robots", "robots", "terms", "certificate", "domain")]
    drawn: list[Trouble] = []
    for sort in ("off", "clock"):
        drawn.append(_draw(sort, None, drawn, random))
    for sort, among in wanted:
        drawn.append(_draw(sort, random.choice(among).slug, drawn, random))
    return sorted(drawn, key=lambda trouble: trouble.begin)


def _draw(sort: str, outlet: str | None, drawn: Sequence[Trouble], random: Random) -> Trouble:
    least, most = SORTS[sort][0]
    while True:
        lasts = timedelta(hours=random.uniform(least, most))
        room = 330 - lasts // DAY
        begin = datetime.combine(BEGIN, datetime.min.time(), ZONE) + timedelta(days=random.uniform(20, 20 + room))
        trouble = Trouble(sort=sort, outlet=outlet, begin=begin, end=begin + lasts)
        if _is_fit(trouble) and not any(_are_near(trouble, other) for other in drawn):
            return trouble


def _is_fit(trouble: Trouble) -> bool:
    if trouble.sort not in ("silent", "silent-long", "relaunch", "wall"):
        return True
    days = {(trouble.begin + timedelta(days=number)).date() for number in range(2)}
    return not days & set(HOLIDAYS) and abs((trouble.begin.date() - FEAST).days) > 12


def _are_near(one: Trouble, other: Trouble) -> bool:
    if one.outlet != other.outlet and None not in (one.outlet, other.outlet):
        return False
    return one.begin < other.end + 14 * DAY and other.begin < one.end + 14 * DAY
