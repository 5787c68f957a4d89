"""Run the real `scrapy crawl` against the bundled newsroom, as an operator would, in a process of its own."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kickcrawl import CHECKOUT
from tests.support.preloaded import Preloaded

PRELOADED = Preloaded()
SCRAPY, KICKCRAWL = (Path(sys.executable).parent / name for name in ("scrapy", "kickcrawl"))


@dataclass(frozen=True)
class Crawl:
    """A crawl that has ended: its exit status, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines on stderr that say why it failed."""
        return [line for line in self.err.splitlines() if line.startswith("kickcrawl: ")]


def crawl(
    archive: Path,
    base_url: str | None = None,
    *,
    spider: str = "kicknews",
    arguments: Mapping[str, object] | None = None,
    settings: Mapping[str, object] | None = None,
    timeout: float = 300,
    fresh: bool = False,
) -> Crawl:
    """Run ``scrapy crawl SPIDER`` into *archive* without delay and return how it ended.

    *fresh*: in a Python of its own, whose processes are found by its environment; else forked, which costs a quarter.
    """
    _wait_for_the_next_second(archive)
    given = {**({"base_url": base_url} if base_url else {}), **(arguments or {})}
    options = {"ARCHIVE": archive, "DOWNLOAD_DELAY": 0, **(settings or {})}
    command = [str(SCRAPY), "crawl", spider]
    command += [part for name, value in given.items() for part in ("-a", f"{name}={value}")]
    command += [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    if fresh:
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=timeout, check=False)
    else:
        done = PRELOADED.run(command, timeout=timeout)
    _check_addresses(archive)
    return Crawl(done.returncode, done.stdout, done.stderr)


def kickcrawl(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``kickcrawl ARGUMENTS``, forked; *environment* in place of this process's."""
    return PRELOADED.run([str(KICKCRAWL), *map(str, arguments)], timeout=120, environment=environment)


def _check_addresses(archive: Path) -> None:
    """See that of the last run, whatever it was, every address that its seeds named is in one state."""
    try:
        if not rows(archive, "SELECT 1 FROM pragma_table_info('runs') WHERE name = 'addresses'"):
            return
    except sqlite3.DatabaseError:
        return  # there is no archive, or it is not ours
    for row in rows(archive, "SELECT addresses FROM runs ORDER BY id DESC LIMIT 1"):
        account = json.loads(row["addresses"])
        assert account.get("named") == account.get("sum"), account


def _wait_for_the_next_second(archive: Path) -> None:
    """Wait until the second in which *archive* was last written is over.

    The times in it are whole seconds: what a run names in the second in which the next begins counts as named by that.
    """
    while archive.exists() and int(time.time()) <= int(archive.stat().st_mtime):
        time.sleep(0.02)


def rows(archive: Path, sql: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows of a query on *archive*."""
    connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql, parameters)]
    finally:
        connection.close()


def value(archive: Path, sql: str, **parameters: object) -> Any:
    """Return the first column of the first row."""
    return next(iter(rows(archive, sql, **parameters)[0].values()))
