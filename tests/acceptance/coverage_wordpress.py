"""Crawl a real WordPress through edits and faults, and hold the certificate after each run against the truth.

In: the scripts of a WordPress that is up. Out: a Verdict for each run. All that was ever public when it was crawled
must be named on its day, archived but for what went before it could be fetched, and locked where it has a password;
days that are over must be complete, as REST was read after them. A failed run must leave all of that as it was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.acceptance.certificates import Found, Verdict, certificate, judge
from tests.acceptance.check import Truth
from tests.acceptance.wordpress import NORMAL, Rig
from tests.support.crawling import crawl, rows

_ALONE = {
    "sitemap": "REST=404 FEED=404",
    "feed": "REST=404 SITEMAP=off",
    "lists": "REST=404 FEED=404 SITEMAP=off",
}  # what is switched off beside the seed


def judge_wordpress(rig: Rig, folder: Path) -> Iterator[Verdict]:
    """Yield what is to be said of the certificate after each run; archives are written into *folder*.

    Between two times that something is published fewer than ten posts are edited: WordPress numbers their revisions,
    and the rig leaves ten numbers before it gives its own to new posts. The WordPress must be one that was just set up.
    """
    for what, switches in _ALONE.items():
        rig.switch(f"{NORMAL} {switches}")
        yield from _by_one_seed(rig, _Newsroom(rig, folder / f"{what}.db", has_rest=False), f"{what} alone")
    rig.switch(NORMAL)
    yield from _through_faults(rig, _Newsroom(rig, folder / "archive.db"))


def _by_one_seed(rig: Rig, newsroom: "_Newsroom", what: str) -> Iterator[Verdict]:
    rig.switch("MAINT=1")
    yield newsroom.after(f"{what}, 503 for every page", fails=True)
    rig.switch("MAINT=0")
    yield newsroom.after(f"{what}, 20 fetched", limit=20)
    rig.edit("publish", 4)
    rig.edit("trash", 6)
    yield newsroom.after(f"{what}, four published, six trashed")


def _through_faults(rig: Rig, newsroom: "_Newsroom") -> Iterator[Verdict]:
    yield newsroom.after("20 fetched", limit=20)
    rig.edit("publish", 5)
    rig.edit("trash", 6)
    yield newsroom.after("five published, six trashed")
    rig.switch("REST=404")
    rig.edit("publish", 3)
    rig.edit("trash", 2)
    yield newsroom.after("without REST; three published, two trashed")
    rig.switch("FEED=404")
    rig.edit("publish", 2)
    yield newsroom.after("without REST and feeds; two published")
    rig.switch("SITEMAP=off FEED=on")
    rig.edit("publish", 2)
    yield newsroom.after("without REST and sitemaps; two published")
    rig.switch("MAINT=1")
    rig.edit("publish", 3)
    yield newsroom.after("503 for every page; three published", fails=True)
    rig.switch(NORMAL)
    rig.edit("trash", 4)
    yield newsroom.after("all is back; four trashed")
    rig.edit("modify", 10)
    yield newsroom.after("ten modified")
    rig.switch("GONE=410")
    rig.edit("trash", 3)
    yield newsroom.after("three trashed, which answer 410")
    rig.switch("GONE=404")


@dataclass(slots=True)
class _Newsroom:
    """A newsroom that is crawled into *archive*; *ever* are the posts that were public when it was, by number."""

    rig: Rig
    archive: Path
    has_rest: bool = True
    ever: dict[str, Truth] = field(default_factory=dict)

    def after(self, what: str, *, limit: int | None = None, fails: bool = False) -> Verdict:
        """Crawl once, and judge. *fails*: the run cannot see anything."""
        before = certificate(self.archive) if fails and self.archive.exists() else {}
        done = crawl(
            self.archive, self.rig.base, arguments={"limit": limit} if limit else {}, settings={"DOWNLOAD_DELAY": 0}
        )
        posts = self.rig.truth()
        if not fails:
            # What a run that takes a few only did not come to, it did not see. What others link to as related may have
            # been withdrawn before anything else named it.
            seen = {row["url"] for row in rows(self.archive, "SELECT url FROM frontier")}
            public = (post for post in posts if post["archive"] and (limit is None or post["url"] in seen))
            linked = (post for post in posts if post["status"] == "trash" and post["url"] in seen)
            self.ever |= {str(post["id"]): post for post in (*public, *linked)}
        found = certificate(self.archive)
        verdict = judge(f"WordPress, {what}", self._published(posts), self._held(), found)
        wrong = [*self._differences(posts, found)]
        if fails and done.status == 0:
            wrong.append("the run says that all is well")
        if before and (lost := _changed(before, found)):
            wrong.append(f"a run that saw nothing changed {', '.join(lost)}")
        return replace(verdict, wrong=(*verdict.wrong, *wrong))

    def _published(self, posts: Iterable[Truth]) -> Counter[str]:
        return _by_day(self.ever.values()) + _by_day(post for post in posts if post["status"] == "password")

    def _held(self) -> Counter[str]:
        numbers = [row["native_id"] for row in rows(self.archive, "SELECT native_id FROM articles")]
        return _by_day(self.ever[number] for number in numbers)

    def _differences(self, posts: Iterable[Truth], found: Found) -> Iterator[str]:
        """Yield what is told of a day otherwise than it is; what no list dates has no day of its own."""
        public = {str(post["id"]) for post in posts if post["archive"]}
        held = {row["native_id"] for row in rows(self.archive, "SELECT native_id FROM articles")}
        truth = {
            "named": _by_day(self.ever.values()),
            "gone": _by_day(post for id, post in self.ever.items() if id not in public | held),
            "excluded": _by_day(post for post in posts if post["status"] == "password"),
        }
        total = found["total"]
        for name, days in truth.items():
            if name == "gone" and total["waiting"]:
                continue  # not asked for yet
            told = Counter({row["label"]: row[name] for row in found["rows"]})
            beside, lost = (told - days).total(), (days - told).total()
            if beside != lost or lost > found["undated_missing"]:
                wrong = {day: (told[day], days[day]) for day in told | days if told[day] != days[day]}
                yield f"{name}: {lost} articles are not on their day, {found['undated_missing']} have none: {wrong}"
            if _by_month(told) != _by_month(days):  # the month stands in the addresses
                yield f"{name}: by month {_by_month(told)}, not {_by_month(days)}"
        for one in found["counted"]:
            if one["beyond_all_named"]:
                yield f"{one['seed']} counts {one['beyond_all_named']} that nobody named"
        if not self.has_rest:
            return
        open_days = [row["label"] for row in found["rows"][:-1] if row["state"] not in ("complete", "missing")]
        if open_days and not found["undated_missing"]:
            yield f"{len(open_days)} days that are over are not called complete: {', '.join(open_days[:3])}"


def _changed(before: Found, after: Found) -> list[str]:
    return [
        name for name in ("recall", "counted", "estimate", "undated_missing", "rows") if before[name] != after[name]
    ]


def _by_month(days: Counter[str]) -> Counter[str]:
    months: Counter[str] = Counter()
    for day, count in days.items():
        months[day[:7]] += count
    return months


def _by_day(posts: Iterable[Truth]) -> Counter[str]:
    return Counter(post["published"][:10] for post in posts)
