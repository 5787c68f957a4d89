"""What a process does around its crawl: see that archive and clock are right, keep the log short, and send alerts."""

import logging
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

import kickcrawl.settings
from archive.alerts.targets import SETTING, Target, read_targets
from archive.alerts.tell import tell_alerts
from archive.database import open_archive
from archive.recovery import check_after_death
from kickcrawl import RELEASED
from kickcrawl.errors import KickcrawlError
from kickcrawl.garbage import collect_rarely

# Loggers that tell of Scrapy's own start and end; ours is in spiders.progress and in the report.
_CHATTY = (
    "scrapy.utils.log",
    "scrapy.middleware",
    "scrapy.extensions.memusage",
    "scrapy.crawler",
    "scrapy.addons",
    "scrapy.core.engine",
    "scrapy.core.scraper",
    "pebble",
)

MAX_FILES = 65_536

logger = logging.getLogger(__name__)


def check_archive(path: Path) -> None:
    """Make or update the archive at *path* and check it if a run has died. Raises ArchiveError."""
    with closing(open_archive(path, create=True)) as archive:
        for sentence in check_after_death(archive):
            logger.warning("%s", sentence)


def prepare(settings: BaseSettings) -> None:
    """Warn of a wrong clock and of misspelt settings, quieten the log, and set up the interpreter for a crawl."""
    for sentence in unknown_settings(settings):
        logger.warning("%s", sentence)
    if (now := datetime.now(UTC)) < RELEASED:
        logger.warning("this machine's clock says %s, before this kickcrawl was made: set it right", now.date())
    if settings["LOG_LEVEL"] != "DEBUG":
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
    collect_rarely()


def unknown_settings(settings: BaseSettings) -> Iterator[str]:
    """Yield a sentence for each setting of the command line that neither Scrapy nor kickcrawl knows.

    Only a sentence: an extension of the operator's own may read it.
    """
    known = {name for room in (default_settings, kickcrawl.settings) for name in vars(room) if name.isupper()}
    for name in sorted(settings.attributes.keys() - known):
        if name.startswith("PLAYWRIGHT_"):  # scrapy-playwright's, which has no list of them
            continue
        if settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]:
            like = get_close_matches(name.upper(), known, n=1)
            meant = f"; did you mean {like[0]}?" if like else ""
            yield f"-s {name}: neither Scrapy nor kickcrawl has such a setting, so that it may change nothing{meant}"


def targets_of(settings: BaseSettings) -> tuple[Target, ...]:
    """Return whom NOTIFY or KICKCRAWL_NOTIFY names. Raises UsageError for what is no address."""
    return read_targets(settings.get("NOTIFY") or os.environ.get(SETTING))


def send_alerts(path: Path, outlets: Sequence[str], settings: BaseSettings) -> None:
    """Keep what of *outlets* is wrong now or is no longer, and tell whom the *settings* name.

    What fails is said on stderr, and tried again the next time.
    """
    try:
        targets = targets_of(settings)
        with closing(open_archive(path)) as archive:
            failures = tell_alerts(archive, datetime.now(UTC), targets, outlets)
    except KickcrawlError as error:
        failures = [str(error)]
    for failure in failures:
        print(f"kickcrawl: {failure}", file=sys.stderr)


def allow_connections() -> None:
    """Let this process have as many files open as it may: each connection is one, and 1,024 is the usual limit."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_FILES if most == resource.RLIM_INFINITY else min(most, MAX_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))
