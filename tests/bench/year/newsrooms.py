"""Ten made-up newsrooms, and when each publishes: by its people and their days off, not by a rate.

A journalist has a day off each week, leave, sick days, and files some stories on a working day. Desks publish at
once or in batches. Beside that stand the calendar as these newsrooms keep it, floods, campaigns, power cuts, outings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random

ZONE = timezone(timedelta(hours=8))  # Asia/Makassar has no summer time
FIRST_DAY = date(2024, 10, 20)  # of the backlog that the first crawl finds
BEGIN, END = date(2025, 1, 1), date(2026, 1, 1)
FEAST = date(2025, 3, 31)
# As the joint decree for 2025 has them, without the feast and the leave around it.
HOLIDAYS = [
    date(2025, month, day)
    for month, day in (
        (1, 1), (1, 27), (1, 28), (1, 29), (4, 18), (4, 20), (5, 1), (5, 12), (5, 13), (5, 29), (5, 30), (6, 1), (6, 6),
        (6, 9), (6, 27), (8, 17), (8, 18), (9, 5), (12, 25), (12, 26),
    )
]  # fmt: skip
PRESS_DAY = date(2025, 2, 9)  # a party of the press, in no calendar of holidays
TOPAT = FEAST + timedelta(days=7)  # the island's own feast, likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """*people* who file *stories* each on a working day; *sunday*: share of them who work then; *batches*: hours at
    which a desk publishes all that it has (none: at once); *releases*: pieces of others' copy that it posts a day."""

    slug: str
    people: int
    stories: float
    sunday: float
    releases: float = 0.0
    batches: tuple[int, ...] = ()


NEWSROOMS = (
    Newsroom(slug="rinjani", people=12, stories=4.2, sunday=0.7, releases=6),
    Newsroom(slug="selaparang", people=9, stories=3.8, sunday=0.5, releases=3),
    Newsroom(slug="mandalika", people=8, stories=3.5, sunday=0.6),
    Newsroom(slug="sumbawa", people=7, stories=3.4, sunday=0.4, releases=2),
    Newsroom(slug="bima", people=6, stories=3.6, sunday=0.6),
    Newsroom(slug="dompu", people=7, stories=3.3, sunday=0.3, releases=2),
    Newsroom(slug="gili", people=6, stories=3.4, sunday=0.5),
    Newsroom(slug="praya", people=6, stories=3.0, sunday=0.5, batches=(11, 19)),
    Newsroom(slug="taliwang", people=5, stories=3.0, sunday=0.4),
    Newsroom(slug="sembalun", people=4, stories=3.2, sunday=0.25),
)


def publish(newsroom: Newsroom, random: Random) -> list[datetime]:
    """Return when *newsroom* publishes, from FIRST_DAY to END, in order."""
    people = [_Person(random) for _ in range(newsroom.people)]
    closed = (FEAST + timedelta(days=random.randint(-2, 0)), FEAST + timedelta(days=random.randint(2, 7)))
    outings = {BEGIN + timedelta(days=random.randrange(365)): random.uniform(0.3, 0.6) for _ in range(2)}
    on_holidays = {day: random.uniform(0.25, 0.95) for day in [*HOLIDAYS, PRESS_DAY, TOPAT]}
    big = _big_stories(random)
    times: list[datetime] = []
    day = FIRST_DAY
    while day < END:
        share = outings.get(day, 1.0) * on_holidays.get(day, 1.0) * (1 + big.get(day, 0.0)) * _campaign(day)
        if closed[0] <= day <= closed[1]:
            share = random.choice((0.0, 0.0, 0.08, 0.15))
        if day.weekday() == 6:
            share *= newsroom.sunday
        elif day.weekday() == 5:
            share *= (1 + newsroom.sunday) / 2
        times += _day(newsroom, day, people, share, random)
        day += timedelta(days=1)
    return sorted(times)


class _Person:
    """Somebody with a free day of the week, two leaves a year, and a pace of their own."""

    def __init__(self, random: Random) -> None:
        self.free = random.randrange(7)
        self.pace = random.uniform(0.6, 1.4)
        starts = [FIRST_DAY + timedelta(days=random.randrange(480)) for _ in range(3)]
        self.leave = [(start, start + timedelta(days=random.randint(5, 16))) for start in starts]

    def works(self, day: date, random: Random) -> bool:
        away = any(start <= day <= end for start, end in self.leave)
        return not away and day.weekday() != self.free and random.random() > 0.03


def _day(newsroom: Newsroom, day: date, people: list[_Person], share: float, random: Random) -> Iterator[datetime]:
    midnight = datetime.combine(day, datetime.min.time(), ZONE)
    cut = _power_cut(random)
    for person in people:
        if not person.works(day, random):
            continue
        tries = 8
        chance = min(0.95, share * person.pace * newsroom.stories * 7 / 6 / tries)
        for _ in range(sum(random.random() < chance for _ in range(tries))):
            hour = random.choice((random.gauss(10, 1.5), random.gauss(15.5, 2), random.gauss(20, 1.5)))
            yield from _at(newsroom, midnight, hour, cut, random)
    for _ in range(int(newsroom.releases * min(1.0, share) * random.uniform(0.5, 1.5))):
        yield from _at(newsroom, midnight, random.uniform(8, 17), cut, random)


def _at(
    newsroom: Newsroom, midnight: datetime, hour: float, cut: tuple[float, float] | None, random: Random
) -> Iterator[datetime]:
    hour = min(23.9, max(5.0, hour))
    if cut is not None and cut[0] <= hour <= cut[1]:
        hour = min(23.9, cut[1] + random.uniform(0, 2))  # written meanwhile, published when the light is on
    if newsroom.batches:
        hour = min((batch for batch in newsroom.batches if batch >= hour), default=newsroom.batches[-1] + 2)
        hour += random.uniform(0, 0.5)
    yield midnight + timedelta(hours=hour)


def _power_cut(random: Random) -> tuple[float, float] | None:
    if random.random() > 0.02:
        return None
    begin = random.uniform(8, 16)
    return begin, begin + random.uniform(2, 6)


def _big_stories(random: Random) -> dict[date, float]:
    """Return days of floods, fires and quakes, and by how much they raise what a newsroom files."""
    days: dict[date, float] = {}
    for _ in range(8):
        start = FIRST_DAY + timedelta(days=random.randrange(480))
        for after in range(random.randint(1, 4)):
            days[start + timedelta(days=after)] = random.uniform(0.4, 1.2) / (1 + after)
    return days


def _campaign(day: date) -> float:
    """Return what the campaign for the local elections of 27 November 2024, and one in summer, add."""
    campaigns = ((date(2024, 9, 25), date(2024, 11, 27)), (date(2025, 7, 10), date(2025, 8, 20)))
    return 1.35 if any(start <= day <= end for start, end in campaigns) else 1.0
