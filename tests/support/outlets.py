"""Outlet files of made-up newsrooms in a folder of the operator's own, and `kickcrawl run` over them."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.newsroom import Newsroom
from tests.support.crawling import Crawl, kickcrawl

REGION = "XX-SIM"  # no bundled outlet is of it
FILE = """
name = "{slug}"
home = "{home}/"
region = "XX-SIM"
platform = "wordpress"
delay = 0
{more}
[seeds]
rest = "/wp-json/wp/v2/posts"
sitemaps = ["/wp-sitemap.xml"]
feeds = ["/feed/"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An archive and a folder of outlet files beside it."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def environment(self) -> dict[str, str]:
        (self.folder / "outlets").mkdir(exist_ok=True)
        given = {"KICKCRAWL_OUTLETS": str(self.folder / "outlets"), "KICKCRAWL_ARCHIVE": str(self.archive)}
        return {**os.environ, **given}

    def add(self, slug: str, site: Newsroom | str, more: str = "") -> None:
        """Write the file of an outlet at *site*, with *more* lines of TOML."""
        home = site if isinstance(site, str) else site.base
        (self.folder / "outlets").mkdir(exist_ok=True)
        (self.folder / "outlets" / f"{slug}.toml").write_text(FILE.format(slug=slug, home=home, more=more))

    def run(self, *arguments: str) -> Crawl:
        """Return how ``kickcrawl run`` ended; a host out of reach is asked once."""
        chosen = [] if arguments and not arguments[0].startswith("-") else ["--region", REGION]
        done = self.ask("run", *chosen, "-s", "RETRY_TIMES=0", *arguments)
        return Crawl(done.returncode, done.stdout, done.stderr)

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return kickcrawl(*arguments, environment=self.environment)
