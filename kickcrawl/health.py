"""Judge whether a run was healthy, by what the outlet's own earlier runs and articles were like.

In: figures of the run that ends, and of what came before. Out: complaints, each with what is wrong, since when, and
what to do. Pure. Three things are judged, the first two not before five good runs are on record:

    rejections   pages that were fetched and are no articles, against the usual share of them
    fields       authors, section, publish time and text of the new articles, against the articles before
    silence      nothing new for far longer than was usual; only where a run asked for everything, and one did before

What a run tells by itself is judged in kickcrawl.wholeness, from the first run on.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Literal

from kickcrawl.fields import EXPECTED

Kind = Literal["rejections", "fields", "silence", "nothing", "seeds", "ours"]  # the last three: kickcrawl.wholeness

MIN_GOOD_RUNS = 5  # before shares are judged: a small first archive shows nothing usual
MAX_CHANCE = 0.001  # that a fault is seen by accident, 0 to 1: an hourly crawl is judged 9,000 times a year
MIN_WRONG = 3  # pages or articles that have gone wrong; fewer are no complaint
MIN_POOLED = 10  # pages; a run that fetched fewer is judged together with the runs before it
MIN_LATEST = 5  # articles; a run that stored fewer is judged together with the articles before it
USUAL_DAYS = 28  # before the last article that show the usual pace: each weekday four times
MIN_QUIET_DAYS = 3  # a quiet weekend is no complaint
MIN_SPAN_DAYS = 5  # with articles, from which a pace can be taken
MIN_MISSED = 20  # articles that should have come in a silence for it to be a complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with an outlet, since when, and what the operator should do."""

    kind: Kind
    what: str
    since: datetime
    advice: str

    def __str__(self) -> str:
        return f"{self.what}, since {self.since:%Y-%m-%d %H:%M} UTC: {self.advice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFigures:
    """What of an article counts for its outlet's health: which fields are filled, and how long it is."""

    filled: frozenset[str]
    words: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """A run, past or ending. *is_partial*: it was asked for less than everything; *articles* are those new in it."""

    started_at: datetime
    is_good: bool
    is_partial: bool
    counts: Mapping[str, int]
    seeds: Sequence[Mapping[str, Any]] = ()
    articles: Sequence[ArticleFigures] = ()
    complaints: Sequence[Complaint] = ()

    @property
    def rejected(self) -> int:
        """Pages that turned out to be no article. A locked post is one, and is meant to be locked."""
        return sum(n for name, n in self.counts.items() if name.startswith("rejected/") and name != "rejected/password")

    @property
    def read(self) -> int:
        """Pages that were read, rejected ones included."""
        return self.rejected + sum(self.counts.get(name, 0) for name in ("stored", "revised", "unchanged"))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What came before: runs and articles, newest first. *news* is when each article of the outlet came out.

    *quiet* are days on which a newsroom may be quiet (kickcrawl.alerts.calendar): they are no silence.
    """

    runs: Sequence[RunFigures]
    articles: Sequence[ArticleFigures]
    news: Sequence[datetime]
    quiet: Collection[date] = ()


def judge(run: RunFigures, history: History) -> list[Complaint]:
    """Return what is wrong with the outlet as *run* found it; nothing, as long as too little is known of it."""
    good = [past for past in history.runs if past.is_good]
    found: list[Complaint | None] = []
    if len(good) >= MIN_GOOD_RUNS:
        found += [_rejections(run, history, good), _fields(run, history)]
    if not run.is_partial and any(not past.is_partial for past in good):
        found.append(_silence(run, history))
    return [dated(complaint, history) for complaint in found if complaint is not None]


def _rejections(run: RunFigures, history: History, good: Sequence[RunFigures]) -> Complaint | None:
    """Complain of rejections far above the usual share, in this run or in it and the few pages before it."""
    usual = share_of(sum(past.rejected for past in good), sum(past.read for past in good))
    rejected, read, since = 0, 0, run.started_at
    for each in (run, *history.runs):
        rejected, read = rejected + each.rejected, read + each.read
        since = each.started_at if each.rejected else since
        if 2 * rejected < read or rejected == 0:
            return None  # more than half was read well
        if rejected >= MIN_WRONG and chance_of(rejected, read, usual) < MAX_CHANCE:
            reasons = ", ".join(
                sorted(name.removeprefix("rejected/") for name in run.counts if name.startswith("rejected/"))
            )
            return Complaint(
                kind="rejections",
                what=f"{rejected} of {read} pages are no articles ({reasons}) where {usual:.0%} were usual",
                since=since,
                advice="open one of them in a browser; they stay due and are fetched again",
            )
        if read >= MIN_POOLED:
            return None
    return None


def _fields(run: RunFigures, history: History) -> Complaint | None:
    """Complain of fields that are empty in the new articles and were filled before."""
    if not run.articles or len(history.articles) < MIN_POOLED:
        return None
    latest = [*run.articles, *history.articles[: max(0, MIN_LATEST - len(run.articles))]]
    usual_words = median(article.words for article in history.articles)
    lost = []
    for field in (*EXPECTED, "text"):
        usual = share_of(sum(_has(field, article, usual_words) for article in history.articles), len(history.articles))
        own = sum(_has(field, article, usual_words) for article in run.articles)
        have = sum(_has(field, article, usual_words) for article in latest)
        lacking = len(latest) - have
        is_halved = 2 * have <= usual * len(latest) and 2 * own <= usual * len(run.articles)
        if is_halved and lacking >= MIN_WRONG and chance_of(lacking, len(latest), 1 - usual) < MAX_CHANCE:
            lost.append(f"{have} have {'half the usual text' if field == 'text' else field} ({usual:.0%} had)")
    if not lost:
        return None
    return Complaint(
        kind="fields",
        what=f"of the {len(latest)} newest articles {', '.join(lost)}",
        since=min(article.first_seen_at for article in run.articles),
        advice="compare one in a browser with `kickcrawl show`; the outlet may have a new layout",
    )


def _silence(run: RunFigures, history: History) -> Complaint | None:
    """Complain of nothing new for longer than twice the usual pauses, when many articles should have come."""
    news = sorted(at for at in history.news if at <= run.started_at)
    if run.counts.get("stored") or not news:
        return None
    last = max([news[-1], *(article.first_seen_at for article in history.articles[:1])])
    recent = [at for at in news if at >= news[-1] - timedelta(days=USUAL_DAYS)]
    pauses = [after - before for before, after in zip(recent, recent[1:], strict=False)]
    span = max(timedelta(days=MIN_SPAN_DAYS), min(news[-1] - news[0], timedelta(days=USUAL_DAYS)))
    a_day = len(recent) / (span / timedelta(days=1))
    holidays = [day for day in history.quiet if last.date() < day <= run.started_at.date()]
    quiet = run.started_at - last - timedelta(days=len(holidays))
    if quiet < max([timedelta(days=MIN_QUIET_DAYS), *(2 * pause for pause in pauses)]):
        return None
    if a_day * (quiet / timedelta(days=1)) < MIN_MISSED:
        return None
    seeds = "; ".join(f"{seed['seed']}: {seed['error'] or str(seed['named']) + ' named'}" for seed in run.seeds)
    return Complaint(
        kind="silence",
        what=f"nothing new for {quiet.days} days where {_pace(a_day)} was usual ({seeds or 'no seed was asked'})",
        since=last,
        advice="look whether the outlet still publishes and whether its seeds still name its newest article",
    )


def chance_of(hits: int, tries: int, share: float) -> float:
    """Return the chance of at least *hits* in *tries* where each is one with the chance *share* (binomial).

    >>> round(chance_of(3, 3, 0.1), 6)
    0.001
    """
    if tries > 1000:  # weigh no more than a thousand: they are certain enough, and the sum stays short
        hits, tries = round(hits * 1000 / tries), 1000
    return sum(
        math.exp(
            math.lgamma(tries + 1) - math.lgamma(n + 1) - math.lgamma(tries - n + 1)
            + n * math.log(share) + (tries - n) * math.log(1 - share)
        )
        for n in range(hits, tries + 1)
    )  # fmt: skip


def share_of(hits: int, tries: int) -> float:
    """Return the share of hits, never 0 or 1: what was not seen in ten pages may still come (Laplace)."""
    return (hits + 1) / (tries + 2)


def _has(field: str, article: ArticleFigures, usual_words: float) -> bool:
    return 2 * article.words >= usual_words if field == "text" else field in article.filled


def _pace(a_day: float) -> str:
    return f"{a_day:.0f} a day" if a_day >= 1.5 else f"{7 * a_day:.0f} a week"


def dated(complaint: Complaint, history: History) -> Complaint:
    """Return *complaint* with the time since when the runs before it in *history* complain of the same."""
    last = history.runs[0].complaints if history.runs else ()
    earlier = [past.since for past in last if past.kind == complaint.kind]
    if not earlier:
        return complaint
    return Complaint(
        kind=complaint.kind, what=complaint.what, since=min(*earlier, complaint.since), advice=complaint.advice
    )
