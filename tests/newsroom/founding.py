"""Founds the site: so many posts over eighteen months, with every oddity that a crawl must meet among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from .articles import Plan, write_post
from .desk import Desk
from .edition import Edition
from .model import ZONE, Status

END = dt.datetime(2025, 12, 31, 21, 30, tzinfo=ZONE)
SPAN = dt.timedelta(days=548)
# how many of each in a site of sixty posts; larger and smaller sites keep the proportion
HIDDEN: tuple[tuple[Status, int], ...] = (
    ("password", 3), ("private", 2), ("draft", 2), ("pending", 1), ("trash", 1), ("future", 1),
)  # fmt: skip
COMMENTED, RENAMED = 12, 2


def share(of_sixty: int, posts: int) -> int:
    """Scale a number meant for sixty posts; from twenty posts on at least one stays."""
    return max(1 if posts >= 20 else 0, round(of_sixty * posts / 60))


def plans_for(rng: Random, count: int) -> list[Plan]:
    """Return one plan a post, in random order."""
    hidden = [Plan(status=status) for status, number in HIDDEN for _ in range(share(number, count))]
    public = [Plan() for _ in range(count - len(hidden))]
    special = [
        *[Plan(pages=2, length=11)] * share(2, count),
        *[Plan(pages=3, length=15)] * share(1, count),
        *[Plan(edge="photo_only")] * share(1, count),
        *[Plan(edge="short")] * share(1, count),
    ]
    public[: len(special)] = special
    for number in rng.sample(range(len(public)), share(COMMENTED, count)):
        public[number] = replace(public[number], comments=rng.randint(1, 4))
    for number in rng.sample(range(len(public)), share(RENAMED, count)):
        public[number] = replace(public[number], renamed=True)
    plans = public[: count - len(hidden)] + hidden
    rng.shuffle(plans)
    return plans


def publishing_times(rng: Random, count: int) -> list[dt.datetime]:
    """Times by day over the span, oldest first, no two alike and the last on the last day."""
    times: set[dt.datetime] = {END}
    while len(times) < count:
        day = END - SPAN * rng.random()
        times.add(
            day.replace(hour=rng.randint(6, 21), minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
        )
    return sorted(time for time in times if time <= END)[-count:]


def modified_after(rng: Random, published: dt.datetime) -> dt.datetime:
    """A third of the posts was touched again: most within the hour, a few weeks later, none after the end."""
    chance = rng.random()
    if chance > 0.35:
        return published
    later = dt.timedelta(minutes=rng.randint(2, 240)) if chance < 0.25 else dt.timedelta(days=rng.randint(1, 90))
    return published + later if published + later <= END else published


def found(desk: Desk, count: int) -> Edition:
    """Compose the first edition. The same seed and count give the same site, wherever it is served."""
    rng = desk.rng
    pages = desk.static_pages(END - SPAN)
    plans = plans_for(rng, count)
    posts = []
    for published, plan in zip(publishing_times(rng, count), plans, strict=True):
        when = published.replace(year=2099, day=min(published.day, 28)) if plan.status == "future" else published
        posts.append(
            write_post(
                desk, when, plan, modified=published if plan.status == "future" else modified_after(rng, published)
            )
        )
    return Edition(
        base=desk.base,
        permalinks=desk.permalinks,
        posts=tuple(sorted(posts, key=lambda post: (post.published, post.id))),
        authors=desk.authors,
        categories=tuple(desk.categories.values()),
        pages=pages,
    )
