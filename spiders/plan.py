"""What a crawl is asked to do, from its arguments and settings; checked before anything is opened or fetched.

Pure but for reading the outlet files, where they are not given. Raises UsageError for whatever is wrong, in one
sentence.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scrapy.settings import BaseSettings

import kickcrawl.settings
from archive.place import archive_path
from kickcrawl.addresses import endpoint, is_loopback
from kickcrawl.days import read_day, refuse_reversed, span_of_days
from kickcrawl.errors import UsageError
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders, pick
from spiders.sites import read_address, read_sites, sites_to_outlets

_CHOOSE = ("outlets", "region", "url")
ARGUMENTS = ("since", "until", "limit", "base_url", *_CHOOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """What to crawl: which outlets, of which time, how many articles of each; *allowed* are endpoints that the operator
    requested although they are on no public address."""

    outlets: tuple[Outlet, ...]
    archive: Path
    arguments: Mapping[str, str]
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    allowed: frozenset[str] = frozenset()
    discovers: bool = True  # False: only what is due already is fetched
    unlisted: frozenset[str] = frozenset()  # slugs of sites without an outlet file, to be recognised at the start

    @property
    def is_live(self) -> bool:
        """Whether anything beyond the operator's own machines is crawled."""
        return any(endpoint(outlet.home) not in self.allowed for outlet in self.outlets)

    @property
    def is_partial(self) -> bool:
        """Whether less than everything is asked for."""
        return self.limit is not None or self.since is not None or self.until is not None

    def span(self, outlet: Outlet) -> tuple[str | None, str | None]:
        """Return since and until as ISO times in UTC: days of the outlet's own zone, *until* included to its end."""
        return span_of_days(outlet.timezone, self.since, self.until)


def make_plan(
    spider: str, arguments: Mapping[str, str], settings: BaseSettings, known: dict[str, Outlet] | None = None
) -> CrawlPlan:
    """Return what ``scrapy crawl SPIDER -a ...`` asks for.

    *known* are the outlets that have a file; read here where they are not given. Raises UsageError, OutletError.
    """
    if unknown := set(arguments) - set(ARGUMENTS):
        raise UsageError(f"there is no argument {sorted(unknown)[0]!r}; there are: {', '.join(ARGUMENTS)}")
    if len(named := [name for name in _CHOOSE if name in arguments]) > 1:
        raise UsageError(f"{' and '.join(named)} each say what to crawl; name one of them")
    if known is None:
        known = load_outlets(outlet_folders(settings.get("OUTLETS")))
    sites = read_sites(arguments["url"]) if "url" in arguments and spider == "news" else []
    chosen = _outlets(spider, arguments, known) if not sites else sites_to_outlets(sites, known)
    # On this machine only what the operator asks for: in the argument, or as the home in an outlet file of his own.
    allowed = frozenset(endpoint(outlet.home) for outlet in chosen if is_loopback(outlet.home))
    if (base_url := arguments.get("base_url")) is not None:
        if len(chosen) != 1:
            raise UsageError("base_url goes with one outlet only; crawl them one by one")
        chosen = [chosen[0].served_at(read_address("base_url", base_url, "http://127.0.0.1:8831"))]
        allowed = frozenset((endpoint(base_url),))
    since, until = _day(arguments, "since"), _day(arguments, "until")
    refuse_reversed(since, until)
    check_numbers(settings)
    plan = CrawlPlan(
        outlets=tuple(chosen),
        archive=archive_path(settings.get("ARCHIVE")),
        arguments=dict(arguments),
        since=since,
        until=until,
        limit=_limit(arguments),
        allowed=allowed,
        unlisted=frozenset(outlet.slug for outlet in chosen if sites and outlet.slug not in known),
    )
    if plan.is_live and not contact_of(settings):
        raise UsageError(
            "say who crawls: set KICKCRAWL_CONTACT (or -s CONTACT=) to an address where the newsroom can reach you"
        )
    return plan


def contact_of(settings: BaseSettings) -> str | None:
    """Return the operator's own address, that goes into the user agent."""
    own: str | None = settings.get("CONTACT")
    return own or os.environ.get("KICKCRAWL_CONTACT") or None


def _outlets(spider: str, arguments: Mapping[str, str], known: dict[str, Outlet]) -> list[Outlet]:
    if spider != "news":
        if set(_CHOOSE) & set(arguments):
            raise UsageError(f"outlets, region and url go with the spider news; {spider} is one outlet")
        return [pick(known, spider)]
    named = (slug.strip() for slug in arguments.get("outlets", "").split(","))
    # An outlet that is named twice is crawled once: its second run would wait for what the first one holds.
    if slugs := [slug for slug in dict.fromkeys(named) if slug]:
        return [pick(known, slug) for slug in slugs]
    if "region" in arguments:
        chosen = [outlet for outlet in known.values() if outlet.region == arguments["region"]]
        if not chosen:
            regions = sorted({outlet.region for outlet in known.values() if outlet.region})
            raise UsageError(f"no outlet is of region {arguments['region']!r}; there are: {', '.join(regions)}")
        return chosen
    raise UsageError("say what to crawl: -a outlets=kicknews, -a region=ID-NB or -a url=https://…")


def _day(arguments: Mapping[str, str], name: str) -> date | None:
    value = arguments.get(name)
    return None if value is None else read_day(name, value)


def check_numbers(settings: BaseSettings) -> None:
    """Raise UsageError for a setting that should be a number, as its default is, and is none or is below zero."""
    for name, default in vars(kickcrawl.settings).items():
        if type(default) not in (int, float):
            continue
        value = settings.get(name)
        try:
            is_number = type(default)(value) >= 0
        except (ValueError, TypeError, OverflowError):
            is_number = False
        if not is_number:
            raise UsageError(f"{name}: {value!r} is no number of 0 or more; write one such as {default}")


def _limit(arguments: Mapping[str, str]) -> int | None:
    value = arguments.get("limit")
    if value is None:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise UsageError(f"limit: {value!r} is no number of articles; write one such as 100")
    return int(value)
