"""Judge a run by itself, from an outlet's first one on: whether what was named could be archived, whether every seed
that the outlet's file states was read, and whether anything waits because of a mistake of ours.

Pure. kickcrawl.health judges what needs the outlet's history.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kickcrawl.account import UNFETCHED, Account
from kickcrawl.article import OUR_FAILURES
from kickcrawl.health import MAX_CHANCE, MIN_WRONG, Complaint, RunFigures, chance_of, share_of
from kickcrawl.outlet import Outlet
from kickcrawl.platforms import platform_named

NEEDS_BROWSER = "needs-browser"  # count of a run: rejected pages that are empty until JavaScript fills them
MAX_REASONS = 3  # that a sentence names
# There is no such seed, so it holds nothing that was missed; where one was, a front page often answers.
_ABSENT = ("HTTP 401", "HTTP 403", "HTTP 404", "HTTP 410", "the feed is no feed", "the sitemap is no sitemap")
_UNREADABLE = frozenset(("empty", "no-title", "unreadable"))  # pages of which nothing could be made
_WALLED = frozenset(("block-page", "error-page", "front-page", "not-html", "other-article", "redirects"))
_NOTHING_NAMED = "open its front page and its sitemap in a browser, then correct the seeds and patterns in its file"
_RENDER = "if its pages are empty without JavaScript, write `render = true` in its file, else correct its [[layout]]"
_NEEDS_RENDER = "its pages are empty until JavaScript fills them: write `render = true` in its file and crawl again"
_WALL = "open one in a browser; if the article is there, try `render = true` in its file, or ask the newsroom"
_EXCLUDED = "see what its robots.txt forbids and its outlet file excludes, or ask the newsroom"
_OPEN = "open one of them in a browser; what waits is asked for again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What of a run is judged by itself. *has_articles*: something of the outlet is archived, by this run or before.

    *unread*: the stated seeds that were not read to their end.
    *needs_browser*: how many pages showed nothing but a frame that a script fills.
    """

    account: Account
    has_articles: bool
    unread: Sequence[str] = ()
    needs_browser: int = 0


def judge_whole(run: RunFigures, whole: Whole, runs: Sequence[RunFigures]) -> list[Complaint]:
    """Return what is wrong with *run*; *runs* are the outlet's earlier ones, newest first."""
    first = _nothing(run, whole, runs) or _walled(run, whole, runs)
    found = [first, _unread(run.started_at, whole), _ours(run.started_at, whole.account)]
    return [complaint for complaint in found if complaint is not None]


def unread_seeds(outlet: Outlet, seeds: Sequence[Mapping[str, Any]], counts: Mapping[str, int]) -> list[str]:
    """Return the seeds that the outlet's file states and that were not read to their end, each with the reason.

    *seeds* are the reports of a run (``runs.seeds``), *counts* its counts. A seed that is refused or not there counts
    only where no other seed covers the outlet; that is a failure of its own.
    """
    stated = set(_stated(outlet))
    reports = [seed for seed in seeds if seed["error"] and str(seed["url"]).partition("?")[0] in stated]
    if any(seed["covers"] for seed in seeds):
        reports = [seed for seed in reports if not str(seed["error"]).startswith(_ABSENT)]
    if platform_named(outlet.platform).feed_use == "alternatives" and any(
        seed["seed"] == "feed" and not seed["error"] for seed in seeds
    ):
        reports = [seed for seed in reports if seed["seed"] != "feed"]
    knows_all = any(seed["covers"] and seed["seed"] not in ("sitemap", "feed", "listing", "related") for seed in seeds)
    if knows_all:  # a list of all posts was read: a feed names nothing beside it
        reports = [seed for seed in reports if seed["seed"] != "feed"]
    said = [f"{seed['seed']} {seed['url']} ({seed['error']})" for seed in reports]
    if (number := counts.get("sitemap/unread", 0)) and not knows_all:
        said.append(f"{number} of the sitemaps that another one names")
    return said


