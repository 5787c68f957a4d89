"""What a backfill is asked to do, as one crawl plan for each source; checked before anything is fetched."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, get_args

from scrapy.settings import BaseSettings

from archive.backfill.backfills import OWN
from kickcrawl.addresses import endpoint, is_loopback
from kickcrawl.errors import UsageError
from kickcrawl.outlet import Outlet
from kickcrawl.urls import host_of
from kickcrawl.webarchives.commoncrawl import CommonCrawlIndex
from kickcrawl.webarchives.indexed import Index, hosts_of
from kickcrawl.webarchives.pywb import PywbIndex
from kickcrawl.webarchives.wayback import WaybackIndex
from spiders.plan import CrawlPlan, contact_of

WebArchive = Literal["wayback", "pywb", "commoncrawl"]
WEB_ARCHIVES: tuple[WebArchive, ...] = get_args(WebArchive)
SOURCES = (OWN, *WEB_ARCHIVES)
_SETTINGS: Mapping[WebArchive, tuple[str, ...]] = {
    "wayback": ("WAYBACK",),
    "pywb": ("PYWB",),
    "commoncrawl": ("COMMONCRAWL_INDEX", "COMMONCRAWL_DATA"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillPlan:
    """One source of a backfill: the crawl that asks it, and how many *requests* it may take a day."""

    source: str
    crawl: CrawlPlan
    since: date
    until: date | None
    requests: int
    bases: tuple[str, ...] = ()  # addresses of the web archive: its index, and where its records are

    @property
    def outlet(self) -> Outlet:
        """Whose past it is."""
        return self.crawl.outlets[0]

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of the web archive."""
        return frozenset(map(host_of, self.bases))

    def index(self) -> Index:
        """Return the index that names the web archive's captures of the outlet's hosts."""
        hosts, base = hosts_of(self.outlet.hosts), self.bases[0]
        if self.source == "commoncrawl":
            return CommonCrawlIndex(base=base, data=self.bases[-1], hosts=hosts, since=self.since)
        if self.source == "pywb":
            return PywbIndex(base=base, hosts=hosts, since=self.since, today=datetime.now(UTC).date())
        return WaybackIndex(base=base, hosts=hosts, since=self.since)


def plan_backfill(
    source: str,
    outlet: Outlet,
    archive: Path,
    since: date,
    until: date | None,
    requests: int,
    settings: BaseSettings,
    *,
    discovers: bool,
) -> BackfillPlan:
    """Return what *source* is asked for. Raises UsageError for a source without an address, or without a contact."""
    bases = tuple(_address(source, name, settings) for name in _SETTINGS.get(source, ()))  # type: ignore[call-overload]
    local = [url for url in (*bases, outlet.home) if is_loopback(url)]
    days = {"since": str(since), **({"until": str(until)} if until else {})}
    crawl = CrawlPlan(
        outlets=(outlet,),
        archive=archive,
        arguments={"backfill": source, **days},
        since=since,
        until=until,
        allowed=frozenset(map(endpoint, local)),
        discovers=discovers,
    )
    if len(local) <= len(bases) and not contact_of(settings):
        raise UsageError(
            "say who asks: set KICKCRAWL_CONTACT to an address where newsroom and web archive can reach you"
        )
    return BackfillPlan(source=source, crawl=crawl, since=since, until=until, requests=requests, bases=bases)


def _address(source: str, name: str, settings: BaseSettings) -> str:
    found = os.environ.get(f"KICKCRAWL_{name}") or settings.get(name)
    if not found:
        raise UsageError(f"--from {source}: set KICKCRAWL_{name} to the address of the web archive's collection")
    if not host_of(found):
        raise UsageError(
            f"KICKCRAWL_{name}: {found!r} is no web address; write one such as https://arsip.example/koleksi"
        )
    return str(found).rstrip("/")
