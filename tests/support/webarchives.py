"""Web archives of the tests' own, made of what a crawl of a newsroom wrote, and `kickcrawl backfill` from them."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kickcrawl import CHECKOUT
from kickcrawl.outlet import BUNDLED
from tests.newsroom import Newsroom
from tests.support.crawling import KICKCRAWL, crawl, kickcrawl


@dataclass(frozen=True, kw_only=True)
class Backfills:
    """Where a backfill of the outlet ``warta`` is made: the archive, the outlet's file, and the web archives."""

    archive: Path
    outlets: Path
    web_archives: dict[str, str]  # KICKCRAWL_PYWB and so on

    def run(self, sources: str, *options: str, since: str = "2020-01-01") -> subprocess.CompletedProcess[str]:
        """Run ``kickcrawl backfill warta`` from *sources*, without delay."""
        asked = ("backfill", "warta", "--since", since, "--from", sources, "--delay", "0", *options)
        return self.kickcrawl(*asked)

    def start(self, sources: str, *options: str) -> subprocess.Popen[bytes]:
        """Start ``kickcrawl backfill warta`` from *sources*, to be killed."""
        command = [str(KICKCRAWL), "backfill", "warta", "--since", "2020-01-01", "--from", sources, *options]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=CHECKOUT, env=self._environment, stdout=quiet, stderr=quiet)

    def kickcrawl(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run ``kickcrawl ARGUMENTS`` on the archive."""
        return kickcrawl(*arguments, environment=self._environment)

    @property
    def _environment(self) -> dict[str, str]:
        named = {"KICKCRAWL_OUTLETS": str(self.outlets), "KICKCRAWL_ARCHIVE": str(self.archive)}
        return {**os.environ, **named, **self.web_archives}


def make_backfills(folder: Path, site: Newsroom, **web_archives: str) -> Backfills:
    """Return where backfills of *site* are made; *web_archives* by the names of their settings in small letters."""
    outlets = folder / "outlets"
    outlets.mkdir(parents=True)
    told = (BUNDLED / "id-nb" / "kicknews.toml").read_text()
    told = re.sub(r'^home = ".*?"', f'home = "{site.base}/"', told, flags=re.MULTILINE)
    (outlets / "warta.toml").write_text(re.sub(r"^domains = .*\n", "", told, flags=re.MULTILINE))
    named = {f"KICKCRAWL_{name.upper()}": url for name, url in web_archives.items()}
    return Backfills(archive=folder / "archive.db", outlets=outlets, web_archives=named)


def export_crawl(folder: Path, site: Newsroom) -> Path:
    """Crawl *site* as somebody else, and return a WARC file of all that came, with its index beside it."""
    archive, warc = folder / "theirs.db", folder / "semua.warc.gz"
    folder.mkdir(parents=True, exist_ok=True)
    done = crawl(archive, site.base)
    assert done.status == 0, done.err
    exported = kickcrawl("export", "--archive", archive, "--warc", warc)
    assert exported.returncode == 0, exported.stderr
    return warc