def _stated(outlet: Outlet) -> Iterator[str]:
    seeds = outlet.seeds
    for path in (*seeds.posts.values(), *seeds.sitemaps, *seeds.feeds, *seeds.sections):
        yield outlet.url(path).partition("?")[0]


def _nothing(run: RunFigures, whole: Whole, runs: Sequence[RunFigures]) -> Complaint | None:
    """Complain if nothing of the outlet is archived, or if nothing that was named in this run could be read."""
    account = whole.account
    if account.named == 0:
        if whole.has_articles or run.is_partial:
            return None
        return _complaint(run, "its seeds named no article, and none is archived", _NOTHING_NAMED)
    if account.count("archived", "unchanged", "alias", "outside"):
        return None
    excluded = account.count("excluded")
    reasons = {name: n for name, n in account.reasons("waiting", "rejected").items() if name != UNFETCHED}
    bad = sum(reasons.values())
    if not whole.has_articles:
        reasons |= account.reasons("gone")
        if not reasons:
            reasons, excluded = account.reasons("excluded"), 0
    elif bad < MIN_WRONG or chance_of(bad, bad, _usual_share(runs)) >= MAX_CHANCE:
        return None
    if not reasons:
        return None
    named = sorted(reasons.items(), key=lambda item: -item[1])
    told = ", ".join(f"{name} {number}" for name, number in named[:MAX_REASONS])
    what = f"none of the {account.named - excluded} addresses that its seeds named could be archived ({told})"
    return _complaint(run, what, _advice(named[0][0], whole))


def _walled(run: RunFigures, whole: Whole, runs: Sequence[RunFigures]) -> Complaint | None:
    """Complain if far more addresses than usual answered something else in place of their articles.

    So did at least half of what this run has read: single pages that wait from day to day are no trouble of the site's.
    """
    account = whole.account
    now = sum(run.counts.get(f"rejected/{name}", 0) for name in _WALLED)
    if now < MIN_WRONG or 2 * now < run.read:
        return None
    reasons = {name: n for name, n in account.reasons("waiting").items() if name in _WALLED}
    walled = sum(reasons.values())
    answered = walled + account.count("archived", "unchanged", "alias", "outside")
    if walled < MIN_WRONG or chance_of(walled, answered, _usual_share(runs)) >= MAX_CHANCE:
        return None
    what = f"{walled} of {answered} addresses did not show their articles ({', '.join(sorted(reasons))})"
    return Complaint(kind="rejections", what=what, since=run.started_at, advice=_OPEN)


def _advice(reason: str, whole: Whole) -> str:
    if whole.needs_browser:
        return _NEEDS_RENDER
    if reason in _UNREADABLE:
        return _RENDER
    if reason in _WALLED:
        return _WALL
    return _EXCLUDED if whole.account.reasons("excluded").get(reason) else _OPEN


def _unread(since: datetime, whole: Whole) -> Complaint | None:
    if not whole.unread:
        return None
    return Complaint(
        kind="seeds",
        what=f"not read to the end: {'; '.join(whole.unread)}",
        since=since,
        advice="what they name may be missing; if that lasts, correct them in its outlet file",
    )


def _ours(since: datetime, account: Account) -> Complaint | None:
    own = {name: n for name, n in account.reasons("waiting").items() if name in OUR_FAILURES}
    if not own:
        return None
    return Complaint(
        kind="ours",
        what=f"{sum(own.values())} pages could not be read by a mistake of kickcrawl's ({', '.join(own)})",
        since=since,
        advice="they are read again later; please report it with the log",
    )


def _complaint(run: RunFigures, what: str, advice: str) -> Complaint:
    return Complaint(kind="nothing", what=what, since=run.started_at, advice=advice)


def _usual_share(runs: Sequence[RunFigures]) -> float:
    good = [past for past in runs if past.is_good]
    return share_of(sum(past.rejected for past in good), sum(past.read for past in good))
