"""``scrapy crawl``: Scrapy's own command, that checks what it is asked first and exits by the health of its run.

0 when the run did what it was asked; 1 when it could not, with one line on stderr that says why; 2 for wrong arguments
or configuration. A fault that lasts is told on stderr by the first run that meets it, then on stdout only, and its end
is told once.

The rest of the crawl is imported when it is run: behind what is to happen beside that.
"""

import argparse
import os.path

# First, since three deprecated names in it search all modules that are loaded: .1 s less of CPU than behind ours.
import scrapy.core.downloader.handlers.http11  # noqa: F401
from scrapy.commands.crawl import Command as CrawlCommand

from archive.place import archive_path
from kickcrawl.workers import EXTRACT
from kickcrawl.workers.forkserver import start_server


class Command(CrawlCommand):
    """Crawl an outlet by its name, or several with ``news``."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options. Where there is no archive yet, all will be new: what reads pages loads beside the rest."""
        super().process_options(args, opts)
        assert self.settings is not None
        # Path's own exists() raises where it may not look, or a name is too long.
        if not os.path.exists(archive_path(self.settings.get("ARCHIVE"))):  # noqa: PTH110
            start_server(EXTRACT.partition(":")[0])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and set the exit status."""
        from spiders.crawling import crawl, stopped

        assert self.settings is not None
        if len(args) != 1:
            self.exitcode = stopped("name one spider: an outlet (see scrapy list) or news", 2)
            return
        assert self.crawler_process is not None
        self.exitcode = crawl(args[0], opts.spargs, self.settings, self.crawler_process)
